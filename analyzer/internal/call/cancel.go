package call

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// findContext finds the context that the helper can be given.
func (s *shape) findContext() reason.Refusal {
	switch {
	case s.Ctx != nil && !s.Helper.Supports(helper.Context):
		return reason.LacksContext.At(s.Ctx.Pos())
	case s.Ctx != nil:
		s.UseCtx = s.Text(s.Ctx)
	case s.Helper.Supports(helper.Context):
		s.UseCtx = s.InScope(s.Scope)
		if s.UseCtx != "" && (s.AnswersItself(true) || s.AsksEnded() || !s.runsOut && (s.Releases(s.Ends) || s.ReleasesBehind())) {
			s.UseCtx = ""
		}
	}
	if s.Helper.CancelsSuccess && s.UseCtx != "" && (!s.ReturnsError() || s.holds()) {
		if s.Ctx != nil {
			return reason.LacksSuccess.At(s.Ctx.Pos())
		}
		s.UseCtx = ""
	}
	return nil
}

// holds reports whether an attempt that succeeds may leave something to let go of: a value
// that is more than data, or a lock.
func (s *shape) holds() bool {
	gives := func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 || s.Gone[a] {
			return false
		}
		call, isCall := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
		return isCall && !strings.HasPrefix(code.Callee(s.Info, call), "context.") && slices.ContainsFunc(a.Lhs, func(e ast.Expr) bool {
			t := s.Info.TypeOf(e)
			return t != nil && !code.IsError(t) && !isData(t)
		})
	}
	return s.Loop.Any(func(n ast.Node) bool {
		x, ok := n.(*ast.ExprStmt)
		return gives(n) || ok && reading.Locks(x)
	})
}

// isData reports whether t is a basic type, or a list of one.
func isData(t types.Type) bool {
	if list, ok := t.Underlying().(*types.Slice); ok {
		t = list.Elem()
	}
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

// returnsCancel reads `return zero, ctx.Err()`, and `return zero, err` with the error of
// what waited, in what is done on cancellation. The helper returns the error of the
// context then, and not that of the last attempt.
func (s *shape) returnsCancel() (string, bool) {
	if len(s.Cancel) != 1 {
		return "", false
	}
	r, ok := s.Cancel[0].(*ast.ReturnStmt)
	if !ok || len(r.Results) == 0 || !s.ReturnsError() || len(r.Results) != s.Loop.Sig.Results().Len() || !s.outsideOthers(r) {
		return "", false
	}
	x := ast.Unparen(code.LastResult(r))
	if call, ok := x.(*ast.CallExpr); ok {
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Err" && s.Text(sel.X) == s.Text(s.Ctx) {
			return s.othersOf(r), true
		}
		if code.Callee(s.Info, call) == "context.Cause" {
			return s.othersOf(r), true
		}
	}
	if obj := s.Loop.ErrorVar(x); obj != nil && s.inDelay(obj) {
		return s.othersOf(r), true
	}
	return "", false
}

// cancelMoves reports whether what is done on cancellation can stand behind the loop. It
// does not name the last error, in place of which the helper returns that of the context.
func (s *shape) cancelMoves() bool {
	last := s.lastErrors()
	stays := func(x ast.Stmt) bool {
		return !s.Outside(x) || slices.ContainsFunc(last, func(obj types.Object) bool { return code.Mentions(s.Info, x, obj) })
	}
	return code.EndsInReturn(s.Cancel) && !slices.ContainsFunc(s.Cancel, stays)
}
