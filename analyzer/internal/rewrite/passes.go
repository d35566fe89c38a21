package rewrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A when says in which passes a test of the counter holds.
type when int

const (
	sometimes  when = iota
	lastOnly        // in the last pass only
	exceptLast      // in all but the last
	firstOnly       // in the first pass only
	exceptFirst
)

// holds returns when a test of the counter holds, in a loop of n passes.
func (b *binder) holds(cond ast.Expr, c *counter, n number) when {
	if w, ok := b.simulated(cond, c, n); ok {
		return w
	}
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || !code.IsComparison(cmp.Op) || c == nil {
		return sometimes
	}
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if code.Mentions(b.info, y, c.obj) {
		x, y, op = y, x, code.Mirror[op]
	}
	left := numberOf(b.info, x)
	if left.expr == nil || code.Local(b.info, left.expr) != c.obj || code.Mentions(b.info, y, c.obj) || !b.loop.visibleBefore(y) {
		return sometimes
	}
	if c.stepAt != nil && c.stepAt != b.loop.post && c.stepAt.Pos() < cmp.Pos() {
		left.offset += c.step // it was counted before the test
	}
	start := number{}
	if c.start != nil {
		start = numberOf(b.info, c.start)
	}
	right := numberOf(b.info, y)
	// At the pass k = 1, 2, ... the counter is start + step*(k-1).
	first := func(k int64) (int64, bool) {
		value, ok := start.plus(number{offset: left.offset + c.step*(k-1)})
		d, ok2 := value.minus(right)
		return d, ok && ok2
	}
	end, ended := b.valueInLast(c, start, n)
	last := func(j int64) (int64, bool) { // j passes before the last
		d, ok := end.add(left.offset - c.step*j).minus(right)
		return d, ended && ok
	}
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
		return lastOnly
	} else if ok && except {
		return exceptLast
	}
	if only, except, ok := pattern(first, 1); ok && only {
		return firstOnly
	} else if ok && except {
		return exceptFirst
	}
	return sometimes
}

// valueInLast returns what the counter is at the begin of the last of n passes. The
// loop's condition tells it as well, where n is not known:
//
//	for ; left > 0; left-- {
func (b *binder) valueInLast(c *counter, start, n number) (value number, ok bool) {
	if _, unknown := n.expr.(*ast.BadExpr); !unknown {
		passed := n.add(-1)
		if c.step < 0 {
			passed = passed.negated()
		}
		return start.plus(passed)
	}
	cmp, ok := ast.Unparen(b.loop.cond).(*ast.BinaryExpr)
	if !ok || c.stepAt == nil || c.stepAt != b.loop.post || code.Local(b.info, cmp.X) != c.obj || !b.loop.visibleBefore(cmp.Y) {
		return number{}, false
	}
	value = numberOf(b.info, cmp.Y)
	switch {
	case c.step < 0 && cmp.Op == token.GTR, c.step > 0 && cmp.Op == token.LSS:
		return value.add(-c.step), true
	case c.step < 0 && cmp.Op == token.GEQ, c.step > 0 && cmp.Op == token.LEQ:
		return value, true
	}
	return number{}, false
}

// maxSimulated is how many passes are simulated.
const maxSimulated = 1000

// simulated returns when cond holds by computing it for each pass; not ok
// if the counter's first value or the number of passes is not known.
func (b *binder) simulated(cond ast.Expr, c *counter, n number) (when, bool) {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || !code.IsComparison(cmp.Op) || c == nil || !n.constant() || n.offset < 1 || n.offset > maxSimulated || !code.Mentions(b.info, cmp, c.obj) {
		return sometimes, false
	}
	held := int64(0)
	var first, last bool
	for k := int64(1); k <= n.offset; k++ {
		truth, ok := b.atPass(cmp, c, k)
		if !ok {
			return sometimes, false
		}
		if truth {
			held++
		}
		first = first || k == 1 && truth
		last = k == n.offset && truth
	}
	switch {
	case held == 1 && last:
		return lastOnly, true
	case held == n.offset-1 && !last:
		return exceptLast, true
	case held == 1 && first:
		return firstOnly, true
	case held == n.offset-1 && !first:
		return exceptFirst, true
	}
	return sometimes, true
}

// atPass computes a comparison of the counter in the k-th pass.
func (b *binder) atPass(cmp *ast.BinaryExpr, c *counter, k int64) (holds, ok bool) {
	start := number{}
	if c.start != nil {
		start = numberOf(b.info, c.start)
	}
	value := start.add(c.step * (k - 1))
	if c.stepAt != nil && c.stepAt != b.loop.post && c.stepAt.Pos() < cmp.Pos() {
		value.offset += c.step // it was counted before the test
	}
	x, okX := b.compute(cmp.X, c.obj, value)
	y, okY := b.compute(cmp.Y, c.obj, value)
	if !okX || !okY {
		return false, false
	}
	d, ok := x.minus(y)
	return compareInts(cmp.Op, d), ok
}

// compute returns e where obj has a value.
func (b *binder) compute(e ast.Expr, obj types.Object, value number) (number, bool) {
	if v := b.info.Types[e].Value; v != nil && v.Kind() == constant.Int {
		n, ok := constant.Int64Val(v)
		return number{offset: n}, ok
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if b.info.ObjectOf(e) == obj {
			return value, true
		}
		if n, ok := b.constantOf(e); ok {
			return number{offset: n}, true
		}
	case *ast.BinaryExpr:
		x, okX := b.compute(e.X, obj, value)
		y, okY := b.compute(e.Y, obj, value)
		if !okX || !okY {
			return number{}, false
		}
		return x.combined(e.Op, y)
	}
	if code.Mentions(b.info, e, obj) || !b.loop.visibleBefore(e) {
		return number{}, false
	}
	return number{expr: ast.Unparen(e)}, true
}

// constantOf returns what a variable of the function holds that is given one
// constant and nothing else.
func (b *binder) constantOf(id *ast.Ident) (n int64, ok bool) {
	v := code.Local(b.info, id)
	if v == nil || b.observed(v) {
		return 0, false
	}
	given := 0
	ast.Inspect(b.loop.decl, func(x ast.Node) bool {
		for _, lhs := range code.Assigned(x) {
			if b.info.ObjectOf(lhs) == v {
				given++
			}
		}
		var value ast.Expr
		switch x := x.(type) {
		case *ast.AssignStmt:
			value = code.ValueGiven(b.info, x, v)
		case *ast.DeclStmt:
			if value = code.Declared(b.info, x, v); value != nil {
				given++
			}
		}
		if value != nil {
			if c := b.info.Types[value].Value; c != nil && c.Kind() == constant.Int {
				n, ok = constant.Int64Val(c)
			}
		}
		return true
	})
	return n, ok && given == 1
}

// combined returns x op y.
func (x number) combined(op token.Token, y number) (number, bool) {
	switch {
	case op == token.ADD:
		return x.plus(y)
	case op == token.SUB:
		return x.plus(y.negated())
	case op == token.MUL && x.constant() && y.constant():
		return number{offset: x.offset * y.offset}, true
	}
	return number{}, false
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
