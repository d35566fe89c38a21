package rewrite

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"slices"
	"strings"

	"go/token"
)

// A fix is offered only if its result type-checks, as far as that can be told
// without the packages that the file does not import yet: what they offer is
// taken on trust, since the templates have been checked.

// compiles reports whether the file type-checks with edits applied. The bodies
// of functions that the fix does not touch are left out.
func (w *writer) compiles(edits []edit) error {
	src := w.apply(w.File.FileStart, w.File.FileEnd, slices.Clone(edits))
	old := w.pkg.Fset.File(w.File.FileStart)
	file, err := parser.ParseFile(w.pkg.Fset, old.Name(), src, parser.SkipObjectResolution)
	if file != nil {
		defer func() {
			if f := w.pkg.Fset.File(file.FileStart); f != nil {
				w.pkg.Fset.RemoveFile(f)
			}
		}()
	}
	if err != nil {
		return err
	}
	files := []*ast.File{withoutBodies(file, w.number())}
	for _, f := range w.pkg.Files {
		if f != w.File {
			files = append(files, withoutBodies(f, -1))
		}
	}
	var first error
	conf := types.Config{
		Importer:    known{w.pkg.Types},
		GoVersion:   w.pkg.Types.GoVersion(),
		FakeImportC: true,
		Error: func(err error) {
			e, ok := err.(types.Error)
			inFile := ok && file.FileStart <= e.Pos && e.Pos <= file.FileEnd
			if first == nil && inFile && !expected(e.Msg) {
				first = err
			}
		},
	}
	conf.Check(w.pkg.Types.Path(), w.pkg.Fset, files, nil) // its errors have been told
	return first
}

// expected reports whether an error comes of what was left out. Drivers remove
// the imports that a fix no longer uses.
func expected(msg string) bool {
	for _, part := range []string{"could not import", "imported and not used", "imported as", "missing function body"} {
		if strings.Contains(msg, part) {
			return true
		}
	}
	return false
}

// number returns which function of the file the fix is in, or -1.
func (w *writer) number() int {
	n := 0
	for _, d := range w.File.Decls {
		if _, ok := d.(*ast.FuncDecl); ok {
			if d == w.loop.decl {
				return n
			}
			n++
		}
	}
	return -1
}

// withoutBodies returns file without the bodies of its functions, but for the
// one with number keep.
func withoutBodies(file *ast.File, keep int) *ast.File {
	short := *file
	short.Decls = slices.Clone(file.Decls)
	n := 0
	for i, d := range short.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if n != keep {
			stub := *fn
			if stub.Body != nil && (fn.Name.Name == "init" || fn.Name.Name == "main") {
				stub.Body = &ast.BlockStmt{Lbrace: fn.Body.Lbrace, Rbrace: fn.Body.Rbrace}
			} else {
				stub.Body = nil
			}
			short.Decls[i] = &stub
		}
		n++
	}
	return &short
}

// known imports what the package imports already.
type known struct{ pkg *types.Package }

func (k known) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	for _, p := range k.pkg.Imports() {
		if p.Path() == path || strings.HasSuffix(p.Path(), "/vendor/"+path) {
			return p, nil
		}
	}
	return nil, fmt.Errorf("not at hand")
}

var _ = token.NoPos
