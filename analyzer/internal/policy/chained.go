package policy

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// chained: another method of the same builder decides.
func (f *finder) chained(row *Row, at inspector.Cursor) string {
	if row.Library != failsafe || !strings.Contains(row.Name, "Builder.") || row.Arg > 0 {
		return ""
	}
	sel, ok := at.Node().(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	grows := func(name string) bool {
		return slices.Contains([]string{"WithBackoff", "WithBackoffFactor", "WithDelayFunc"}, name)
	}
	for x := ast.Expr(sel); ; { // inwards
		s, ok := ast.Unparen(x).(*ast.SelectorExpr)
		if !ok {
			if id, ok := ast.Unparen(x).(*ast.Ident); ok && f.calls(at, f.pkg.Info.Uses[id], grows) {
				return setByChain
			}
			break
		}
		if grows(s.Sel.Name) {
			return setByChain
		}
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		if !ok {
			x = s.X
			continue
		}
		x = call.Fun
	}
	for cur := at; cur.ParentEdgeKind() == edge.CallExpr_Fun || cur.ParentEdgeKind() == edge.SelectorExpr_X; cur = cur.Parent() { // outwards
		if s, ok := cur.Node().(*ast.SelectorExpr); ok && grows(s.Sel.Name) {
			return setByChain
		}
		if obj := f.holder(cur.Parent()); obj != nil && f.calls(at, obj, grows) {
			return setByChain
		}
	}
	return ""
}

// calls reports whether the function around at calls one of the methods on a
// variable.
func (f *finder) calls(at inspector.Cursor, obj types.Object, method func(string) bool) bool {
	if _, ok := obj.(*types.Var); !ok {
		return false
	}
	for cur := range f.function(at).Preorder((*ast.SelectorExpr)(nil)) {
		sel := cur.Node().(*ast.SelectorExpr)
		root := sel.X
		for {
			call, ok := ast.Unparen(root).(*ast.CallExpr)
			if !ok {
				break
			}
			s, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
			if !ok {
				break
			}
			root = s.X
		}
		if method(sel.Sel.Name) && f.is(root, obj) {
			return true
		}
	}
	return false
}
