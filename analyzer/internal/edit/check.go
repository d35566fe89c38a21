package edit

import (
	"bytes"
	"errors"
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
	text := s.Apply(s.File.Package, s.head(), edits) + "\n" + s.Apply(decl.Pos(), decl.End(), edits)
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	file.GoVersion = s.File.GoVersion
	for _, spec := range s.File.Imports {
		importAlso(file, spec.Path.Value) // a draft's need not stand in its text
	}
	old, _ := decl.(ast.Decl)
	_, err = check(fset, pkg, file, old, nil, known{pkg.Types})
	return err
}

// head returns where the head of the file ends: the name of its package and its imports.
func (s *Source) head() token.Pos {
	head := s.File.Name.End()
	for _, d := range s.File.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			head = d.End()
		}
	}
	return head
}

// Draft returns another text of old, a declaration of the file: src is the file with
// it, and places in the draft are those in src. It imports more as well. It is an error if
// that does not type-check.
func (s *Source) Draft(pkg *source.Package, old ast.Decl, src []byte, more ...string) (*source.Draft, error) {
	from, to := old.Pos(), s.Offset(old.End())+len(src)-len(s.Src)
	if doc := code.Doc(old); doc != nil {
		from = doc.Pos()
	}
	alone := bytes.Clone(src)
	blank(alone[s.Offset(s.head()):s.Offset(from)])
	blank(alone[to:])
	file, err := parser.ParseFile(pkg.Fset, pkg.Fset.File(s.File.FileStart).Name(), alone, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, path := range more {
		importAlso(file, strconv.Quote(path))
	}
	for _, spec := range s.File.Imports {
		importAlso(file, spec.Path.Value) // that of another draft
	}
	d, err := check(pkg.Fset, pkg, file, old, code.NewInfo(), knownAndContext{known{pkg.Types}})
	if err != nil {
		pkg.Fset.RemoveFile(pkg.Fset.File(file.FileStart))
		return nil, err
	}
	return d, nil
}

// importAlso has file import the package of the quoted path, if it does not.
func importAlso(file *ast.File, quoted string) {
	if slices.ContainsFunc(file.Imports, func(spec *ast.ImportSpec) bool { return spec.Path.Value == quoted }) {
		return
	}
	at := file.Name.End()
	spec := &ast.ImportSpec{Path: &ast.BasicLit{ValuePos: at, Kind: token.STRING, Value: quoted}}
	file.Imports = append(file.Imports, spec)
	file.Decls = slices.Insert[[]ast.Decl, ast.Decl](file.Decls, 0, &ast.GenDecl{TokPos: at, Tok: token.IMPORT, Specs: []ast.Spec{spec}})
}

// blank writes spaces over text, so that the places of what follows stay.
func blank(text []byte) {
	for i, c := range text {
		if c != '\n' {
			text[i] = ' '
		}
	}
}

// errSeveral is what is wrong with a text that declares something else as well.
var errSeveral = errors.New("not one declaration")

// check type-checks file, the head of a file and a declaration in the place of old, as
// part of pkg. What it declares for the package is what old declares; info, which may be
// nil, is about the rest of it. It returns the first error, but for those that come of
// what a fix leaves out.
func check(fset *token.FileSet, pkg *source.Package, file *ast.File, old ast.Decl, info *types.Info, imports types.Importer) (*source.Draft, error) {
	d := &source.Draft{File: file, Old: old, Types: types.NewPackage(pkg.Types.Path(), pkg.Types.Name()), Info: info}
	for _, decl := range file.Decls {
		if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.IMPORT {
			continue
		}
		if d.New != nil {
			return nil, errSeveral
		}
		d.New = decl
	}
	if old == nil || d.New == nil || len(namesOf(d.New)) != len(namesOf(old)) {
		return nil, errSeveral
	}
	nameVersions(file, pkg.Types)
	restore := nameless(d, pkg)
	surround(d.Types, pkg.Types, file)
	var first error
	conf := types.Config{
		Importer:    imports,
		GoVersion:   pkg.Types.GoVersion(),
		FakeImportC: true,
		Error: func(err error) {
			if e, ok := err.(types.Error); first == nil && (!ok || !expected(e.Msg)) {
				first = err
			}
		},
	}
	_ = types.NewChecker(&conf, fset, d.Types, info).Files([]*ast.File{file}) // its errors have been told
	restore()
	return d, first
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

// surround declares in near what file names of the package pkg, as a dot import would.
func surround(near, pkg *types.Package, file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if obj := pkg.Scope().Lookup(id.Name); obj != nil && obj.Type() != nil {
				near.Scope().Insert(obj)
			}
		}
		return true
	})
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
	vendored := "/vendor/" + path
	for _, p := range k.pkg.Imports() {
		if p.Path() == path || strings.HasSuffix(p.Path(), vendored) {
			return p, nil
		}
	}
	return nil, fmt.Errorf("not at hand")
}

// knownAndContext is known, and has as much of package context as drafts use.
type knownAndContext struct{ known }

func (d knownAndContext) Import(path string) (*types.Package, error) {
	p, err := d.known.Import(path)
	if err == nil || path != "context" {
		return p, err
	}
	const src = `package context

import "time"

type (
	Context interface {
		Deadline() (deadline time.Time, ok bool)
		Done() <-chan struct{}
		Err() error
		Value(key any) any
	}
	CancelFunc func()
)

func Background() Context

func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc)
`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	conf := types.Config{Importer: d.known, Error: func(error) {}} // functions have no body
	p, _ = conf.Check(path, fset, []*ast.File{file}, nil)
	return p, nil
}
