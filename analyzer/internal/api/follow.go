package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// keep keeps the declaration of n, with the methods of a type, and returns what
// it names.
func (s *Set) keep(n name) (named []name) {
	d := n.unit.decls[n.name]
	if d == nil || d.kept {
		return nil
	}
	list := []*decl{d}
	if _, ok := d.node.(*ast.TypeSpec); ok {
		list = append(list, n.unit.methods[n.name]...)
	}
	for _, d := range list {
		d.kept = true
		named = append(named, s.names(n.unit, d)...)
	}
	return named
}

// names returns what the signature or the type that d declares names.
func (s *Set) names(u *unit, d *decl) (named []name) {
	inspect := func(n ast.Node) { named = append(named, s.namesIn(u, d.file, n)...) }
	switch n := d.node.(type) {
	case *ast.FuncDecl:
		if n.Recv != nil {
			inspect(n.Recv)
			n.Body = nil
		}
		inspect(n.Type)
		if n.Body != nil && u.bodies {
			for _, stmt := range n.Body.List {
				inspect(stmt)
			}
		}
	case *ast.ValueSpec:
		if n.Type != nil && !u.bodies {
			n.Values = nil
		}
		inspect(n)
	default:
		if !u.bodies {
			hideFields(n)
		}
		inspect(n)
	}
	return named
}

// hideFields gives the unexported fields in n a type that names nothing: what
// they are is nobody's business.
func hideFields(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		t, ok := n.(*ast.StructType)
		if !ok {
			return true
		}
		for _, field := range t.Fields.List {
			hidden := len(field.Names) > 0
			for _, id := range field.Names {
				hidden = hidden && !id.IsExported()
			}
			if hidden {
				field.Type = &ast.StructType{Struct: field.Type.Pos(), Fields: &ast.FieldList{}}
			}
		}
		return true
	})
}

// namesIn returns the declarations that n, in f, names: of the package itself,
// and of those that f imports. Bodies of functions are looked at where u has them.
func (s *Set) namesIn(u *unit, f *file, n ast.Node) (named []name) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			return u.bodies
		case *ast.SelectorExpr:
			id, ok := n.X.(*ast.Ident)
			if !ok {
				named = append(named, s.namesIn(u, f, n.X)...)
				return false
			}
			if spec := s.importNamed(f, id.Name); spec != nil {
				f.used[spec] = true
				named = append(named, s.named(pathOf(spec), n.Sel.Name)...)
				return false
			}
		case *ast.Ident:
			if u.decls[n.Name] != nil {
				named = append(named, name{u, n.Name})
			} else {
				named = append(named, s.dotted(f, n.Name)...)
			}
		}
		return true
	})
	return named
}

// named returns the declaration of a name in another package.
func (s *Set) named(path, id string) []name {
	if path == "unsafe" || path == "C" {
		return nil
	}
	of := s.unit(path)
	if of == nil || of.decls[id] == nil {
		s.Complete = false
		return nil
	}
	return []name{{of, id}}
}

// dotted returns the declaration of a name in a package that f imports by a dot.
func (s *Set) dotted(f *file, id string) []name {
	for _, spec := range f.dots {
		if of := s.unit(pathOf(spec)); of != nil && of.decls[id] != nil {
			f.used[spec] = true
			return []name{{of, id}}
		}
	}
	return nil
}

// importNamed returns the import that f calls by a name, or nil.
func (s *Set) importNamed(f *file, id string) *ast.ImportSpec {
	if spec := f.imports[id]; spec != nil {
		return spec
	}
	for _, spec := range f.unnamed {
		if s.nameOf(pathOf(spec)) == id {
			f.imports[id] = spec
			return spec
		}
	}
	return nil
}

// addImport notes an import of f. One without a name mostly has that of its
// path; what package it is is looked up where none has it.
func (f *file) addImport(spec *ast.ImportSpec) {
	switch {
	case spec.Name == nil:
		f.unnamed = append(f.unnamed, spec)
		if id := majorSuffix().ReplaceAllString(pathOf(spec), ""); f.imports[path.Base(id)] == nil {
			f.imports[path.Base(id)] = spec
		}
	case spec.Name.Name == ".":
		f.dots = append(f.dots, spec)
	case spec.Name.Name != "_":
		f.imports[spec.Name.Name] = spec
	}
}

var majorSuffix = pattern.New(`/v[0-9]+$`)

// nameOf returns the name of the package with the given path, or "".
func (s *Set) nameOf(path string) string {
	if u := s.units[path]; u != nil {
		return u.name
	}
	dir := s.locate(path)
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if dir == "" || !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		if ok, _ := s.context.MatchFile(dir, e.Name()); !ok {
			continue
		}
		if f, err := bounded.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), parser.PackageClauseOnly); err == nil {
			return f.Name.Name
		}
	}
	return ""
}

// trimmed returns the files of u with nothing but what is kept of them.
func (u *unit) trimmed() (files []*ast.File) {
	kept := make(map[ast.Node]bool)
	for _, d := range u.decls {
		kept[d.node] = d.kept
	}
	for _, list := range u.methods {
		for _, d := range list {
			kept[d.node] = d.kept
		}
	}
	for _, f := range u.files {
		short := *f.syntax
		short.Decls = nil
		for _, d := range f.syntax.Decls {
			gen, ok := d.(*ast.GenDecl)
			if !ok || kept[d] {
				if kept[d] {
					short.Decls = append(short.Decls, d)
				}
				continue
			}
			part := *gen
			part.Specs = nil
			for _, spec := range gen.Specs {
				imp, isImport := spec.(*ast.ImportSpec)
				if isImport && f.used[imp] || !isImport && kept[spec] {
					part.Specs = append(part.Specs, spec)
				}
			}
			if len(part.Specs) > 0 {
				short.Decls = append(short.Decls, &part)
			}
		}
		files = append(files, &short)
	}
	return files
}
