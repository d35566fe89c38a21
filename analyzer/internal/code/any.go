package code

import (
	"go/ast"
	"go/types"
)

// Any reports whether is holds of n, which may be nil, or of anything in it.
func Any(n ast.Node, is func(ast.Node) bool) bool {
	if n == nil {
		return false
	}
	for n := range ast.Preorder(n) {
		if is(n) {
			return true
		}
	}
	return false
}

// AnyName reports whether is holds of an identifier in n.
func AnyName(n ast.Node, is func(*ast.Ident) bool) bool {
	return Any(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		return ok && is(id)
	})
}

// AnyLocal reports whether n names a local variable that is holds of.
func AnyLocal(info *types.Info, n ast.Node, is func(*types.Var) bool) bool {
	return AnyName(n, func(id *ast.Ident) bool {
		v := Local(info, id)
		return v != nil && is(v)
	})
}

// Count returns how often n names v.
func Count(info *types.Info, n ast.Node, v types.Object) (count int) {
	for _, obj := range Named(info, n) {
		if obj == v {
			count++
		}
	}
	return count
}

// Mentions reports whether n names v.
func Mentions(info *types.Info, n ast.Node, v types.Object) bool {
	return AnyName(n, func(id *ast.Ident) bool { return info.ObjectOf(id) == v })
}
