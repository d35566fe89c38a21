package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
)

// bindTimers finds the statements that only serve the timers of delays.
func (k *keeper) bindTimers() Refusal {
	k.timers = make(map[ast.Stmt]bool)
	for s, p := range k.pauses {
		recv, ok := p.delay.Node.(*ast.UnaryExpr)
		if !ok || p.delay.Duration != nil {
			continue
		}
		sel, ok := ast.Unparen(recv.X).(*ast.SelectorExpr)
		if !ok {
			return delayIsInside
		}
		timer := local(k.info, sel.X)
		if timer == nil || !k.bindTimer(timer, s) {
			return delayIsInside
		}
	}
	return ""
}

// bindTimer notes the statements that make, reset or stop a timer; false if it
// is used for something else.
func (k *keeper) bindTimer(timer types.Object, pause ast.Stmt) bool {
	left := 0
	ast.Inspect(k.loop.decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if len(n.Lhs) == 1 && local(k.info, n.Lhs[0]) == timer {
				call, ok := n.Rhs[0].(*ast.CallExpr)
				if fn := calleeName(k.info, call, ok); fn == "time.NewTimer" || fn == "time.NewTicker" {
					k.timers[n] = true
					return false
				}
			}
		case *ast.DeferStmt:
			if k.method(n.Call, timer) == "Stop" {
				k.timers[n] = true
				return false
			}
		case *ast.ExprStmt:
			call, _ := n.X.(*ast.CallExpr)
			if m := k.method(call, timer); m == "Stop" || m == "Reset" {
				k.timers[n] = true
				return false
			}
		case *ast.UnaryExpr:
			if n.Op == token.ARROW && within(pause, n) && mentions(k.info, n, timer) {
				return false
			}
		case *ast.Ident:
			if k.info.ObjectOf(n) == timer {
				left++
			}
		}
		return true
	})
	return left == 0
}

func calleeName(info *types.Info, call *ast.CallExpr, ok bool) string {
	if !ok {
		return ""
	}
	return calleeOf(info, call)
}

// method returns the name of the method of obj that call calls, or "".
func (k *keeper) method(call *ast.CallExpr, obj types.Object) string {
	if call == nil {
		return ""
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || local(k.info, sel.X) != obj {
		return ""
	}
	return sel.Sel.Name
}
