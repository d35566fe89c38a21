package prove

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A tree is the functions of the packages below before/ or after/.
type tree map[string]*function

// A function is a declared function or method, such as "bounded.Count" or
// "methods.client.send".
type function struct {
	name     string
	pkg      string
	file     string // below before/ or after/
	from, to int    // lines
	text     string
	doc      string
	comments []string
	decl     *ast.FuncDecl
}

// parse reads all packages of a tree.
func (m *Module) parse(name string) (tree, error) {
	t := make(tree)
	root := filepath.Join(m.dir, name)
	err := filepath.WalkDir(root, func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".go" {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, file, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok {
				fn := newFunction(fset, d, filepath.ToSlash(rel))
				fn.text, fn.comments = printed(fset, f, d), commentsIn(f, d)
				t[fn.name] = fn
			}
		}
		return nil
	})
	return t, err
}

func newFunction(fset *token.FileSet, d *ast.FuncDecl, file string) *function {
	fn := &function{
		pkg:  filepath.ToSlash(filepath.Dir(file)),
		file: file,
		from: fset.Position(d.Pos()).Line,
		to:   fset.Position(d.End()).Line,
		decl: d,
	}
	if d.Doc != nil {
		for _, c := range d.Doc.List { // Text leaves directives out
			fn.doc += c.Text + "\n"
		}
	}
	fn.name = fn.pkg + "."
	if d.Recv != nil {
		typ := d.Recv.List[0].Type
		if star, ok := typ.(*ast.StarExpr); ok {
			typ = star.X
		}
		if index, ok := typ.(*ast.IndexExpr); ok {
			typ = index.X
		}
		fn.name += typ.(*ast.Ident).Name + "."
	}
	fn.name += d.Name.Name
	return fn
}

var config = printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}

func printed(fset *token.FileSet, f *ast.File, d *ast.FuncDecl) string {
	var b bytes.Buffer
	config.Fprint(&b, fset, &printer.CommentedNode{Node: d, Comments: f.Comments})
	return b.String()
}

// at returns the function at a line of a file.
func (t tree) at(file string, line int) *function {
	for _, fn := range t {
		if fn.file == file && fn.from <= line && line <= fn.to {
			return fn
		}
	}
	return nil
}

// changed returns the names of the functions that a fix has changed.
func (t tree) changed(after tree) map[string]bool {
	names := make(map[string]bool)
	for name, fn := range t {
		if now := after[name]; now == nil || now.text != fn.text {
			names[name] = true
		}
	}
	return names
}

// entries returns the exported functions that reach one that has changed, in
// order of their names.
func (t tree) entries(changed map[string]bool) []*function {
	var list []*function
	for _, name := range slices.Sorted(maps.Keys(t)) {
		fn := t[name]
		if fn.decl.Recv == nil && fn.decl.Name.IsExported() && len(t.reached(fn, changed)) > 0 {
			list = append(list, fn)
		}
	}
	return list
}

// reached returns the functions in changed that fn may call: those whose names
// appear in it.
func (t tree) reached(fn *function, changed map[string]bool) []*function {
	var list []*function
	seen := map[string]bool{fn.name: true}
	todo := []*function{fn}
	for len(todo) > 0 {
		fn := todo[0]
		todo = todo[1:]
		if changed[fn.name] {
			list = append(list, fn)
		}
		used := names(fn.decl)
		for _, name := range slices.Sorted(maps.Keys(t)) {
			if other := t[name]; other.pkg == fn.pkg && used[other.called()] && !seen[name] {
				seen[name] = true
				todo = append(todo, other)
			}
		}
	}
	return list
}

// called is how calls name the function: methods with a dot.
func (fn *function) called() string {
	if fn.decl.Recv != nil {
		return "." + fn.decl.Name.Name
	}
	return fn.decl.Name.Name
}

// names returns the names in a function, those that are selected with their dot.
func names(decl *ast.FuncDecl) map[string]bool {
	used := make(map[string]bool)
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			used["."+n.Sel.Name] = true
			ast.Inspect(n.X, visit)
			return false
		case *ast.Field: // its name is none of a function
			ast.Inspect(n.Type, visit)
			return false
		case *ast.Ident:
			used[n.Name] = true
		}
		return true
	}
	ast.Inspect(decl.Type, visit)
	if decl.Body != nil {
		ast.Inspect(decl.Body, visit)
	}
	return used
}

// sources shows the changed functions that entry reaches, before and after.
func sources(before, after tree, entry string, changed map[string]bool) string {
	var b strings.Builder
	fn := before[entry]
	if fn == nil {
		return ""
	}
	for _, f := range before.reached(fn, changed) {
		fmt.Fprintf(&b, "--- before %s\n%s\n", f.name, f.text)
		if now := after[f.name]; now != nil {
			fmt.Fprintf(&b, "--- after\n%s\n", now.text)
		}
	}
	return b.String()
}
