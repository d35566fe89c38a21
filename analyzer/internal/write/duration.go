package write

import (
	"go/ast"
	"go/token"
	"go/types"
	"math"
	"slices"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// Delays writes the first delay and its limit.
func (w *Writer) Delays() (first, limit string, refusal reason.Refusal) {
	base, most, refusal := w.FirstDelay()
	if refusal != nil {
		return "", "", refusal
	}
	w.Delay = base
	for _, d := range w.Written(w.Served) {
		if !w.Loop.SteadyDelay(d) || w.AsksAtomic(d) {
			return "", "", reason.DelayVaries.At(d.Pos())
		}
	}
	for _, e := range w.WithReceivers(base, most) {
		if !w.Loop.SteadyDelay(e) || w.AsksAtomic(e) {
			return "", "", reason.DelayNotKnown.At(w.DelayPos())
		}
	}
	value, known := time.Duration(0), false
	if base != nil {
		value, known = w.DurationOf(base)
	}
	first, refusal = w.delayText(base)
	switch wait := w.FirstWait(); {
	case base != nil && code.OfPackage(w.Info, base): // by its name: a test may shorten it
		if refusal != nil {
			return "", "", refusal
		}
		value, known = wait, wait > 0
	case wait > 0 && (!known || value != wait) && (!w.Waits.Drawn || base == nil || refusal != nil || !delays.Near(value, wait)):
		if value, known = wait, true; w.Waits.Drawn {
			value = delays.Rounded(wait)
		}
		first, w.Delay = w.duration(value), nil
		if e := w.toldFirst(); e != nil {
			first, w.Delay = w.AsDuration(e), e
			value, _ = w.DurationOf(e)
		}
	case refusal != nil:
		return "", "", refusal
	}
	if w.Helper.PositiveDelay && (!known || value <= 0) {
		return "", "", reason.LacksZeroDelay
	}
	if known && value <= 0 {
		return "", "", reason.NoDelay.At(w.DelayPos())
	}
	if known {
		w.waits.first = value
	}
	limit, refusal = w.limitDelays(first, value, most)
	return first, limit, refusal
}

// DurationOf returns the duration that e is, if a constant tells it.
func (w *Writer) DurationOf(e ast.Expr) (time.Duration, bool) {
	n, ok := code.Int(w.Info, e)
	return time.Duration(n), ok
}

// delayText writes the first delay, by the variable that holds it if there is
// one.
func (w *Writer) delayText(base ast.Expr) (string, reason.Refusal) {
	if d := w.firstVariable(base); d != nil {
		w.Delay = d
		return w.AsDuration(d), nil
	}
	if base == nil || w.Info.Types[base].Value == nil && len(w.Multiples) == 0 && w.growsFirst() {
		return "", reason.DelayNotKnown.At(w.DelayPos())
	}
	times, ok := w.firstTimes(base)
	ok = ok || w.isFirstWait(base)
	if d, known := w.DurationOf(base); ok && known && !w.namedBefore(base) { // in another file, which imports more
		w.Delay = nil
		return w.duration(time.Duration(times * float64(d))), nil
	}
	if !ok || w.Info.Types[base].Value == nil && !w.visibleHere(base) || !w.namedBefore(base) {
		return "", reason.DelayNotKnown.At(w.DelayPos())
	}
	return delays.Times(times, w.AsDuration(base)), nil
}

// isFirstWait reports whether base is a constant that the first wait of today is.
func (w *Writer) isFirstWait(base ast.Expr) bool {
	d, known := w.DurationOf(base)
	return known && d == w.FirstWait()
}

// firstTimes returns how many times base the first delay is, if that can be told.
func (w *Writer) firstTimes(base ast.Expr) (float64, bool) {
	for _, m := range w.Multiples {
		if w.Growth.Jittered && delays.Near(time.Second, time.Duration(m*float64(time.Second))) {
			return 1, true
		}
		if m > 0 {
			return m, m == math.Trunc(2*m)/2
		}
	}
	return 1, !w.growsFirst() && w.BeginsWith(base)
}

// visibleHere reports whether e, with what receivers in it are, means the same
// before the loop.
func (w *Writer) visibleHere(e ast.Expr) bool {
	return !slices.ContainsFunc(w.WithReceivers(e), func(e ast.Expr) bool { return !w.Loop.VisibleBefore(e) })
}

// firstVariable returns the variable that holds the first delay when the loop
// begins, or nil: the loop changes it behind the delay only, or it begins with
// base.
func (w *Writer) firstVariable(base ast.Expr) ast.Expr {
	for _, s := range code.InOrder(w.Pauses) {
		p := w.Pauses[s]
		d := code.Unconverted(w.Info, w.ToldBy(p))
		v := code.Local(w.Info, d)
		if v == nil || v.Pos() >= w.Loop.Outer.Pos() || w.Scope.Lookup(v.Name()) != v {
			continue
		}
		if base != nil && w.Loop.StartOf(v) == base && !w.grownBefore(p, v) {
			return d
		}
		first := base == nil && p.Delay.WaitsGiven(w.Pkg)
		w.Loop.Inspect(func(n ast.Node) bool {
			for _, id := range code.Assigned(n) {
				first = first && (w.Info.ObjectOf(id) != v || id.Pos() > p.Stmt.Pos())
			}
			return first
		})
		if first {
			return d
		}
	}
	return nil
}

// growsFirst reports whether a delay grows before the first wait.
func (w *Writer) growsFirst() bool {
	for _, s := range code.InOrder(w.Pauses) {
		p := w.Pauses[s]
		if v := code.Local(w.Info, code.Unconverted(w.Info, w.ToldBy(p))); v != nil && w.grownBefore(p, v) {
			return true
		}
	}
	return false
}

// grownBefore reports whether a pass that comes to p makes a new value of v's old one
// before.
func (w *Writer) grownBefore(p *pass.Pause, v *types.Var) bool {
	grows := func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		return ok && a.Tok != token.DEFINE && code.Writes(w.Info, a, v) &&
			(a.Tok != token.ASSIGN || slices.ContainsFunc(a.Rhs, func(e ast.Expr) bool { return code.Mentions(w.Info, e, v) }))
	}
	return slices.ContainsFunc(w.Loop.Lists(), func(list []ast.Stmt) bool {
		at := slices.IndexFunc(list, func(s ast.Stmt) bool { return code.Within(s, p.Stmt) })
		return slices.ContainsFunc(list[:max(at, 0)], func(s ast.Stmt) bool { return code.Any(s, grows) })
	})
}
