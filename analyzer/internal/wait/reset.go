package wait

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// A reset is a statement of the loop by which the delay becomes its first
// again.
type reset struct {
	stmt ast.Stmt
	dead bool // it does nothing else
}

// findResets finds where the helper must start anew. Delays that are the same each
// time need not, where the code does not tell: they do not grow much then.
func (w *waiting) findResets() reason.Refusal {
	vars := w.DelayVars()
	if w.changesFields() {
		return reason.DelayNotKnown.At(w.DelayPos())
	}
	w.Loop.Inspect(func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && w.isReset(a, vars) {
			w.resets = append(w.resets, &reset{stmt: a})
		}
		return true
	})
	if len(w.resets) > 0 && w.Helper.Reset == nil {
		return reason.LacksReset
	}
	for _, r := range w.resets {
		if step := w.stepBehind(r.stmt); step != nil {
			return reason.ResetNotKnown.At(step.Pos())
		}
	}
	if len(w.resets) > 0 || w.Verdict.Intent != flow.Reconnect || w.grows(vars) {
		return nil
	}
	var refusal reason.Refusal = reason.LacksReset
	if w.Helper.Reset != nil {
		w.anew, refusal = w.behindFailure()
	}
	if w.Endless = refusal != nil; w.Endless && w.Growth.Kind != growth.Constant {
		return refusal
	}
	return nil
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

// changesFields reports whether a delay depends on a field that the loop
// changes.
func (w *waiting) changesFields() bool {
	changed := make(map[string]bool)
	note := func(e ast.Expr) {
		if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
			changed[types.ExprString(sel)] = true
		}
	}
	w.Loop.Inspect(func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				note(lhs)
			}
		case *ast.IncDecStmt:
			note(n.X)
		}
		return true
	})
	isChanged := func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		return ok && changed[types.ExprString(sel)]
	}
	return slices.ContainsFunc(code.InOrder(w.removed()), func(n ast.Node) bool { return code.Any(n, isChanged) })
}

// isReset reports whether a gives one of vars, which outlives the pass, what it was
// before the loop, other than where a test of the variable gives it its first value.
func (w *waiting) isReset(a *ast.AssignStmt, vars map[types.Object]bool) bool {
	if a == w.Loop.Init || a.Tok != token.ASSIGN || len(a.Lhs) != len(a.Rhs) {
		return false
	}
	for i, lhs := range a.Lhs {
		v := code.Local(w.Info, lhs)
		if v == nil || !vars[v] || w.Loop.InBody(v.Pos()) || !w.Loop.VisibleBefore(a.Rhs[i]) || !w.StartsAs(v, a.Rhs[i]) {
			continue
		}
		asked := false
		for _, cond := range w.Loop.Conds(a) {
			asked = asked || code.Mentions(w.Info, cond, v)
		}
		if !asked {
			return true
		}
	}
	return false
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

// behindFailure returns the branch of failure behind which a pass goes on after
// success: delays that do not grow need nothing of the kind.
//
//	if err != nil {
//		if err := w.Wait(ctx); err != nil { ... }
//		continue
//	}
//	w.Reset()
func (w *waiting) behindFailure() (branch *ast.IfStmt, refusal reason.Refusal) {
	for _, s := range code.InOrder(w.Pauses) {
		x, ok := w.branch(s)
		if !ok || branch != nil && branch != x || ast.Stmt(x) == s {
			return nil, reason.ResetNotKnown.At(s.Pos())
		}
		if x.Else != nil {
			return nil, reason.ResetNotKnown.At(x.Else.Pos())
		}
		branch = x
	}
	if !code.Jumps(branch.Body.List) && (w.Loop.IsGoto() || code.Last(w.Loop.Body) != branch) {
		return nil, reason.ResetNotKnown.At(branch.Pos())
	}
	return branch, nil
}

// branch returns the branch that holds s, of those in the body of the loop, or in the
// default of a select that is all of it; its place may be behind others that jump.
func (w *waiting) branch(s ast.Stmt) (*ast.IfStmt, bool) {
	holding := w.Loop.Holding(s)
	if sel, ok := holding.(*ast.SelectStmt); ok && w.Pauses[sel] == nil && len(w.Loop.Body) == 1 {
		holding = nil
		for _, c := range sel.Body.List {
			if c := c.(*ast.CommClause); c.Comm == nil {
				holding = code.Holding(c.Body, s)
			}
		}
	}
	x, ok := holding.(*ast.IfStmt)
	for ok && !code.Within(x.Body, s) && code.Jumps(x.Body.List) {
		x, ok = x.Else.(*ast.IfStmt)
	}
	return x, ok
}

// resetText writes the call by which the helper starts anew.
func (w *waiting) resetText() string { return w.Expand(w.Helper.Reset, w.args) }

// replaceResets writes a call for each reset, or where success goes on.
func (w *waiting) replaceResets() {
	switch {
	case w.anew == nil:
	case code.Jumps(w.anew.Body.List):
		w.putBehind(w.countsAnew(), w.resetText())
	default:
		w.Inside = append(w.Inside, edit.Insert(w.anew.End(), " else {\n"+w.resetText()+"\n}"))
	}
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
	end := s.End()
	if _, comment := w.Attached(s); comment != nil {
		end = comment.End()
	}
	w.Inside = append(w.Inside, edit.Insert(end, "\n"+text))
}

// countsAnew returns the statement behind the branch of failure that begins to count the
// failures anew, or else the branch.
func (w *waiting) countsAnew() ast.Stmt {
	i := slices.Index(w.Loop.Body, ast.Stmt(w.anew))
	if i < 0 || i+1 == len(w.Loop.Body) {
		return w.anew
	}
	a, ok := w.Loop.Body[i+1].(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || w.Info.Types[a.Rhs[0]].Value == nil {
		return w.anew
	}
	if v := code.Local(w.Info, a.Lhs[0]); v == nil || !code.Writes(w.Info, w.anew.Body, v) {
		return w.anew
	}
	return a
}
