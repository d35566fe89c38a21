// Package api reads what packages offer from their source, whether or not the
// package under analysis imports them: without the go command, without bodies of
// functions, and only as far as it is asked for.
package api

import (
	"errors"
	"go/ast"
	"go/build"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// A Want is a package with the names in it that are asked for; without names
// all that it exports is.
type Want struct {
	Path  string
	Names []string
}

// maxSource is how many bytes of source are read of packages that nobody asked
// for, but that signatures name. What is beyond that is taken on trust, like
// packages that are not found: its types are invalid, and fit everything.
const maxSource = 512 << 10

// A Set holds the packages that were asked for, and what these need. It does not
// change.
type Set struct {
	fset    *token.FileSet
	context build.Context
	locate  func(path string) (dir string)
	units   map[string]*unit // nil for what was not found
	checked map[string]*types.Package
	spare   int         // bytes that may still be read
	info    *types.Info // of the package that is read with bodies, if one is

	comments comments

	// Complete is false if something that the kept declarations name was not
	// found: a type may then have methods of which nothing is known.
	Complete bool
}

// Read reads the packages of wants. Locate returns the directory of a package,
// or "" if it is not at hand.
func Read(locate func(path string) (dir string), wants ...Want) *Set {
	s := newSet(token.NewFileSet(), locate)
	for _, w := range wants {
		s.units[w.Path] = s.read(w.Path, nil)
	}
	var queue []name
	for _, w := range wants {
		if u := s.units[w.Path]; u != nil {
			names := w.Names
			if names == nil {
				names = u.exported()
			}
			for _, n := range names {
				queue = append(queue, name{u, n})
			}
		}
	}
	s.follow(queue)
	for _, w := range wants {
		_, _ = s.Import(w.Path) // an error is told where it is asked for again
	}
	return s
}

func newSet(fset *token.FileSet, locate func(path string) (dir string)) *Set {
	return &Set{
		fset: fset, context: build.Default, locate: locate, spare: maxSource, Complete: true,
		units: make(map[string]*unit), checked: make(map[string]*types.Package),
	}
}

// A name is one that a package declares.
type name struct {
	unit *unit
	name string
}

// follow keeps the declarations of the names in queue, and of all that they
// name.
func (s *Set) follow(queue []name) {
	for len(queue) > 0 {
		n := queue[0]
		queue = append(queue[1:], s.keep(n)...)
	}
}

// unit returns the package with the given path, which is read if it has not been.
func (s *Set) unit(path string) *unit {
	u, ok := s.units[path]
	if !ok {
		u = s.read(path, &s.spare)
		s.units[path] = u
	}
	return u
}

var errNotAtHand = errors.New("not at hand")

// Import returns the types of a package, as far as they were asked for; it makes
// s a [types.Importer].
func (s *Set) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg, ok := s.checked[path]; ok && pkg != nil {
		return pkg, nil
	}
	u := s.units[path]
	if _, begun := s.checked[path]; u == nil || begun {
		return nil, errNotAtHand
	}
	s.checked[path] = nil // begun
	conf := types.Config{
		Importer: s, IgnoreFuncBodies: !u.bodies, FakeImportC: true,
		Error: func(error) {}, // what is wrong is invalid, and fits everything
	}
	var info *types.Info
	if u.bodies {
		info = s.info
	}
	pkg, _ := conf.Check(path, s.fset, u.trimmed(), info)
	s.checked[path] = pkg
	return pkg, nil
}

// Has reports whether the package with the given path declares a name, and sure
// whether that can be told: it is at hand, and no file that could not be read or
// is for other systems may have the name.
func (s *Set) Has(path, name string) (has, sure bool) {
	u := s.units[path]
	if u == nil {
		return false, false
	}
	if _, ok := u.decls[name]; ok {
		return true, true
	}
	return false, !u.broken && !s.elsewhere(u, name)
}

// Exported returns the names of the functions that a package exports, or of
// everything else.
func (s *Set) Exported(path string, funcs bool) (names []string) {
	u := s.units[path]
	if u == nil {
		return nil
	}
	for _, n := range u.exported() {
		if _, ok := u.decls[n].node.(*ast.FuncDecl); ok == funcs {
			names = append(names, n)
		}
	}
	return names
}

// Paths returns the packages that were read.
func (s *Set) Paths() (paths []string) {
	for _, path := range slices.Sorted(maps.Keys(s.units)) {
		if s.units[path] != nil {
			paths = append(paths, path)
		}
	}
	return paths
}

// Files returns the files of a package that was read, tests apart.
func (s *Set) Files(path string) []string { return s.units[path].names }

// exported returns the names that u exports.
func (u *unit) exported() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(u.decls)), func(n string) bool { return !ast.IsExported(n) })
}
