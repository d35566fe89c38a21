package reading

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// FindTimers returns the statements that only serve the timers of delays.
func (r *Reading) FindTimers() (map[ast.Stmt]bool, reason.Refusal) {
	timers := make(map[ast.Stmt]bool)
	for _, p := range r.pauses() {
		if code.ContextOf(r.Info, p.Channel(), "Done") != nil { // of a context that ends with another one, too
			return nil, reason.TimerShared.At(p.Delay.Node.Pos())
		}
		if p.Channel() == nil || p.Delay.Duration != nil {
			continue
		}
		if timer := r.TimerOf(p); timer == nil || !r.bindTimer(timer, p, timers) {
			return nil, reason.TimerShared.At(p.Delay.Node.Pos())
		}
	}
	return timers, nil
}

// bindTimer notes the statements in timers that make, reset or stop the timer, the ticker or
// the channel that p receives from; false if it is used for something else.
func (r *Reading) bindTimer(timer types.Object, p *pass.Pause, timers map[ast.Stmt]bool) bool {
	left, behind := 0, false    // whether it is set for the next pass
	var first, later []ast.Expr // durations
	var stop types.Object       // stops it, if it is made with that
	stops := func(call *ast.CallExpr) bool {
		return call != nil && stop != nil && code.Local(r.Info, call.Fun) == stop
	}
	ast.Inspect(r.Loop.Decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			call := r.makes(code.ValueGiven(r.Info, n, timer))
			if made, by := r.Pkg.TimerMade(n, timer); made != nil {
				call, stop = made, by
			}
			if call != nil && len(n.Rhs) == 1 {
				first = append(first, call.Args[0])
				timers[n] = true
				return false
			}
		case *ast.ValueSpec: // nothing reads it then, and it goes
			if len(n.Names) == 1 && len(n.Values) == 1 && r.Info.Defs[n.Names[0]] == timer && r.makes(n.Values[0]) != nil {
				first = append(first, n.Values[0].(*ast.CallExpr).Args[0])
				return false
			}
		case *ast.DeferStmt:
			if code.MethodOf(r.Info, n.Call, timer) == "Stop" || stops(n.Call) {
				timers[n] = true
				return false
			}
		case *ast.IfStmt:
			if r.drains(n, timer) {
				timers[n] = true
				return false
			}
		case *ast.ExprStmt:
			call, _ := n.X.(*ast.CallExpr)
			if m := code.MethodOf(r.Info, call, timer); m == "Stop" || stops(call) || m == "Reset" && len(call.Args) == 1 {
				if m == "Reset" {
					later = append(later, call.Args[0])
					behind = behind || r.Loop.InBody(n.Pos()) && n.Pos() > p.Stmt.Pos()
				}
				timers[n] = true
				return false
			}
		case *ast.Ident:
			if obj := r.Info.ObjectOf(n); obj == timer && ast.Node(n) != p.Channel() || stop != nil && obj == stop {
				left++
			}
		}
		return n != ast.Node(p.Channel())
	})
	if leads := r.Verdict.Operation != nil && p.Stmt.Pos() < r.Verdict.Operation.Pos(); (leads || behind) && !code.SameText(first, later) {
		return false // the first wait is another one
	}
	return left == 0
}

// makes returns e if it makes a timer, a ticker or the channel of one. A channel that is
// made before the loop and fires once tells of one point in time.
func (r *Reading) makes(e ast.Expr) *ast.CallExpr {
	call, ok := e.(*ast.CallExpr)
	if ok && (code.MakesTimer(r.Info, call) || code.Callee(r.Info, call) == "time.After" && r.Loop.InBody(call.Pos())) {
		return call
	}
	return nil
}

// drains reports whether s stops the timer, and takes from its channel what may be in
// there already:
//
//	if !timer.Stop() {
//		<-timer.C
//	}
func (r *Reading) drains(s *ast.IfStmt, timer types.Object) bool {
	not, ok := ast.Unparen(s.Cond).(*ast.UnaryExpr)
	if !ok || s.Init != nil || s.Else != nil || len(s.Body.List) != 1 {
		return false
	}
	stop, _ := ast.Unparen(not.X).(*ast.CallExpr)
	take, ok := s.Body.List[0].(*ast.ExprStmt)
	if !ok || stop == nil || not.Op != token.NOT || code.MethodOf(r.Info, stop, timer) != "Stop" {
		return false
	}
	sel, ok := ast.Unparen(code.Received(take)).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "C" && code.Local(r.Info, sel.X) == timer
}

// TimerOf returns the variable of the timer that p receives from, or of its channel;
// or nil.
func (r *Reading) TimerOf(p *pass.Pause) *types.Var {
	ch := ast.Unparen(p.Channel())
	if sel, ok := ch.(*ast.SelectorExpr); ok {
		ch = sel.X
	}
	return code.Local(r.Info, ch)
}
