package wait

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// checkSteps refuses delays that a pass makes longer and then leaves out, as its attempt
// decides: the next wait of the helper would be shorter than that of today. It refuses
// those, too, that are none before the first attempt.
//
//	if !busy(err) {
//		time.Sleep(wait)
//	}
//	wait *= 2
func (w *waiting) checkSteps() reason.Refusal {
	vars := w.DelayVars()
	changes := func(s ast.Stmt) pass.Change {
		a, ok := s.(*ast.AssignStmt)
		switch {
		case ok && w.isReset(a, vars):
			return pass.Anew
		case slices.ContainsFunc(code.Assigned(s), func(id *ast.Ident) bool {
			obj := w.Info.ObjectOf(id)
			return vars[obj] && !w.Loop.InBody(obj.Pos()) && w.builds(s, obj)
		}):
			return pass.Longer
		}
		return pass.Same
	}
	header := w.Loop.Post != nil && changes(w.Loop.Post) == pass.Longer
	if r, ok := w.Loop.Cycle.(*ast.RangeStmt); ok {
		key := code.Local(w.Info, r.Key)
		header = key != nil && vars[key]
	}
	p, decides := w.Pass(), w.Decides()
	p.Count = func(cond ast.Expr) loop.When {
		if !decides(cond) {
			return loop.ExceptLast // a number alone tells which attempts are waited for
		}
		return w.When(cond)
	}
	walked := p.Walk(pass.Watch{Changes: changes})
	for _, e := range walked.Exits {
		if e.Kind == pass.Again && (e.Owes() || header && e.Undelayed()) {
			return reason.PassNotDelayed.At(e.Pos(w.Loop))
		}
	}
	return w.FirstIsNone(walked.Leads)
}

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
	return slices.ContainsFunc(code.Assigned(a), func(id *ast.Ident) bool { return w.builds(s, w.Info.ObjectOf(id)) })
}

// builds reports whether s itself computes obj of what it is before.
func (w *waiting) builds(s ast.Stmt, obj types.Object) bool {
	if a, ok := s.(*ast.AssignStmt); ok {
		of := func(e ast.Expr) bool { return code.Mentions(w.Info, e, obj) }
		return a.Tok != token.DEFINE && code.Writes(w.Info, s, obj) && (a.Tok != token.ASSIGN || slices.ContainsFunc(a.Rhs, of))
	}
	_, ok := s.(*ast.IncDecStmt)
	return ok && code.Writes(w.Info, s, obj)
}

// apart reports whether a and s stand in two branches of a condition.
func (w *waiting) apart(a, s ast.Stmt) bool {
	return w.Loop.Any(func(n ast.Node) bool {
		x, ok := n.(*ast.IfStmt)
		return ok && x.Else != nil && code.Within(x.Body, a) && code.Within(x.Else, s)
	})
}
