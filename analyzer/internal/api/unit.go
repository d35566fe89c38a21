package api

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A unit is the source of a package: of the files for this system, without
// tests.
type unit struct {
	path, name string
	files      []*file
	decls      map[string]*decl
	methods    map[string][]*decl // by type
	names      []string           // of all files
	others     []string           // files for other systems
	broken     bool               // some file cannot be read or parsed
	bodies     bool               // functions have their bodies
}

// A file is one of a unit.
type file struct {
	syntax  *ast.File
	imports map[string]*ast.ImportSpec // by the name that they have in the file
	unnamed []*ast.ImportSpec          // those whose name the import does not say
	dots    []*ast.ImportSpec          // those by a dot
	used    map[*ast.ImportSpec]bool   // by what is kept of the file
}

// A decl is the declaration of one or more names: an *ast.FuncDecl, an
// *ast.TypeSpec, an *ast.ValueSpec of variables, or an *ast.GenDecl of constants,
// which depend on each other.
type decl struct {
	file *file
	node ast.Node
	kept bool
}

// read reads the package with the given path. It takes what it reads from spare,
// if that is not nil, and stops where nothing is left.
func (s *Set) read(path string, spare *int) *unit { return s.readWith(path, spare, false) }

// readWith is read, with or without the bodies of functions.
func (s *Set) readWith(path string, spare *int, bodies bool) *unit {
	dir := s.locate(path)
	entries, err := os.ReadDir(dir)
	if dir == "" || err != nil {
		return nil
	}
	u := &unit{path: path, decls: make(map[string]*decl), methods: make(map[string][]*decl), bodies: bodies}
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := bounded.Read(filepath.Join(dir, name), bounded.Other)
		if spare != nil {
			if *spare -= len(data); *spare < 0 {
				return nil
			}
		}
		if err != nil {
			u.broken = true
			continue
		}
		u.names = append(u.names, filepath.Join(dir, name))
		s.add(u, filepath.Join(dir, name), data)
	}
	s.Complete = s.Complete && !u.broken
	return u
}

// add adds a file to u.
func (s *Set) add(u *unit, name string, data []byte) {
	context := s.context
	context.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	dir, base := filepath.Split(name)
	if ok, err := context.MatchFile(dir, base); !ok {
		u.others = append(u.others, name)
		u.broken = u.broken || err != nil
		return
	}
	text := data
	if !u.bodies {
		text = withoutBodies(data)
	}
	syntax, err := parser.ParseFile(s.fset, name, text, parser.SkipObjectResolution)
	if err != nil && !u.bodies {
		syntax, err = parser.ParseFile(s.fset, name, data, parser.SkipObjectResolution)
	}
	if syntax == nil || err != nil {
		u.broken = true
	}
	if syntax == nil || syntax.Name.Name == "documentation" || u.name != "" && u.name != syntax.Name.Name {
		return
	}
	u.name = syntax.Name.Name
	f := &file{syntax: syntax, imports: make(map[string]*ast.ImportSpec), used: make(map[*ast.ImportSpec]bool)}
	u.files = append(u.files, f)
	for _, spec := range syntax.Imports {
		f.addImport(spec)
	}
	for _, d := range syntax.Decls {
		u.index(f, d)
	}
}

// index notes what d, of f, declares.
func (u *unit) index(f *file, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			u.decls[d.Name.Name] = &decl{file: f, node: d}
		} else if name := code.Receiver(d); name != "" {
			u.methods[name] = append(u.methods[name], &decl{file: f, node: d})
		}
	case *ast.GenDecl:
		consts := &decl{file: f, node: d}
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				u.decls[spec.Name.Name] = &decl{file: f, node: spec}
			case *ast.ValueSpec:
				of := consts
				if d.Tok == token.VAR {
					of = &decl{file: f, node: spec}
				}
				for _, id := range spec.Names {
					u.decls[id.Name] = of
				}
			}
		}
	}
}

// elsewhere reports whether a file for other systems declares a name.
func (s *Set) elsewhere(u *unit, name string) bool {
	other := &unit{decls: make(map[string]*decl), methods: make(map[string][]*decl)}
	for _, file := range u.others {
		syntax, _ := bounded.ParseFile(token.NewFileSet(), file, 0)
		if syntax == nil {
			continue
		}
		for _, d := range syntax.Decls {
			other.index(nil, d)
		}
	}
	return other.decls[name] != nil
}

func pathOf(spec *ast.ImportSpec) string {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return ""
	}
	return path
}
