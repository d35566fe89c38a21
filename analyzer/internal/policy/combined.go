package policy

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// combined: of github.com/avast/retry-go, CombineDelay adds delays up, and the
// last DelayType counts.
func (f *finder) combined(row *Row, at inspector.Cursor) string {
	if row.Library != avast {
		return ""
	}
	list, i := f.list(at)
	if call, fn := f.argument(at); fn != nil && fn.Name() == "CombineDelay" || call == nil && len(list) > 0 {
		for j, other := range list {
			if i == j {
				continue
			}
			obj := f.source(other, at)
			fixed := isOf(obj, avast) && obj.Name() == "FixedDelay"
			random := isOf(obj, avast) && obj.Name() == "RandomDelay"
			switch {
			case !fixed && !random:
				return combined
			case fixed && row.Name != "FixedDelay", j < i && obj.Name() == row.Name:
				return said
			}
		}
		if call != nil {
			at = at.Parent()
		}
	}
	if _, fn := f.argument(at); fn != nil && fn.Name() == "DelayType" && f.isReplaced(at.Parent()) {
		return replaced
	}
	return ""
}

// list returns the arguments or elements that at is one of.
func (f *finder) list(at inspector.Cursor) ([]ast.Expr, int) {
	switch n := at.Parent().Node().(type) {
	case *ast.CallExpr:
		if at.ParentEdgeKind() == edge.CallExpr_Args {
			return n.Args, at.ParentEdgeIndex()
		}
	case *ast.CompositeLit:
		if f.structType(n) == nil && at.ParentEdgeKind() == edge.CompositeLit_Elts {
			return n.Elts, at.ParentEdgeIndex()
		}
	}
	return nil, 0
}

// source returns what e names, behind a variable of the function.
func (f *finder) source(e ast.Expr, at inspector.Cursor) types.Object {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		if def := f.definition(id, at); def != nil {
			return f.object(def)
		}
	}
	return f.object(e)
}

// isReplaced reports whether behind the option at, a call, stands another one
// by the same function.
func (f *finder) isReplaced(at inspector.Cursor) bool {
	fn := f.callee(at.Node().(*ast.CallExpr))
	same := func(e ast.Expr) bool {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		return ok && f.callee(call) == fn
	}
	list, i := f.list(at)
	if i+1 <= len(list) && slices.ContainsFunc(list[i+1:], same) {
		return true
	}
	if at.ParentEdgeKind() != edge.CompositeLit_Elts {
		return false
	}
	options := f.holder(at.Parent())
	for cur := range f.function(at).Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		if options != nil && call.Pos() > at.Node().End() && len(call.Args) > 1 && f.is(call.Args[0], options) &&
			f.callee(call) == types.Universe.Lookup("append") && slices.ContainsFunc(call.Args[1:], same) {
			return true
		}
	}
	return false
}
