package source

import (
	"go/token"
	"go/types"
)

// Owns reports whether what pkg declares is of the package under analysis.
func (p *Package) Owns(pkg *types.Package) bool {
	return pkg == p.Types || p.draft != nil && pkg == p.draft.Types
}

// Innermost returns the innermost scope that pos is in, or nil.
func (p *Package) Innermost(pos token.Pos) *types.Scope {
	if p.draft != nil && p.isOwn(pos) {
		return p.draft.Types.Scope().Innermost(pos)
	}
	return p.Types.Scope().Innermost(pos)
}

// ScopesAt returns the scopes that pos is in, from the innermost one to that of the
// file.
func (p *Package) ScopesAt(pos token.Pos) (list []*types.Scope) {
	for s := p.Innermost(pos); s != nil && s.Parent() != types.Universe; s = s.Parent() {
		list = append(list, s)
	}
	return list
}

// LookupAt returns what name means at pos, or nil.
func (p *Package) LookupAt(name string, pos token.Pos) types.Object {
	inner := p.Innermost(pos)
	if inner == nil {
		return nil
	}
	scope, obj := inner.LookupParent(name, pos)
	if scope == nil || scope == types.Universe { // a draft has of the package what it names
		if own := p.Types.Scope().Lookup(name); own != nil {
			return own
		}
	}
	return obj
}
