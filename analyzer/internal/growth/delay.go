package growth

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// delay returns how long d waits.
func (ev *evaluator) delay(d *site.Delay) (v value) {
	switch {
	case d.Inner != nil && d.Waiter != nil:
		call, _ := d.Node.(*ast.CallExpr)
		ev.within(d.Waiter, call, func() { v = ev.delay(d.Inner) })
	case d.Duration != nil:
		v = ev.expr(d.Duration)
	default:
		v = ev.channel(received(d.Node), 0)
	}
	if d.Count != nil {
		v = combine(token.MUL, v, ev.count(d), 0, 0)
		v.base, v.cap = nil, nil
	}
	return v
}

// count returns how often d waits in a row: what its loop counts from is what that
// was before the loop.
func (ev *evaluator) count(d *site.Delay) value {
	id, ok := ast.Unparen(d.Count).(*ast.Ident)
	if !ok {
		return ev.expr(d.Count)
	}
	use := id.Pos()
	for _, def := range ev.inside(ev.defsOf(ev.object(id))) {
		if def.op != token.ASSIGN && def.inner != nil && code.Within(def.inner, d.Node) {
			use = min(use, def.inner.Pos())
		}
	}
	return ev.named(id, ev.object(id), use)
}

// received returns the channel that n receives from, nil if it does not.
func received(n ast.Node) ast.Expr {
	switch n := n.(type) {
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			return n.X
		}
	case *ast.RangeStmt:
		return n.X
	}
	return nil
}

// channel returns after how long something can be received from the time channel x.
func (ev *evaluator) channel(x ast.Expr, depth int) value {
	if x == nil || depth > maxDepth {
		return value{}
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr: // time.After(d), clock.Tick(d), timer.C(), timer.Chan()
		if d := ev.durationArg(x); d != nil {
			return ev.expr(d)
		}
		if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && len(x.Args) == 0 {
			return ev.timer(ev.object(sel.X), depth)
		}
	case *ast.SelectorExpr:
		if x.Sel.Name == "C" {
			if t := ev.info.TypeOf(x.X); isNamed(t, "time", "Timer", "Ticker") {
				return ev.timerExpr(x.X, depth)
			}
		}
		return ev.timer(ev.object(x), depth)
	case *ast.Ident:
		return ev.timer(ev.object(x), depth)
	}
	return value{}
}

// timerExpr returns after how long the timer x fires.
func (ev *evaluator) timerExpr(x ast.Expr, depth int) value {
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok {
		if d := ev.durationArg(call); d != nil {
			return ev.expr(d)
		}
		return value{}
	}
	return ev.timer(ev.object(x), depth)
}

// timer returns after how long the timer or time channel obj fires: what it was
// made with, and what it is reset to on each pass.
func (ev *evaluator) timer(obj types.Object, depth int) value {
	if obj == nil {
		return value{}
	}
	var in, out []value
	put := func(pos token.Pos, v value) {
		if ev.covers(pos) {
			in = append(in, v)
		} else {
			out = append(out, v)
		}
	}
	for _, d := range ev.resetsOf(obj) {
		put(d.pos, ev.expr(d.rhs))
	}
	for _, d := range ev.defsOf(obj) {
		if d.rhs == nil || d.index > 0 || code.IsNil(ev.info, d.rhs) {
			continue
		}
		switch made := ast.Unparen(d.rhs).(type) {
		case *ast.CallExpr:
			if arg := ev.durationArg(made); arg != nil {
				put(d.pos, ev.expr(arg))
				continue
			}
			put(d.pos, value{})
		default:
			put(d.pos, ev.channel(made, depth+1))
		}
	}
	if len(in) == 0 {
		in = out
	}
	return joinAll(in)
}

func joinAll(vs []value) value {
	if len(vs) == 0 {
		return value{}
	}
	v := vs[0]
	for _, w := range vs[1:] {
		v = join(v, w)
	}
	return v
}

// durationArg returns the first argument of call that is a duration.
func (ev *evaluator) durationArg(call *ast.CallExpr) ast.Expr {
	i := slices.IndexFunc(call.Args, func(arg ast.Expr) bool { return isDuration(ev.info.TypeOf(arg)) })
	if i < 0 {
		return nil
	}
	return call.Args[i]
}
