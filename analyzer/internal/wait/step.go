package wait

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// stepBehind returns the statement that changes again what the reset a sets, in the same
// pass and behind all waits: the next wait is not the first one then. Nil is none.
//
//	time.Sleep(wait)
//	if busy(err) {
//		wait = time.Second
//	}
//	wait *= 2
func (w *waiting) stepBehind(a ast.Stmt) (step ast.Stmt) {
	for s := range w.Pauses {
		if s.Pos() > a.Pos() {
			return nil // a comes before a wait, as what was set before the loop does
		}
	}
	ends := w.Loop.End() // of the pass, for what comes from a
	for _, list := range w.Loop.Lists() {
		if code.EndsPass(list) && list[0].Pos() <= a.Pos() && a.End() <= code.Last(list).End() {
			ends = min(ends, code.Last(list).End())
		}
	}
	w.Loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && step == nil && s != w.Loop.Post && s.Pos() > a.End() && s.Pos() < ends && !w.apart(a, s) && w.steps(s, a) {
			step = s
		}
		return step == nil
	})
	return step
}

// steps reports whether s itself computes anew a variable that a sets.
func (w *waiting) steps(s, a ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.IncDecStmt:
	case *ast.AssignStmt:
		builds := slices.ContainsFunc(s.Lhs, func(e ast.Expr) bool {
			v := code.Local(w.Info, e)
			return v != nil && slices.ContainsFunc(s.Rhs, func(x ast.Expr) bool { return code.Mentions(w.Info, x, v) })
		})
		if s.Tok == token.ASSIGN && !builds || s.Tok == token.DEFINE {
			return false
		}
	default:
		return false
	}
	return slices.ContainsFunc(code.Assigned(a), func(id *ast.Ident) bool {
		return code.Writes(w.Info, s, w.Info.ObjectOf(id))
	})
}

// apart reports whether a and s stand in two branches of a condition.
func (w *waiting) apart(a, s ast.Stmt) bool {
	return w.Loop.Any(func(n ast.Node) bool {
		x, ok := n.(*ast.IfStmt)
		return ok && x.Else != nil && code.Within(x.Body, a) && code.Within(x.Else, s)
	})
}
