package rewrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
	"time"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// delay returns the first delay and its limit.
func (b *binder) delay() (base, limit ast.Expr, refusal Refusal) {
	g := b.Growth
	if g.Base == nil && g.Kind == growth.Constant {
		g.Base = b.sameDuration()
	}
	if g.Base == nil && g.Kind == growth.Random && b.randomBound() > 0 {
		return nil, nil, nil
	}
	grows := g.Kind == growth.Exponential || g.Kind == growth.Linear
	if g.Base == nil && b.firstWait() == 0 && !grows {
		return nil, nil, delayNotKnown.At(b.delayPos())
	}
	if g.Cap != nil && !b.limits(g.Cap) {
		g.Cap = nil
	}
	if g.Capped && g.Cap == nil && b.lastWait() == 0 {
		return nil, nil, limitNotKnown.At(b.delayPos())
	}
	return g.Base, g.Cap, nil
}

// limits reports whether e is the longest delay itself, as far as types and
// constants tell: a number of milliseconds or of doublings is not, nor is what
// the delay is a part of.
func (b *binder) limits(e ast.Expr) bool {
	if !b.inUnitOfDelay(e) || b.Growth.Base != nil && types.ExprString(e) == types.ExprString(b.Growth.Base) {
		return false // or the delay begins anew there
	}
	v := b.info.Types[e].Value
	if last := b.lastWait(); v != nil && last > 0 {
		n, ok := constant.Int64Val(constant.ToInt(v))
		return ok && time.Duration(n) == last
	}
	return true
}

// inUnitOfDelay reports whether e is a time.Duration, or of the type that is
// merely converted to one for the delay.
func (b *binder) inUnitOfDelay(e ast.Expr) bool {
	t := b.info.TypeOf(e)
	if site.IsDuration(t) {
		return true
	}
	for _, s := range inOrder(b.pauses) {
		p := b.pauses[s]
		d := b.unconverted(p.delay.Duration)
		if _, named := types.Unalias(t).(*types.Named); d == nil || !named || !types.Identical(b.info.TypeOf(d), t) {
			return false
		}
	}
	return len(b.pauses) > 0
}

// randomBound returns the longest that a random delay can be, as far as
// constants tell it, or 0: the first delay of what takes its place.
//
//	time.Sleep(time.Duration(rand.Intn(100)) * time.Millisecond)
func (b *binder) randomBound() time.Duration {
	e := b.sameDuration()
	if e == nil {
		for _, s := range inOrder(b.pauses) {
			p := b.pauses[s]
			e = p.delay.Duration
		}
	}
	if e == nil || len(b.pauses) != 1 {
		return 0
	}
	d, ok := b.bound(e, 0)
	if !ok || d <= 0 {
		return 0
	}
	return time.Duration(d)
}

// bound computes e with random numbers at their limits.
func (b *binder) bound(e ast.Expr, depth int) (int64, bool) {
	if v := b.info.Types[e].Value; v != nil {
		return constant.Int64Val(constant.ToInt(v))
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		x, okX := b.bound(e.X, depth)
		y, okY := b.bound(e.Y, depth)
		switch {
		case !okX || !okY:
		case e.Op == token.MUL:
			return x * y, true
		case e.Op == token.ADD:
			return x + y, true
		}
	case *ast.CallExpr:
		random := drawsRandom(b.info, e)
		if len(e.Args) == 1 && (random || b.info.Types[e.Fun].IsType()) {
			return b.bound(e.Args[0], depth)
		}
	case *ast.Ident:
		if depth < 3 {
			return b.boundOfVar(e, depth)
		}
	}
	return 0, false
}

// drawsRandom reports whether call is of a package for random numbers.
func drawsRandom(info *types.Info, call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	return ok && fn.Pkg() != nil && strings.Contains(fn.Pkg().Name(), "rand")
}

// boundOfVar computes what the loop's body gives a variable, once.
func (b *binder) boundOfVar(id *ast.Ident, depth int) (int64, bool) {
	v := local(b.info, id)
	if b.counter != nil && v != nil && v == b.counter.obj && b.counter.start != nil {
		return b.bound(b.counter.start, depth+1) // the first delay
	}
	var given ast.Expr
	times := 0
	for _, s := range b.loop.body {
		if v != nil && writes(b.info, s, v) {
			times++
			given = valueGiven(b.info, s, v)
		}
	}
	if times != 1 || given == nil {
		return 0, false
	}
	return b.bound(given, depth+1)
}

// firstWait returns the first delay as far as constants tell it, or 0.
func (b *binder) firstWait() time.Duration {
	if (b.Growth.Kind == growth.Random || b.Growth.Jittered && b.Growth.Base == nil) && len(b.Waits) == 0 {
		return b.randomBound()
	}
	for _, d := range b.Waits {
		if d > 0 {
			return d
		}
	}
	return 0
}

// lastWait returns the delay that the delays stay at in the end, or 0.
func (b *binder) lastWait() time.Duration {
	n := len(b.Waits)
	if n < 3 || b.Waits[n-1] != b.Waits[n-2] {
		return 0
	}
	return b.Waits[n-1]
}

// sameDuration returns the duration that all pauses are given, or nil.
func (b *binder) sameDuration() ast.Expr {
	var same ast.Expr
	for _, s := range inOrder(b.pauses) {
		p := b.pauses[s]
		d := p.delay.Duration
		if d == nil || same != nil && types.ExprString(d) != types.ExprString(same) || !b.loop.visibleBefore(b.pkg, d) {
			return nil
		}
		same = d
	}
	return same
}
