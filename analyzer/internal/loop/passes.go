package loop

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A When says in which passes a test of the counter holds.
type When int

const (
	Sometimes  When = iota
	LastOnly        // in the last pass only
	ExceptLast      // in all but the last
	FirstOnly       // in the first pass only
	ExceptFirst
)

// Passes are those of a loop, as far as its counter tells them apart.
type Passes struct {
	loop    *Loop
	counter *Counter // nil if there is none
	n       Number   // how many there are
	known   bool     // n is
}

// Passes returns the passes that c counts, which may be nil; n of them, if their
// number is known.
func (l *Loop) Passes(c *Counter, n Number, known bool) Passes { return Passes{l, c, n, known} }

// When returns when a test of the counter holds.
func (p Passes) When(cond ast.Expr) When {
	c, l := p.counter, p.loop
	if w, ok := p.simulated(cond); ok {
		return w
	}
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || !code.IsComparison(cmp.Op) || c == nil {
		return Sometimes
	}
	left, op, right, ok := p.compared(cmp)
	if !ok {
		return Sometimes
	}
	start := c.First(l.Info)
	// At the pass k = 1, 2, ... the counter is start + step*(k-1).
	first := func(k int64) (int64, bool) {
		value, ok := start.Plus(Number{Offset: left.Offset + c.Step*(k-1)})
		d, ok2 := value.Minus(right)
		return d, ok && ok2
	}
	last := func(j int64) (int64, bool) { return p.beforeLast(j, left, right) }
	pattern := func(at func(int64) (int64, bool), from int64) (bool, bool, bool) {
		var got [4]bool
		for i, k := range []int64{from, from + 1, from + 2, from + 1000} {
			d, ok := at(k)
			if !ok {
				return false, false, false
			}
			got[i] = compareInts(op, d)
		}
		return got[0] && !got[1] && !got[2] && !got[3], !got[0] && got[1] && got[2] && got[3], true
	}
	if only, except, ok := pattern(last, 0); ok && only {
		return LastOnly
	} else if ok && except {
		return ExceptLast
	}
	if only, except, ok := pattern(first, 1); ok && only {
		return FirstOnly
	} else if ok && except {
		return ExceptFirst
	}
	return Sometimes
}

// beforeLast returns by how much left is more than right j passes before the last.
func (p Passes) beforeLast(j int64, left, right Number) (int64, bool) {
	end, ended := p.valueInLast(p.counter.First(p.loop.Info))
	d, ok := end.Add(left.Offset - p.counter.Step*j).Minus(right)
	return d, ended && ok
}

// FailsEarly reports whether a comparison of the counter does not hold in the pass before
// the last, as far as that is known.
func (p Passes) FailsEarly(cmp *ast.BinaryExpr) bool {
	if p.counter == nil {
		return false
	}
	left, op, right, ok := p.compared(cmp)
	d, known := p.beforeLast(1, left, right)
	return ok && known && !compareInts(op, d)
}

// compared reads a comparison as one of the counter, as it is at the begin of a pass, with
// a number that does not change: most-left > 0 is left < most.
func (p Passes) compared(cmp *ast.BinaryExpr) (left Number, op token.Token, right Number, ok bool) {
	l, counter := p.loop, p.counter.Obj
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if code.Mentions(l.Info, y, counter) {
		x, y, op = y, x, code.Mirror[op]
	}
	fixed := func(e ast.Expr) bool { return !code.Mentions(l.Info, e, counter) && l.VisibleBefore(e) }
	left, right, ok = NumberOf(l.Info, x), NumberOf(l.Info, y), fixed(y)
	from, isBinary := ast.Unparen(x).(*ast.BinaryExpr)
	if ok && isBinary && from.Op == token.SUB && fixed(from.X) && !code.IsUnsigned(l.Info.TypeOf(x)) {
		left, op = NumberOf(l.Info, from.Y), code.Mirror[op]
		right, ok = NumberOf(l.Info, from.X).Plus(right.Negated())
	}
	if l.countsBefore(p.counter, cmp) {
		left.Offset += p.counter.Step
	}
	return left, op, right, ok && left.Expr != nil && code.Local(l.Info, left.Expr) == counter
}

// valueInLast returns what the counter is at the begin of the last of n passes. The
// loop's header tells it as well, where n is not known:
//
//	for ; left > 0; left-- {
//	for i := range tries {
func (p Passes) valueInLast(start Number) (value Number, ok bool) {
	c, l := p.counter, p.loop
	if p.known {
		passed := p.n.Add(-1)
		if c.Step < 0 {
			passed = passed.Negated()
		}
		return start.Plus(passed)
	}
	if r, ok := l.Cycle.(*ast.RangeStmt); ok {
		return NumberOf(l.Info, r.X).Add(-1), code.IsInteger(l.Info.TypeOf(r.X)) && l.Steady(r.X)
	}
	cmp, ok := ast.Unparen(l.Cond).(*ast.BinaryExpr)
	if !ok || c.StepAt == nil || c.StepAt != l.Post || code.Local(l.Info, cmp.X) != c.Obj || !l.VisibleBefore(cmp.Y) {
		return Number{}, false
	}
	value = NumberOf(l.Info, cmp.Y)
	switch {
	case c.Step < 0 && cmp.Op == token.GTR, c.Step > 0 && cmp.Op == token.LSS:
		return value.Add(-c.Step), true
	case c.Step < 0 && cmp.Op == token.GEQ, c.Step > 0 && cmp.Op == token.LEQ:
		return value, true
	}
	return Number{}, false
}

// maxSimulated is how many passes are simulated.
const maxSimulated = 1000

// simulated returns when cond holds by computing it for each pass; not ok
// if the counter's first value or the number of passes is not known.
func (p Passes) simulated(cond ast.Expr) (When, bool) {
	c, n, l := p.counter, p.n, p.loop
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || !code.IsComparison(cmp.Op) || c == nil || !p.known || !n.Constant() || n.Offset < 1 || n.Offset > maxSimulated || !code.Mentions(l.Info, cmp, c.Obj) {
		return Sometimes, false
	}
	held := int64(0)
	var first, last bool
	for k := int64(1); k <= n.Offset; k++ {
		truth, ok := p.At(cmp, k)
		if !ok {
			return Sometimes, false
		}
		if truth {
			held++
		}
		first = first || k == 1 && truth
		last = k == n.Offset && truth
	}
	switch {
	case held == 1 && last:
		return LastOnly, true
	case held == n.Offset-1 && !last:
		return ExceptLast, true
	case held == 1 && first:
		return FirstOnly, true
	case held == n.Offset-1 && !first:
		return ExceptFirst, true
	}
	return Sometimes, true
}

// At computes a comparison of the counter in the k-th pass.
func (p Passes) At(cmp *ast.BinaryExpr, k int64) (holds, ok bool) {
	x, okX := p.compute(cmp.X, cmp, k)
	y, okY := p.compute(cmp.Y, cmp, k)
	if !okX || !okY {
		return false, false
	}
	d, ok := x.Minus(y)
	return compareInts(cmp.Op, d), ok
}

// First returns what e is in the first pass.
func (p Passes) First(e ast.Expr) (Number, bool) { return p.compute(e, e, 1) }

// compute returns what e is in the k-th pass, where n stands.
func (p Passes) compute(e ast.Expr, n ast.Node, k int64) (Number, bool) {
	c, l := p.counter, p.loop
	value := c.First(l.Info).Add(c.Step * (k - 1))
	if l.countsBefore(c, n) {
		value.Offset += c.Step
	}
	return l.compute(e, c.Obj, value)
}

// countsBefore reports whether a pass has counted where it comes to n.
func (l *Loop) countsBefore(c *Counter, n ast.Node) bool {
	return c.StepAt != nil && c.StepAt != l.Post && c.StepAt.Pos() < n.Pos()
}

func compareInts(op token.Token, d int64) bool {
	switch op {
	case token.LSS:
		return d < 0
	case token.LEQ:
		return d <= 0
	case token.GTR:
		return d > 0
	case token.GEQ:
		return d >= 0
	case token.EQL:
		return d == 0
	}
	return d != 0
}
