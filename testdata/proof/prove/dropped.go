package prove

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// dropped notes the functions that look at fewer of their errors than before:
// what they call as a statement returns one.
func (m *Module) dropped(res *Result, before, after tree) error {
	was, err := m.unchecked("before")
	if err != nil {
		return err
	}
	is, err := m.unchecked("after")
	if err != nil {
		return err
	}
	for _, name := range res.Fixed {
		if after[name] != nil && len(is[name]) > len(was[name]) {
			text := strings.Join(is[name], ", ")
			res.Failures = append(res.Failures, fmt.Sprintf("%s drops the error of %s\n--- before\n%s\n--- after\n%s",
				name, text, before[name].text, after[name].text))
		}
	}
	return nil
}

// unchecked returns the calls in each function of a tree whose error is dropped.
func (m *Module) unchecked(name string) (map[string][]string, error) {
	out, err := m.run([]int{0}, nil, "go", "list", "-e", "-export", "-deps",
		"-f", "{{.ImportPath}}\t{{.Export}}\t{{.Dir}}", "./"+name+"/...")
	if err != nil {
		return nil, err
	}
	exports, dirs := make(map[string]string), []string(nil)
	root := filepath.Join(m.dir, name)
	for line := range strings.Lines(out) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 {
			continue
		}
		exports[f[0]] = f[1]
		if strings.HasPrefix(f[2], root+string(filepath.Separator)) {
			dirs = append(dirs, f[2])
		}
	}
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	calls := make(map[string][]string)
	for _, dir := range dirs {
		pkg, err := filepath.Rel(root, dir)
		if err != nil {
			return nil, err
		}
		if err := uncheckedIn(fset, imports, dir, filepath.ToSlash(pkg), calls); err != nil {
			return nil, err
		}
	}
	return calls, nil
}

// uncheckedIn adds those of a package.
func uncheckedIn(fset *token.FileSet, imports types.Importer, dir, pkg string, calls map[string][]string) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	var files []*ast.File
	for _, name := range names {
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	info := &types.Info{Types: make(map[ast.Expr]types.TypeAndValue)}
	conf := types.Config{Importer: imports, Error: func(error) {}} // go vet tells of errors
	conf.Check(pkg, fset, files, info)
	for _, f := range files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok {
				fn := newFunction(fset, d, pkg+"/x.go")
				calls[fn.name] = append(calls[fn.name], droppedCalls(info, d)...)
			}
		}
	}
	return nil
}

// droppedCalls returns the functions whose call is a statement that drops an error.
func droppedCalls(info *types.Info, d *ast.FuncDecl) []string {
	var list []string
	ast.Inspect(d, func(n ast.Node) bool {
		var x ast.Expr
		switch n := n.(type) {
		case *ast.ExprStmt:
			x = n.X
		case *ast.DeferStmt:
			x = n.Call
		case *ast.GoStmt:
			x = n.Call
		}
		if call, ok := x.(*ast.CallExpr); ok && returnsError(info.TypeOf(call)) {
			list = append(list, types.ExprString(call.Fun))
		}
		return true
	})
	return list
}

func returnsError(t types.Type) bool {
	errType := types.Universe.Lookup("error").Type()
	if tuple, ok := t.(*types.Tuple); ok {
		for v := range tuple.Variables() {
			if types.Identical(v.Type(), errType) {
				return true
			}
		}
		return false
	}
	return t != nil && types.Identical(t, errType)
}
