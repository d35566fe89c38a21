package edit

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A fix is offered only if its result type-checks, as far as that can be told
// without the packages that the file does not import yet: what they offer is
// taken on trust, since the templates have been checked.

// Compiles reports whether decl type-checks with edits applied, all of them to it
// and to the imports. Nothing else of the package is read again, so that the fixes
// of a file take no longer together than their declarations are long.
func (s *Source) Compiles(pkg *source.Package, edits []Edit, decl ast.Node) error {
	head := s.File.Name.End()
	for _, d := range s.File.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			head = d.End()
		}
	}
	text := s.Apply(s.File.Package, head, edits) + "\n" + s.Apply(decl.Pos(), decl.End(), edits)
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	file.GoVersion = s.File.GoVersion
	nameVersions(file, pkg.Types)
	near := types.NewPackage(pkg.Types.Path(), pkg.Types.Name())
	if old, ok := decl.(*ast.FuncDecl); ok && old.Recv != nil {
		freeMethod(file, near, pkg.Info.Defs[old.Name])
	}
	surround(near, pkg.Types, file)
	return check(fset, near, pkg.Types, []*ast.File{file}, nil)
}

// nameVersions names the imports of file that pkg does not have and whose path ends
// in a major version, which the type checker would take for the name.
func nameVersions(file *ast.File, pkg *types.Package) {
	for _, spec := range file.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		plain := majorSuffix().ReplaceAllString(importPath, "")
		if _, unknown := (known{pkg}).Import(importPath); err == nil && spec.Name == nil && unknown != nil && plain != importPath {
			spec.Name = ast.NewIdent(path.Base(plain))
		}
	}
}

// freeMethod makes the method at the end of file a function without a name that
// takes its receiver as its first parameter, since the receiver's type is not
// declared there. The type parameters that come with a receiver are declared in
// near, as those of the method old.
func freeMethod(file *ast.File, near *types.Package, old types.Object) {
	fn, ok := file.Decls[len(file.Decls)-1].(*ast.FuncDecl)
	if !ok || fn.Recv == nil {
		return
	}
	params := *fn.Type.Params
	params.List = slices.Concat(fn.Recv.List, params.List)
	for _, field := range params.List {
		if len(field.Names) == 0 { // all have names, or none
			field.Names = []*ast.Ident{ast.NewIdent("_")}
		}
	}
	fn.Name, fn.Recv, fn.Type.Params = ast.NewIdent("_"), nil, &params
	if old, ok := old.(*types.Func); ok {
		for p := range old.Signature().RecvTypeParams().TypeParams() {
			near.Scope().Insert(p.Obj())
		}
	}
}

// surround declares in near what file names of the package pkg and does not
// declare itself, as a dot import would.
func surround(near, pkg *types.Package, file *ast.File) {
	own := make(map[string]bool)
	for _, d := range file.Decls {
		for _, id := range code.Names(d) {
			own[id.Name] = true
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !own[id.Name] {
			if obj := pkg.Scope().Lookup(id.Name); obj != nil && obj.Type() != nil {
				near.Scope().Insert(obj)
			}
		}
		return true
	})
}

// Check type-checks files, the first of which is new, as pkg with what that
// imports. It returns the first error in the new file, but for those that come of
// what a fix leaves out.
func Check(fset *token.FileSet, pkg *types.Package, files []*ast.File, info *types.Info) (*types.Package, error) {
	checked := types.NewPackage(pkg.Path(), files[0].Name.Name)
	return checked, check(fset, checked, pkg, files, info)
}

// check type-checks files as part of checked, which is to be like pkg.
func check(fset *token.FileSet, checked, pkg *types.Package, files []*ast.File, info *types.Info) (first error) {
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
	_ = types.NewChecker(&conf, fset, checked, info).Files(files) // its errors have been told
	return first
}

// expected reports whether an error comes of what was left out, or of the package
// being another one by the same name. Drivers remove the imports that a fix no longer
// uses.
func expected(msg string) bool {
	for _, part := range []string{"could not import", "imported and not used", "imported as", "missing function body", "implicit assignment to unexported field"} {
		if strings.Contains(msg, part) {
			return true
		}
	}
	return false
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
