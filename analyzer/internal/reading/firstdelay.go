package reading

import (
	"go/ast"
	"go/types"
	"math"
	"slices"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// FirstDelay returns the first delay and its limit.
func (r *Reading) FirstDelay() (base, limit ast.Expr, refusal reason.Refusal) {
	g := r.Growth
	if r.Waits.Never() {
		return nil, nil, reason.NoDelay.At(r.DelayPos())
	}
	if g.Base == nil && g.Kind == growth.Constant && !g.Jittered {
		g.Base = r.sameDuration()
	}
	grows := g.Kind == growth.Exponential || g.Kind == growth.Linear
	if g.Base == nil && r.FirstWait() == 0 && g.Kind == growth.Server {
		return nil, nil, reason.ServerSets.At(r.DelayPos())
	}
	if g.GoesOn || g.Base == nil && r.FirstWait() == 0 && !grows {
		return nil, nil, reason.DelayNotKnown.At(r.DelayPos())
	}
	if math.IsNaN(g.Factor) && len(r.Waits.Waits) == 0 {
		return nil, nil, reason.FactorNotKnown.At(r.DelayPos())
	}
	if g.Cap != nil && !r.limits(g.Cap) {
		g.Cap = nil
	}
	if g.Capped && g.Cap == nil && r.LastWait() == 0 {
		return nil, nil, reason.LimitNotKnown.At(r.DelayPos())
	}
	for _, e := range []ast.Expr{g.Base, g.Cap} {
		if e == nil {
			continue
		}
		if test := r.testBefore(e); test != nil {
			return nil, nil, reason.DelayGuarded.At(test.Pos())
		}
	}
	for _, s := range code.InOrder(r.Gone) {
		if r.Guarded(s) {
			return nil, nil, reason.DelayGuarded.At(s.Pos())
		}
	}
	return g.Base, g.Cap, nil
}

// Guarded reports whether a lock is held in the body where s stands.
//
//	mu.Lock()
//	delay := c.delay
//	mu.Unlock()
func (r *Reading) Guarded(s ast.Stmt) bool {
	return slices.ContainsFunc(r.Loop.Lists(), func(list []ast.Stmt) bool {
		held := false
		for _, x := range list {
			switch {
			case code.Within(x, s):
				return held
			case Locks(x):
				held = true
			case calls(x, "Unlock", "RUnlock"):
				held = false
			}
		}
		return false
	})
}

// Locks reports whether s takes a lock.
func Locks(s ast.Stmt) bool { return calls(s, "Lock", "RLock") }

// calls reports whether s calls a method of one of names.
func calls(s ast.Stmt, names ...string) bool {
	call := code.CallOf(s)
	if call == nil {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && slices.Contains(names, sel.Sel.Name)
}

// testBefore returns what in the loop asks whether a delay can be read as e at all, which
// panics where it cannot; nil if nothing does. The helper is told its delays before the
// first attempt. Whatever is asked of what holds the pointer or the list may be such a test.
//
//	if c.delay == nil { // or !c.hasDelay()
//		return err
//	}
//	time.Sleep(*c.delay)
func (r *Reading) testBefore(e ast.Expr) (test ast.Node) {
	asked := make(map[string]bool) // nil, or how long it is
	var held []types.Object        // what the pointer or the list is read from
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StarExpr:
			held = append(held, code.Named(r.Info, n.X)...)
		case *ast.SelectorExpr:
			asked[types.ExprString(n.X)] = true
		case *ast.IndexExpr:
			held = append(held, code.Named(r.Info, n.X)...)
		case *ast.TypeAssertExpr:
			test = n
		}
		return test == nil
	})
	asks := func(e ast.Expr) bool {
		return asked[types.ExprString(e)] || slices.ContainsFunc(held, func(obj types.Object) bool {
			_, isVar := obj.(*types.Var)
			return isVar && code.Mentions(r.Info, e, obj)
		})
	}
	r.Loop.Inspect(func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			if len(held) > 0 && asks(n.Cond) {
				test = n.Cond
			}
		case *ast.BinaryExpr:
			if code.IsNil(r.Info, n.Y) && asks(n.X) || code.IsNil(r.Info, n.X) && asks(n.Y) {
				test = n
			}
		case *ast.CallExpr:
			if types.ExprString(n.Fun) == "len" && len(n.Args) == 1 && asks(n.Args[0]) {
				test = n
			}
		}
		return test == nil
	})
	return test
}

// limits reports whether e is the longest delay itself, as far as types and
// constants tell: a number of milliseconds or of doublings is not, nor is what
// the delay is a part of.
func (r *Reading) limits(e ast.Expr) bool {
	if !r.inUnitOfDelay(e) || r.Growth.Base != nil && types.ExprString(e) == types.ExprString(r.Growth.Base) {
		return false // or the delay begins anew there
	}
	n, known := code.Int(r.Info, e)
	last := r.LastWait()
	return !known || last == 0 || time.Duration(n) == last || r.Waits.Drawn && delays.Near(time.Duration(n), last)
}

// inUnitOfDelay reports whether e is a time.Duration, or of the type that is
// merely converted to one for the delay.
func (r *Reading) inUnitOfDelay(e ast.Expr) bool {
	t := r.Info.TypeOf(e)
	if site.IsDuration(t) {
		return true
	}
	for _, p := range r.pauses() {
		d := code.Unconverted(r.Info, p.Delay.Duration)
		if _, named := types.Unalias(t).(*types.Named); d == nil || !named || !types.Identical(r.Info.TypeOf(d), t) {
			return false
		}
	}
	return len(r.Pauses) > 0
}

// FirstWait returns the first delay as far as constants tell it, or 0; the mean of
// a random one.
func (r *Reading) FirstWait() time.Duration {
	for _, d := range r.Waits.Waits {
		if d > 0 {
			return d
		}
	}
	return 0
}

// LastWait returns the delay that the delays stay at in the end, or 0.
func (r *Reading) LastWait() time.Duration {
	waits := r.Waits.Waits
	n := len(waits)
	if n < 3 || waits[n-1] != waits[n-2] {
		return 0
	}
	return waits[n-1]
}

// sameDuration returns the duration that all pauses have, or nil. What a function that
// waits is given it may change.
func (r *Reading) sameDuration() ast.Expr {
	var same ast.Expr
	for _, p := range r.pauses() {
		d := p.Delay.Duration
		if d == nil || p.Delay.Waiter != nil || same != nil && types.ExprString(d) != types.ExprString(same) || !r.Loop.VisibleBefore(d) {
			return nil
		}
		same = d
	}
	return same
}
