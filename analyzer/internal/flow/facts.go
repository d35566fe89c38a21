package flow

import (
	"encoding/binary"
	"go/ast"
	"go/types"
	"slices"
)

// A path is a variable or a part of one: object x and ".f.g" for x.f.g.
type path struct {
	root types.Object
	rest string
}

// A fact is what is known of a path, by the path's number.
type fact struct {
	path int
	val  value
}

// facts is sorted by path and never changed in place.
type facts []fact

func (f facts) get(p int) value {
	if i, ok := f.find(p); ok {
		return f[i].val
	}
	return isUnknown
}

func (f facts) find(p int) (int, bool) {
	return slices.BinarySearchFunc(f, p, func(f fact, p int) int { return f.path - p })
}

// append appends a form of f that is equal for equal facts.
func (f facts) append(key []byte) []byte {
	for _, f := range f {
		key = binary.AppendUvarint(key, uint64(f.path))
		key = append(key, byte(f.val.kind))
		key = binary.AppendVarint(key, f.val.n)
	}
	return key
}

// pathOf returns the path that e names: a variable, a field, what a pointer
// points to, an element at an index that is constant or a variable, or what a method without parameters
// returns.
func pathOf(info *types.Info, e ast.Expr) (path, bool) { return pathIn(info, e, maxParts) }

// maxParts is how long a path may be: nobody follows a longer one.
const maxParts = 32

// pathIn is pathOf for at most so many parts.
func pathIn(info *types.Info, e ast.Expr, parts int) (path, bool) {
	if parts--; parts < 0 {
		return path{}, false
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, ok := info.ObjectOf(e).(*types.Var)
		return path{root: v}, ok
	case *ast.SelectorExpr:
		if sel := info.Selections[e]; sel == nil { // a qualified name
			v, ok := info.ObjectOf(e.Sel).(*types.Var)
			return path{root: v}, ok
		}
		p, ok := pathIn(info, e.X, parts)
		p.rest += "." + e.Sel.Name
		return p, ok
	case *ast.StarExpr:
		return pathIn(info, e.X, parts)
	case *ast.IndexExpr:
		p, ok := pathIn(info, e.X, parts)
		if id, isID := ast.Unparen(e.Index).(*ast.Ident); isID {
			p.rest += "[" + id.Name + "]"
			return p, ok
		}
		if tv := info.Types[e.Index]; tv.Value != nil {
			p.rest += "[" + tv.Value.ExactString() + "]"
			return p, ok
		}
	case *ast.CallExpr:
		if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok && len(e.Args) == 0 && info.Selections[sel] != nil {
			p, ok := pathIn(info, sel.X, parts)
			p.rest += "." + sel.Sel.Name + "()"
			return p, ok
		}
	}
	return path{}, false
}
