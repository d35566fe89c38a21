package header

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// Attempts that end early leave another count of failures than those that have run out, as
// success does. What is done with a count behind the loop may tell one from the other.
//
//	return failed < limit
//	if len(errs) == limit {
//
// That there has been a failure is true of both.

// asksCount reports whether something behind the loop, or in a function literal, reads what
// the passes have counted, or what they make of their number, and does more with it than to
// write it down, to return it beside an error, or to ask whether there is anything.
func (h *heading) asksCount() bool {
	found, given := false, make(map[*ast.Ident]bool)
	ast.PreorderStack(h.Loop.Decl, nil, func(n ast.Node, stack []ast.Node) bool {
		inside := slices.ContainsFunc(stack, func(n ast.Node) bool { _, lit := n.(*ast.FuncLit); return lit && !code.Within(n, h.Loop.Outer) })
		switch n := n.(type) {
		case *ast.ExprStmt:
			return !h.Loop.OnlyLogs(n)
		case *ast.ReturnStmt:
			return inside || !h.ReturnsError()
		case *ast.CallExpr:
			return !code.MakesError(code.Callee(h.Info, n))
		case *ast.BinaryExpr:
			return !h.asksForAny(n)
		case *ast.AssignStmt:
			for _, id := range code.Assigned(n) {
				given[id] = n.Tok == token.ASSIGN
			}
		case *ast.Ident:
			found = found || !given[n] && (n.Pos() >= h.Loop.End() || inside) && !h.Loop.Has(n.Pos()) && h.counts(h.Info.Uses[n])
		}
		return !found
	})
	return found
}

// asksForAny reports whether e asks whether a variable that the passes only add to has got
// anything.
func (h *heading) asksForAny(e *ast.BinaryExpr) bool {
	none := func(e ast.Expr) bool {
		n, known := code.Int(h.Info, e)
		return known && n == 0 || code.IsNil(h.Info, e)
	}
	if !code.IsComparison(e.Op) || !none(e.X) && !none(e.Y) {
		return false
	}
	return !code.AnyLocal(h.Info, e, func(v *types.Var) bool { return h.counts(v) && !(h.onlyAdded(v) && h.startsAtNone(v)) })
}

// startsAtNone reports whether v counts up from none, or from more, as far as can be told.
func (h *heading) startsAtNone(v types.Object) bool {
	start := h.Loop.StartOf(v)
	if start == nil || !code.IsInteger(v.Type()) {
		return true
	}
	n, known := code.Int(h.Info, start)
	return known && n >= 0
}

// counts reports whether a pass makes a new value of v's old one, or of the number of the
// attempt, and v outlives the loop.
func (h *heading) counts(v types.Object) bool {
	if v == nil || h.Loop.Has(v.Pos()) || code.IsError(v.Type()) {
		return false
	}
	_, basic := v.Type().Underlying().(*types.Basic)
	return h.Loop.Any(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if ok && slices.ContainsFunc(a.Lhs, func(e ast.Expr) bool { x, ok := e.(*ast.IndexExpr); return ok && code.Local(h.Info, x.X) == v }) {
			return true // an element
		}
		if !code.Gives(h.Info, n, v) {
			return false
		}
		return !ok || a.Tok != token.ASSIGN || slices.ContainsFunc(a.Rhs, func(e ast.Expr) bool {
			return code.Mentions(h.Info, e, v) || basic && h.Counter != nil && code.Mentions(h.Info, e, h.Counter.Obj)
		})
	})
}

// onlyAdded reports whether the passes only step v up, or append to it.
func (h *heading) onlyAdded(v types.Object) bool {
	return !h.Loop.Any(func(n ast.Node) bool {
		if !code.Gives(h.Info, n, v) {
			return false
		}
		switch n := n.(type) {
		case *ast.IncDecStmt:
			return n.Tok != token.INC
		case *ast.AssignStmt:
			call, isCall := ast.Unparen(n.Rhs[0]).(*ast.CallExpr)
			return n.Tok != token.ADD_ASSIGN && !(isCall && types.ExprString(call.Fun) == "append")
		}
		return true
	})
}
