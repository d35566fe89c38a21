package apply

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strconv"

	"golang.org/x/tools/go/ast/astutil"
)

// tidy formats the text of a fixed file and removes the imports that the fixes
// left without a use. names maps the paths that the file imported before to
// their packages' names; an import of any other path is new, and stays.
func tidy(src []byte, names map[string]string) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", src, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	return written(fset, file, unused(file, names))
}

// written returns the text of file, formatted and without the imports of dead.
func written(fset *token.FileSet, file *ast.File, dead []*ast.ImportSpec) ([]byte, error) {
	ast.SortImports(fset, file)
	for _, spec := range dead {
		path, _ := strconv.Unquote(spec.Path.Value) // parsed above
		name := ""
		if spec.Name != nil {
			name = spec.Name.Name
		}
		astutil.DeleteNamedImport(fset, file, name, path)
	}
	var b bytes.Buffer
	if err := format.Node(&b, fset, file); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// unused returns the imports of file whose name it does not use.
func unused(file *ast.File, names map[string]string) []*ast.ImportSpec {
	var list []*ast.ImportSpec
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		name, known := names[path]
		if err != nil || !known || path == "C" {
			continue
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		// UsesImport looks at the first import of the path, and guesses the name
		// of one that has none: give it this import alone, with its name.
		view := *file
		view.Imports = []*ast.ImportSpec{{Name: ast.NewIdent(name), Path: spec.Path}}
		if !astutil.UsesImport(&view, path) { // true for _ and .
			list = append(list, spec)
		}
	}
	return list
}
