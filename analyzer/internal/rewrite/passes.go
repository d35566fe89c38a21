package rewrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
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
func (b *binder) holds(cond ast.Expr, c *loop.Counter, n loop.Number) when {
	if w, ok := b.simulated(cond, c, n); ok {
		return w
	}
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || !code.IsComparison(cmp.Op) || c == nil {
		return sometimes
	}
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if code.Mentions(b.info, y, c.Obj) {
		x, y, op = y, x, code.Mirror[op]
	}
	left := loop.NumberOf(b.info, x)
	if left.Expr == nil || code.Local(b.info, left.Expr) != c.Obj || code.Mentions(b.info, y, c.Obj) || !b.loop.VisibleBefore(y) {
		return sometimes
	}
	if c.StepAt != nil && c.StepAt != b.loop.Post && c.StepAt.Pos() < cmp.Pos() {
		left.Offset += c.Step // it was counted before the test
	}
	start := loop.Number{}
	if c.Start != nil {
		start = loop.NumberOf(b.info, c.Start)
	}
	right := loop.NumberOf(b.info, y)
	// At the pass k = 1, 2, ... the counter is start + step*(k-1).
	first := func(k int64) (int64, bool) {
		value, ok := start.Plus(loop.Number{Offset: left.Offset + c.Step*(k-1)})
		d, ok2 := value.Minus(right)
		return d, ok && ok2
	}
	end, ended := b.valueInLast(c, start, n)
	last := func(j int64) (int64, bool) { // j passes before the last
		d, ok := end.Add(left.Offset - c.Step*j).Minus(right)
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
func (b *binder) valueInLast(c *loop.Counter, start, n loop.Number) (value loop.Number, ok bool) {
	if _, unknown := n.Expr.(*ast.BadExpr); !unknown {
		passed := n.Add(-1)
		if c.Step < 0 {
			passed = passed.Negated()
		}
		return start.Plus(passed)
	}
	cmp, ok := ast.Unparen(b.loop.Cond).(*ast.BinaryExpr)
	if !ok || c.StepAt == nil || c.StepAt != b.loop.Post || code.Local(b.info, cmp.X) != c.Obj || !b.loop.VisibleBefore(cmp.Y) {
		return loop.Number{}, false
	}
	value = loop.NumberOf(b.info, cmp.Y)
	switch {
	case c.Step < 0 && cmp.Op == token.GTR, c.Step > 0 && cmp.Op == token.LSS:
		return value.Add(-c.Step), true
	case c.Step < 0 && cmp.Op == token.GEQ, c.Step > 0 && cmp.Op == token.LEQ:
		return value, true
	}
	return loop.Number{}, false
}

// maxSimulated is how many passes are simulated.
const maxSimulated = 1000

// simulated returns when cond holds by computing it for each pass; not ok
// if the counter's first value or the number of passes is not known.
func (b *binder) simulated(cond ast.Expr, c *loop.Counter, n loop.Number) (when, bool) {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || !code.IsComparison(cmp.Op) || c == nil || !n.Constant() || n.Offset < 1 || n.Offset > maxSimulated || !code.Mentions(b.info, cmp, c.Obj) {
		return sometimes, false
	}
	held := int64(0)
	var first, last bool
	for k := int64(1); k <= n.Offset; k++ {
		truth, ok := b.atPass(cmp, c, k)
		if !ok {
			return sometimes, false
		}
		if truth {
			held++
		}
		first = first || k == 1 && truth
		last = k == n.Offset && truth
	}
	switch {
	case held == 1 && last:
		return lastOnly, true
	case held == n.Offset-1 && !last:
		return exceptLast, true
	case held == 1 && first:
		return firstOnly, true
	case held == n.Offset-1 && !first:
		return exceptFirst, true
	}
	return sometimes, true
}

// atPass computes a comparison of the counter in the k-th pass.
func (b *binder) atPass(cmp *ast.BinaryExpr, c *loop.Counter, k int64) (holds, ok bool) {
	start := loop.Number{}
	if c.Start != nil {
		start = loop.NumberOf(b.info, c.Start)
	}
	value := start.Add(c.Step * (k - 1))
	if c.StepAt != nil && c.StepAt != b.loop.Post && c.StepAt.Pos() < cmp.Pos() {
		value.Offset += c.Step // it was counted before the test
	}
	x, okX := b.compute(cmp.X, c.Obj, value)
	y, okY := b.compute(cmp.Y, c.Obj, value)
	if !okX || !okY {
		return false, false
	}
	d, ok := x.Minus(y)
	return compareInts(cmp.Op, d), ok
}

// compute returns e where obj has a value.
func (b *binder) compute(e ast.Expr, obj types.Object, value loop.Number) (loop.Number, bool) {
	if v := b.info.Types[e].Value; v != nil && v.Kind() == constant.Int {
		n, ok := constant.Int64Val(v)
		return loop.Number{Offset: n}, ok
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if b.info.ObjectOf(e) == obj {
			return value, true
		}
		if n, ok := b.constantOf(e); ok {
			return loop.Number{Offset: n}, true
		}
	case *ast.BinaryExpr:
		x, okX := b.compute(e.X, obj, value)
		y, okY := b.compute(e.Y, obj, value)
		if !okX || !okY {
			return loop.Number{}, false
		}
		return x.Combined(e.Op, y)
	}
	if code.Mentions(b.info, e, obj) || !b.loop.VisibleBefore(e) {
		return loop.Number{}, false
	}
	return loop.Number{Expr: ast.Unparen(e)}, true
}

// constantOf returns what a variable of the function holds that is given one
// constant and nothing else.
func (b *binder) constantOf(id *ast.Ident) (n int64, ok bool) {
	v := code.Local(b.info, id)
	if v == nil || b.loop.Observed(v) {
		return 0, false
	}
	given := 0
	ast.Inspect(b.loop.Decl, func(x ast.Node) bool {
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
