package wait

import (
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// A reset is a statement of the loop by which the delay becomes its first
// again.
type reset struct {
	stmt ast.Stmt
	dead bool // it does nothing else
}

// findResets finds where the helper must start anew. Where nothing lets it, delays that are
// the same each time stay so: the failures of a process's whole life would add up.
func (w *waiting) findResets() reason.Refusal {
	vars := w.DelayVars()
	var other reason.Refusal
	w.Loop.Inspect(func(n ast.Node) bool {
		switch a, ok := n.(*ast.AssignStmt); {
		case !ok:
		case w.isReset(a, vars):
			w.resets = append(w.resets, &reset{stmt: a})
		case w.setsElse(a, vars):
			other = reason.ResetNotKnown.At(a.Pos())
		}
		return true
	})
	if other != nil {
		return other
	}
	if len(w.resets) > 0 && w.Helper.Reset == nil {
		return reason.LacksReset
	}
	for _, r := range w.resets {
		if step := w.stepBehind(r.stmt); step != nil {
			return reason.ResetNotKnown.At(step.Pos())
		}
	}
	if len(w.resets) > 0 || !w.successGoesOn() || w.grows(vars) {
		return nil
	}
	refusal := reason.ResetNotKnown.At(w.DelayPos())
	switch {
	case w.Helper.Reset == nil:
		refusal = reason.LacksReset
	case w.Verdict.Reason != flow.Blocks:
		anew, unknown := w.findAnew()
		if unknown != nil || !w.isIdle(anew) {
			w.anew = anew
			return unknown
		}
	}
	if w.Endless = w.Growth.Kind == growth.Constant; !w.Endless {
		return refusal
	}
	return nil
}

// successGoesOn reports whether another pass may follow success, and never by a delay: a
// pass is followed that succeeds, since what comes behind the branch of failure, as in
// if err != nil { wait }; if stop { return }, is the same for both.
func (w *waiting) successGoesOn() bool {
	_, succeeded := w.Pass().Suppose(pass.IsNil)
	worked := slices.DeleteFunc(succeeded.Exits, func(e pass.Exit) bool { return e.Kind != pass.Again || !w.Works(e) })
	ends := w.Loop.Cond != nil && code.AnyName(w.Loop.Cond, func(id *ast.Ident) bool { return code.IsError(w.Info.TypeOf(id)) })
	return w.Verdict.Intent == flow.Reconnect || !ends && len(worked) > 0 && !slices.ContainsFunc(worked, func(e pass.Exit) bool { return e.Delayed() })
}

// bindResets finds which resets do nothing else.
func (w *waiting) bindResets() reason.Refusal {
	if len(w.resets) == 0 {
		return nil
	}
	only := w.Loop.Dead(w.removed(), w.needed())
	for _, r := range w.resets {
		for s := range only {
			r.dead = r.dead || code.Within(s, r.stmt)
		}
	}
	return nil
}

// isReset reports whether a gives one of vars what it was before the loop.
func (w *waiting) isReset(a *ast.AssignStmt, vars map[types.Object]bool) bool {
	for v, e := range w.givenAnew(a, vars) {
		if w.StartsAs(v, e) {
			return true
		}
	}
	return false
}

// setsElse reports whether a gives one of vars, which the loop computes of what it was,
// another value than it had before the loop.
//
//	wait := time.Second / 2
//	for {
//		if err := op(); err != nil {
//			wait *= 2
//			time.Sleep(wait)
//			continue
//		}
//		wait = time.Second
func (w *waiting) setsElse(a *ast.AssignStmt, vars map[types.Object]bool) bool {
	for v, e := range w.givenAnew(a, vars) {
		if !w.StartsAs(v, e) && w.Loop.Any(func(n ast.Node) bool { s, ok := n.(ast.Stmt); return ok && w.builds(s, v) }) {
			return true
		}
	}
	return false
}

// givenAnew yields those of vars that outlive the pass, and what a gives them: something
// that means the same before the loop, other than where a test of the variable gives it
// its first value, or its limit.
func (w *waiting) givenAnew(a *ast.AssignStmt, vars map[types.Object]bool) iter.Seq2[*types.Var, ast.Expr] {
	return func(yield func(*types.Var, ast.Expr) bool) {
		if a == w.Loop.Init || a.Tok != token.ASSIGN || len(a.Lhs) != len(a.Rhs) {
			return
		}
		for i, lhs := range a.Lhs {
			v := code.Local(w.Info, lhs)
			if v == nil || !vars[v] || w.Loop.InBody(v.Pos()) || !w.Loop.VisibleBefore(a.Rhs[i]) {
				continue
			}
			asked := slices.ContainsFunc(w.Loop.Conds(a), func(cond ast.Expr) bool { return code.Mentions(w.Info, cond, v) })
			if !asked && !yield(v, a.Rhs[i]) {
				return
			}
		}
	}
}

// grows reports whether the loop changes one of vars from pass to pass.
func (w *waiting) grows(vars map[types.Object]bool) bool {
	for obj := range vars {
		if !w.Loop.InBody(obj.Pos()) && w.Loop.Assigns(obj) {
			return true
		}
	}
	return w.Growth.Kind == growth.Linear || w.Growth.Kind == growth.Exponential || w.Growth.Kind == growth.Polynomial
}

// resetText writes the call by which the helper starts anew.
func (w *waiting) resetText() string { return w.Expand(w.Helper.Reset, w.args) }

// replaceResets writes a call for each reset, or where success goes on.
func (w *waiting) replaceResets() {
	w.putAnew()
	for _, r := range w.resets {
		if r.dead {
			w.Put(r.stmt, w.resetText())
		} else {
			w.putBehind(r.stmt, w.resetText())
		}
	}
}

// putBehind puts text on the line behind s.
func (w *waiting) putBehind(s ast.Stmt, text string) {
	w.Inside = append(w.Inside, edit.Insert(w.EndOf(s), "\n"+text))
}
