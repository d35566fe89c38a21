package api

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A Body is a function of a package with its body, and the functions and other
// declarations of the package that this names; methods have no bodies. It does not
// change.
type Body struct {
	Files []*ast.File
	Types *types.Package
	Info  *types.Info
}

// ReadBody reads the function with the given name of the package with the given
// path into fset. What other packages offer is typed as far as they are at hand.
// It returns nil if the function is not at hand. Locate is as for [Read].
func ReadBody(fset *token.FileSet, locate func(path string) (dir string), path, function string) *Body {
	s := newSet(fset, locate)
	s.info = code.NewInfo()
	u := s.readWith(path, &s.spare, true)
	if u == nil || u.decls[function] == nil {
		return nil
	}
	s.units[path] = u
	s.follow([]name{{u, function}})
	pkg, err := s.Import(path)
	if err != nil {
		return nil
	}
	return &Body{Files: u.trimmed(), Types: pkg, Info: s.info}
}
