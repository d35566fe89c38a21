package edit

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A fix is offered only if its result type-checks, as far as that can be told
// without the packages that the file does not import yet: what they offer is
// taken on trust, since the templates have been checked.

// Compiles reports whether the file type-checks with edits applied, all of them
// to decl and to the imports. The bodies of other functions are left out.
func (s *Source) Compiles(pkg *source.Package, edits []Edit, decl ast.Node) error {
	src := s.Apply(s.File.FileStart, s.File.FileEnd, edits)
	old := pkg.Fset.File(s.File.FileStart)
	file, err := parser.ParseFile(pkg.Fset, old.Name(), src, parser.SkipObjectResolution)
	if file != nil {
		defer func() {
			if f := pkg.Fset.File(file.FileStart); f != nil {
				pkg.Fset.RemoveFile(f)
			}
		}()
	}
	if err != nil {
		return err
	}
	files := []*ast.File{withoutBodies(file, s.number(decl))}
	for _, f := range pkg.Files {
		if f != s.File {
			files = append(files, withoutBodies(f, -1))
		}
	}
	_, err = Check(pkg.Fset, pkg.Types, files, nil)
	return err
}

// number returns which function of the file decl is, or -1.
func (s *Source) number(decl ast.Node) int {
	n := 0
	for _, d := range s.File.Decls {
		if _, ok := d.(*ast.FuncDecl); ok {
			if d == decl {
				return n
			}
			n++
		}
	}
	return -1
}

// Check type-checks files, the first of which is new, as pkg with what that
// imports. It returns the first error in the new file, but for those that come of
// what a fix leaves out.
func Check(fset *token.FileSet, pkg *types.Package, files []*ast.File, info *types.Info) (*types.Package, error) {
	var first error
	conf := types.Config{
		Importer:    known{pkg},
		GoVersion:   pkg.GoVersion(),
		FakeImportC: true,
		Error: func(err error) {
			e, ok := err.(types.Error)
			inFile := ok && files[0].FileStart <= e.Pos && e.Pos <= files[0].FileEnd
			if first == nil && inFile && !expected(e.Msg) {
				first = err
			}
		},
	}
	checked, _ := conf.Check(pkg.Path(), fset, files, info) // its errors have been told
	return checked, first
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
