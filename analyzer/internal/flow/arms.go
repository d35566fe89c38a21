package flow

import (
	"go/ast"
	"go/constant"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// setOnFailure returns the delays of a timer that is set only after op failed:
// an event loop that has its own case for the next attempt.
func (t *trial) setOnFailure(op *operation, sp *spots) delaySet {
	for i, arms := range t.timers() {
		if !anyBehind(arms, op) {
			continue
		}
		marked := *sp
		marked.arms = arms
		if !t.fail(op, &marked).armed {
			continue
		}
		if good := t.succeed(op, &marked); !good.armed && !good.out && (good.again || good.delayed != 0) {
			return delayBit(i)
		}
	}
	return 0
}

// anyBehind reports whether one of the statements stands behind op: only there
// can it be a consequence.
func anyBehind(stmts map[ast.Node]bool, op *operation) bool {
	for n := range stmts {
		if n.Pos() > op.top.Pos() {
			return true
		}
	}
	return false
}

// timers returns, for each delay, the statements of the cycle that set the timer
// it receives from.
func (t *trial) timers() []map[ast.Node]bool {
	if t.arms == nil {
		for _, d := range t.site.Delays {
			t.arms = append(t.arms, t.judge.arms(d, t))
		}
	}
	return t.arms
}

// arms returns the statements of the cycle that set the timer that d receives
// from: t.Reset(d), or an assignment of a new timer or channel.
func (j *Judge) arms(d *site.Delay, t *trial) map[ast.Node]bool {
	timer, ok := j.timerOf(d)
	if !ok {
		return nil
	}
	arms := make(map[ast.Node]bool)
	for _, b := range t.w.cycle.Blocks() {
		for _, n := range b.Nodes {
			if j.armsTimer(n, timer) {
				arms[n] = true
			}
		}
	}
	return arms
}

// timerOf returns the timer, or the channel, that d receives from.
func (j *Judge) timerOf(d *site.Delay) (path, bool) {
	recv, ok := d.Node.(*ast.UnaryExpr)
	if !ok {
		return path{}, false
	}
	ch := ast.Unparen(recv.X)
	if sel, ok := ch.(*ast.SelectorExpr); ok && sel.Sel.Name == "C" {
		ch = sel.X
	}
	return pathOf(j.pkg.Info, ch)
}

func (j *Judge) armsTimer(n ast.Node, timer path) bool {
	switch n := n.(type) {
	case *ast.ExprStmt:
		call, ok := ast.Unparen(n.X).(*ast.CallExpr)
		if !ok {
			return false
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Reset" {
			return false
		}
		if len(call.Args) != 1 {
			return false
		}
		if tv := j.pkg.Info.Types[call.Args[0]]; tv.Value != nil && tv.Value.Kind() == constant.Int && constant.Sign(tv.Value) <= 0 {
			return false // it fires at once
		}
		p, ok := pathOf(j.pkg.Info, sel.X)
		return ok && p == timer
	case *ast.AssignStmt:
		if n.Tok != token.ASSIGN || len(n.Lhs) != 1 || len(n.Rhs) != 1 {
			return false
		}
		p, ok := pathOf(j.pkg.Info, n.Lhs[0])
		return ok && p == timer && !j.pkg.Info.Types[n.Rhs[0]].IsNil()
	}
	return false
}
