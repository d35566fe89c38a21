package rewrite

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// bindTimers finds the statements that only serve the timers of delays.
func (b *Reading) bindTimers() reason.Refusal {
	b.timers = make(map[ast.Stmt]bool)
	for _, s := range code.InOrder(b.pauses) {
		p := b.pauses[s]
		if p.Channel() == nil || p.Delay.Duration != nil {
			continue
		}
		if timer := b.timerOf(p); timer == nil || !b.bindTimer(timer, p) {
			return reason.DelayIsInside.At(p.Delay.Node.Pos())
		}
	}
	return nil
}

// bindTimer notes the statements that make, reset or stop the timer, the ticker or
// the channel that p receives from; false if it is used for something else.
func (b *Reading) bindTimer(timer types.Object, p *pass.Pause) bool {
	left := 0
	var first, later []ast.Expr // durations
	ast.Inspect(b.loop.Decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if len(n.Lhs) == 1 && code.Local(b.info, n.Lhs[0]) == timer {
				call, ok := n.Rhs[0].(*ast.CallExpr)
				switch calleeName(b.info, call, ok) {
				case "time.After":
					if !b.loop.InBody(n.Pos()) {
						break // it tells of one point in time
					}
					fallthrough
				case "time.NewTimer", "time.NewTicker", "time.Tick":
					first = append(first, call.Args[0])
					b.timers[n] = true
					return false
				}
			}
		case *ast.DeferStmt:
			if code.MethodOf(b.info, n.Call, timer) == "Stop" {
				b.timers[n] = true
				return false
			}
		case *ast.ExprStmt:
			call, _ := n.X.(*ast.CallExpr)
			if m := code.MethodOf(b.info, call, timer); m == "Stop" || m == "Reset" {
				if m == "Reset" {
					later = append(later, call.Args[0])
				}
				b.timers[n] = true
				return false
			}
		case *ast.Ident:
			if b.info.ObjectOf(n) == timer && ast.Node(n) != p.Channel() {
				left++
			}
		}
		return n != ast.Node(p.Channel())
	})
	if leads := b.Verdict.Operation != nil && p.Stmt.Pos() < b.Verdict.Operation.Pos(); leads && !code.SameText(first, later) {
		return false // the wait before the first attempt is another one
	}
	return left == 0
}

func calleeName(info *types.Info, call *ast.CallExpr, ok bool) string {
	if !ok {
		return ""
	}
	return code.Callee(info, call)
}
