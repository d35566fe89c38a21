package growth

import (
	"go/ast"
	"go/constant"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// A run knows a timer, or the channel of one, by the duration it was set to.

// makesTimer has the functions of clocks that give a timer or its channel.
var makesTimer = map[string]bool{"NewTimer": true, "NewTicker": true, "After": true, "Tick": true}

// primitive returns how long d waits: what is written there, or what the timer
// was set to.
func (r *run) primitive(d *site.Delay) constant.Value {
	if d.Duration != nil {
		return r.expr(d.Duration)
	}
	id := timerOf(received(d.Node))
	if id == nil {
		return nil
	}
	v := r.variable(id)
	if obj := r.ev.object(id); obj != nil && !r.ev.ticks(obj) {
		r.known.set(obj, nil) // it has fired
	}
	return v
}

// timerOf returns the variable that holds the timer or the channel in ch, t.C,
// t.C() or t.Chan(); nil if it is something else.
func timerOf(x ast.Expr) *ast.Ident {
	x = ast.Unparen(x)
	if call, ok := x.(*ast.CallExpr); ok && len(call.Args) == 0 {
		x = ast.Unparen(call.Fun)
	}
	if sel, ok := x.(*ast.SelectorExpr); ok {
		x = ast.Unparen(sel.X)
	}
	id, _ := x.(*ast.Ident)
	return id
}

// ticks reports whether obj is made by something that fires again and again.
func (ev *evaluator) ticks(obj types.Object) bool {
	for _, d := range ev.defsOf(obj) {
		if call, ok := d.rhs.(*ast.CallExpr); ok && (code.LastName(call.Fun) == "NewTicker" || code.LastName(call.Fun) == "Tick") {
			return true
		}
	}
	return false
}

// reset sets the timer that call resets.
func (r *run) reset(call *ast.CallExpr) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if ok && sel.Sel.Name == "Reset" && len(call.Args) == 1 {
		r.set(sel.X, r.expr(call.Args[0]))
	}
}
