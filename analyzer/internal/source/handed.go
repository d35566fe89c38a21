package source

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// A Handing is what calls are handed by whose value others can write something: a
// pointer, a map or a slice.
type Handing struct {
	Type  types.Type
	Calls []inspector.Cursor
}

// Handed returns what the calls of the package are handed, types that are the same together
// for the most part; for a draft, what it has itself and the rest of the package has.
func (p *Package) Handed() []*Handing {
	if p.handed == nil {
		p.handed = p.handings()
	}
	if p.draft != nil {
		return slices.Concat(p.base.Handed(), p.handed)
	}
	return p.handed
}

func (p *Package) handings() []*Handing {
	list := []*Handing{}
	type key struct {
		of      types.Type
		pointer bool // to that: each & makes a type of its own
	}
	byType := make(map[key]*Handing)
	for file := range p.Inspector().Root().Children() {
		for _, c := range p.CallsIn(file) {
			for _, arg := range c.At.Node().(*ast.CallExpr).Args {
				t := p.Info.TypeOf(arg)
				if !writable(t) {
					continue
				}
				k := key{of: t}
				if ptr, ok := t.(*types.Pointer); ok {
					k = key{ptr.Elem(), true}
				}
				h := byType[k]
				if h == nil {
					h = &Handing{Type: t}
					byType[k] = h
					list = append(list, h)
				}
				h.Calls = append(h.Calls, c.At)
			}
		}
	}
	return list
}

// writable reports whether who has a value of type t can write something by it.
func writable(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Slice:
		return true
	}
	return false
}
