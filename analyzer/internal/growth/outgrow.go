package growth

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// leavingFlag notes what ends the cycle where it makes flag when, if it ends then:
//
//	if failures >= 10 {
//		done = true
//	}
//	if done {
//		return
//	}
func (ev *evaluator) leavingFlag(flag ast.Expr, when bool, b *Bounds) {
	obj := ev.object(flag)
	if obj == nil || ev.active[obj] {
		return
	}
	ev.active[obj] = true
	defer delete(ev.active, obj)
	for _, d := range ev.inside(ev.defsOf(obj)) {
		switch v := ev.info.Types[d.rhs].Value; {
		case v == nil && d.rhs != nil:
			ev.leaving(d.rhs, when, b)
		case d.guard != nil && v != nil && code.IsTrue(v) == when:
			ev.asks(d.guard.Cond, b)
			ev.leaving(d.guard.Cond, true, b)
		}
	}
}

// outgrows reports whether cmp becomes when because a variable that only grows,
// or only shrinks, passes a limit that does not change: have
//
//	backoff *= 2
//	if backoff > limit {
//		return err
//	}
func (ev *evaluator) outgrows(cmp *ast.BinaryExpr, when bool) bool {
	rises := cmp.Op == token.GTR || cmp.Op == token.GEQ
	if !rises && cmp.Op != token.LSS && cmp.Op != token.LEQ {
		return false
	}
	var direction int
	switch {
	case fixed(ev.expr(cmp.Y)):
		direction = ev.climbs(cmp.X, 0)
	case fixed(ev.expr(cmp.X)):
		direction = -ev.climbs(cmp.Y, 0)
	}
	if !rises {
		direction = -direction
	}
	return becomes(direction, when)
}

// climbs tells how the variable that e is a multiple of moves from pass to
// pass: 1 up, -1 down, 0 if it does not, stops at a limit, or goes both ways.
func (ev *evaluator) climbs(e ast.Expr, depth int) int {
	e = ev.multiplied(e)
	obj := ev.object(e)
	if v := ev.expr(e); obj == nil || v.self != nil || v.capped || v.jittered || !growing.has(v.kind) || ev.spared(e) {
		return 0
	}
	defs := ev.inside(ev.defsOf(obj))
	if i := killer(defs, e.Pos()); i >= 0 && depth < maxDepth {
		if i < len(defs)-1 && defs[i+1].pos < e.Pos() || defs[i].rhs == nil || defs[i].index > 0 {
			return 0
		}
		return ev.climbs(defs[i].rhs, depth+1)
	}
	if !ev.outlives(obj) {
		return 0
	}
	if ev.carried(obj) {
		defs = append(ev.handed(obj), defs...)
	}
	direction := 0
	for _, d := range defs {
		step, ok := ev.step(obj, d)
		if !ok || step*direction < 0 {
			return 0
		}
		direction += step
	}
	return sign(direction)
}

// step tells in which direction d moves obj. It is 0 where obj starts anew,
// which it may not do on each pass.
func (ev *evaluator) step(obj types.Object, d def) (direction int, ok bool) {
	op, by := d.op, d.rhs
	if op == token.ASSIGN {
		rhs := ast.Expr(nil)
		if d.rhs != nil && d.index == 0 {
			rhs = code.Unconverted(ev.info, d.rhs)
		}
		if rhs == nil || !code.Mentions(ev.info, rhs, obj) {
			return 0, rhs != nil && !ev.eachPass(d)
		}
		b, binary := rhs.(*ast.BinaryExpr)
		if !binary {
			return 0, false
		}
		if op, by = b.Op, b.Y; !code.Mentions(ev.info, b.X, obj) {
			if by = b.X; op == token.SUB {
				return 0, false
			}
		}
	}
	negative := by != nil && ev.number(by) < 0
	switch {
	case op == token.ADD && !negative, op == token.SUB && negative:
		return 1, true
	case op == token.ADD, op == token.SUB:
		return -1, true
	case op == token.MUL && !negative, op == token.SHL:
		return 1, true
	}
	return 0, false
}

// eachPass reports whether d stands right in the cycle's body.
func (ev *evaluator) eachPass(d def) bool {
	switch c := ev.site.Cycle.(type) {
	case *ast.ForStmt:
		return d.block == nil || d.block == c.Body || d.block == c
	case *ast.RangeStmt:
		return d.block == nil || d.block == c.Body
	}
	return true
}
