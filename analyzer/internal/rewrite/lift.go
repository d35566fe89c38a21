package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// liftedDecls declares before the call what the loop's header declares beside
// the counter, and the counter itself where the body counts.
//
//	for attempt, attempts := 0, c.attempts(); attempt < attempts; attempt++ {
func (w *caller) liftedDecls() (lines []string) {
	a, ok := w.loop.init.(*ast.AssignStmt)
	if !ok || len(a.Lhs) != len(a.Rhs) {
		return nil
	}
	for i, lhs := range a.Lhs {
		obj := code.Local(w.info, lhs)
		counts := w.counter != nil && obj == types.Object(w.counter.obj)
		if counts && (w.counterDecl != "" || !w.bodyCounts()) {
			continue
		}
		if obj == nil || !counts && !w.liftable(obj) {
			continue
		}
		lines = append(lines, obj.Name()+" "+a.Tok.String()+" "+w.Text(a.Rhs[i]))
	}
	return lines
}

// bodyCounts reports whether a statement of the body that stays counts the
// attempts.
func (w *caller) bodyCounts() bool {
	s := w.counter.stepAt
	return s != nil && s != w.loop.post && !w.gone[s]
}

// liftable reports whether obj is declared by the loop's header, which does not
// change it.
func (b *binder) liftable(obj types.Object) bool {
	init := b.loop.init
	if init == nil || obj.Pos() < init.Pos() || obj.Pos() >= init.End() {
		return false
	}
	changed := false
	for _, s := range b.loop.body {
		changed = changed || code.Writes(b.info, s, obj)
	}
	return !changed && (b.loop.post == nil || !code.Writes(b.info, b.loop.post, obj))
}

// A deadline in the loop's header becomes that of a context.
//
//	for time.Now().Before(deadline) {
//	for time.Since(start) < timeout {

// bindDeadline reads the deadline of the loop's condition, if that is all that
// it asks.
func (p *plan) bindDeadline() {
	if p.keepCond == nil || p.bounded || !p.Helper.Supports(helper.Context) || p.ctx != nil {
		return
	}
	switch e := ast.Unparen(p.keepCond).(type) {
	case *ast.CallExpr: // time.Now().Before(deadline)
		if code.Callee(p.info, e) == "time.Before" && p.isNow(e.Fun) && p.loop.visibleBefore(p.pkg, e.Args[0]) {
			p.deadline = "WithDeadline(%s, " + p.Text(e.Args[0]) + ")"
		}
	case *ast.BinaryExpr: // time.Since(start) < timeout
		call, ok := ast.Unparen(e.X).(*ast.CallExpr)
		if ok && (e.Op == token.LSS || e.Op == token.LEQ) && code.Callee(p.info, call) == "time.Since" &&
			p.loop.visibleBefore(p.pkg, e.Y) && p.loop.visibleBefore(p.pkg, call.Args[0]) {
			p.deadline = "WithDeadline(%s, " + p.Text(call.Args[0]) + ".Add(" + p.Text(e.Y) + "))"
		}
	}
	if p.deadline != "" {
		p.keepCond = nil
	}
}

// isNow reports whether fun is a method of time.Now().
func (p *plan) isNow(fun ast.Expr) bool {
	sel, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	call, ok := ast.Unparen(sel.X).(*ast.CallExpr)
	return ok && code.Callee(p.info, call) == "time.Now"
}
