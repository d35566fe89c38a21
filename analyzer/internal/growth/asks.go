package growth

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// asks notes the contexts and stop flags that the condition n asks.
func (ev *evaluator) asks(n ast.Node, b *Bounds) {
	if n == nil {
		return
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			ev.asksCall(n, b)
		case *ast.Ident:
			ev.asksVariable(n, b)
		case *ast.SelectorExpr:
			b.Stop = b.Stop || code.IsBool(ev.info.TypeOf(n)) && SaysStop(n.Sel.Name)
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				ev.receives(n.X, b)
			}
		}
		return true
	})
}

// asksVariable notes the context whose error a pass has put in a variable, the
// channel of which it has that it is closed, and what it has asked before:
//
//	err := ctx.Err()
//	if err != nil { ... }
func (ev *evaluator) asksVariable(id *ast.Ident, b *Bounds) {
	obj := ev.object(id)
	if obj == nil || !mayTellEnd(obj.Type()) || ev.active[obj] {
		return
	}
	ev.active[obj] = true
	defer delete(ev.active, obj)
	for _, d := range ev.inside(ev.defsOf(obj)) {
		switch x := ast.Unparen(d.rhs).(type) {
		case *ast.CallExpr:
			if !ev.asksContext(x, b) && code.IsBool(ev.info.TypeOf(x)) {
				ev.asks(x, b)
			}
		case *ast.UnaryExpr:
			if x.Op == token.ARROW && d.index == 1 {
				ev.receives(x.X, b)
			} else if x.Op == token.NOT {
				ev.asks(x, b)
			}
		case *ast.SelectorExpr, *ast.BinaryExpr:
			if code.IsBool(ev.info.TypeOf(x)) {
				ev.asks(x, b)
			}
		}
	}
}

// mayTellEnd reports whether a variable of type t can have an error, a channel or a
// bool.
func mayTellEnd(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Interface, *types.Chan:
		return true
	}
	return code.IsBool(t)
}

func (ev *evaluator) asksCall(call *ast.CallExpr, b *Bounds) {
	fn, ok := typeutil.Callee(ev.info, call).(*types.Func)
	sel, _ := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	switch {
	case ev.asksContext(call, b), !ok || fn.Pkg() == nil:
	case sel == nil:
		ev.looksInto(call, b)
	case len(call.Args) == 0 && code.IsBool(ev.info.TypeOf(call)) && (SaysStop(fn.Name()) || fn.Name() == "Load" && SaysStop(code.LastName(sel.X))):
		b.Stop = true
	default:
		ev.looksInto(call, b)
	}
}

// looksInto notes the contexts and stop flags that a predicate of this package
// asks. Those of a waiter come later.
func (ev *evaluator) looksInto(call *ast.CallExpr, b *Bounds) {
	fn := ev.pkg.Callee(call)
	if fn != nil && !ev.isDelay(call) && code.IsBool(ev.info.TypeOf(call)) && len(fn.Body.List) <= maxPredicate {
		ev.within(fn, call, func() { ev.asks(fn.Body, b) })
	}
}

// isDelay reports whether n is a delay of the site.
func (ev *evaluator) isDelay(n ast.Node) bool {
	return slices.ContainsFunc(ev.site.Delays, func(d *site.Delay) bool { return d.Node == n })
}

// asksContext notes ctx.Err() and ctx.Done(), and that ctx ends by itself. It reports
// whether call is one of these.
func (ev *evaluator) asksContext(call ast.Expr, b *Bounds) bool {
	ctx := code.ContextOf(ev.info, call, "Err", "Done")
	if ctx == nil {
		return false
	}
	b.Context = true
	for _, d := range ev.defsOf(ev.object(ctx)) {
		call, ok := d.rhs.(*ast.CallExpr)
		if !ok || ev.regions[0].has(d.pos) {
			continue // one made anew on each pass bounds that pass
		}
		if fn, ok := typeutil.Callee(ev.info, call).(*types.Func); ok && fn.Pkg() != nil && makesDeadline[funcName(fn)] {
			b.Deadline = true
		}
	}
	return true
}

var makesDeadline = map[string]bool{
	"context.WithTimeout": true, "context.WithDeadline": true,
	"context.WithTimeoutCause": true, "context.WithDeadlineCause": true,
}

// comm notes the case of a select that leaves the cycle.
func (ev *evaluator) comm(s ast.Stmt, b *Bounds) {
	if ch := code.Received(s); ch != nil { // of a value that is kept it is not merely a signal
		ev.receives(ch, b)
	}
}

// receives notes that something received from ch ends the cycle.
func (ev *evaluator) receives(ch ast.Expr, b *Bounds) {
	t := ev.info.TypeOf(ch)
	if t == nil {
		return
	}
	c, ok := t.Underlying().(*types.Chan)
	if !ok {
		return
	}
	if isNamed(c.Elem(), "time", "Time") {
		b.Deadline = b.Deadline || !ev.pause(ch)
		return
	}
	if defs := ev.defsOf(ev.object(ch)); len(defs) == 1 && defs[0].rhs != nil {
		ch = defs[0].rhs // done := ctx.Done()
	}
	b.Stop = !ev.asksContext(ch, b) || b.Stop
}

// pause reports whether a receive from the time channel ch is a delay of the
// site: its time starts anew with each pass. That of a timer which is only made
// before the cycle does not.
func (ev *evaluator) pause(ch ast.Expr) bool {
	return slices.ContainsFunc(ev.site.Delays, func(d *site.Delay) bool { return received(d.Node) == ch }) && !ev.firesOnce(ch)
}

// firesOnce reports whether ch belongs to a local timer that the cycle does
// not set.
func (ev *evaluator) firesOnce(ch ast.Expr) bool {
	id := timerOf(ch)
	if id == nil {
		return false
	}
	obj := ev.object(id)
	if obj == nil || !code.IsLocal(obj) || !ev.outlives(obj) || ev.carried(obj) || ev.ticks(obj) {
		return false
	}
	return len(ev.inside(ev.defsOf(obj))) == 0 && len(ev.inside(ev.resetsOf(obj))) == 0
}

// stops are parts of the names of flags that end a loop from outside. Nothing
// but its name tells such a flag from another.
var stops = []string{"clos", "stop", "shut", "quit", "cancel", "exiting", "dying", "killed", "terminat", "drain"}

// SaysStop reports whether name is that of a flag that ends a loop from outside.
func SaysStop(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(stops, func(s string) bool { return strings.Contains(name, s) })
}

// argument returns what a waiter is given for its parameter e, or e.
func (ev *evaluator) argument(d *site.Delay, e ast.Expr) ast.Expr {
	call, ok := d.Node.(*ast.CallExpr)
	obj := ev.object(e)
	if !ok || obj == nil {
		return e
	}
	if i := paramIndex(ev.info, d.Waiter.Type, obj); i >= 0 && i < len(call.Args) {
		return call.Args[i]
	}
	return e
}

// waiters notes the waiters that also end when a context does, where the cycle
// looks at what they return.
func (ev *evaluator) waiters(b *Bounds) {
	unused := map[ast.Node]bool{}
	for n := range ast.Preorder(ev.site.Cycle) {
		if s, ok := n.(*ast.ExprStmt); ok {
			unused[s.X] = true
		}
	}
	for _, d := range ev.site.Delays {
		if d.Waiter == nil || d.Waiter.Body == nil || unused[d.Node] {
			continue
		}
		var inner Bounds
		for n := range ast.Preorder(d.Waiter.Body) {
			if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.ARROW {
				ev.receives(ev.argument(d, u.X), &inner)
			}
		}
		b.Context, b.Stop = b.Context || inner.Context, b.Stop || inner.Stop
	}
}
