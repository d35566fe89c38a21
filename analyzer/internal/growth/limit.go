package growth

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A limit is what a definition in an if statement does to a variable.
type limit int

const (
	noLimit limit = iota
	ceiling       // if x > c { x = c }, if x < c { x *= 2 }
	floor         // if x < c { x = c }
)

// limits tells what d, which gives obj the value next, is to obj.
func (ev *evaluator) limits(obj types.Object, d def, next value) limit {
	if d.guard == nil {
		return noLimit
	}
	above, found := ev.compares(d.guard.Cond, obj)
	grows := d.op != token.ASSIGN || next.self != nil || growing.has(next.kind)
	switch {
	case !found:
		return noLimit
	case above != grows: // set where it is above, or grown where it is below
		return ceiling
	case !above && next.kind == Constant && d.rhs != nil:
		return floor
	}
	return noLimit
}

// compares reports whether cond compares obj with something, and whether cond
// holds where obj is above it.
func (ev *evaluator) compares(cond ast.Expr, obj types.Object) (above, found bool) {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false, false
	}
	switch b.Op {
	case token.LAND, token.LOR:
		if above, found = ev.compares(b.X, obj); found {
			return above, found
		}
		return ev.compares(b.Y, obj)
	case token.GTR, token.GEQ:
		return ev.mentions(b.X, obj), ev.mentions(b.X, obj) != ev.mentions(b.Y, obj)
	case token.LSS, token.LEQ:
		return ev.mentions(b.Y, obj), ev.mentions(b.X, obj) != ev.mentions(b.Y, obj)
	}
	return false, false
}

// mentions reports whether obj is used in e.
func (ev *evaluator) mentions(e ast.Expr, obj types.Object) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && ev.object(id) == obj {
			found = true
		}
		return !found
	})
	return found
}

// clampedReturn notes the limit in `if d > c { return c }`: one branch returns
// what does not change, under a comparison with something that does.
func (ev *evaluator) clampedReturn(fn *source.Func, v value) value {
	if v.capped || v.self == nil && !growing.has(v.kind) {
		return v
	}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if s, ok := n.(*ast.IfStmt); ok && ev.exceeds(s.Cond) && len(s.Body.List) == 1 {
			ret, ok := s.Body.List[0].(*ast.ReturnStmt)
			if !ok || len(ret.Results) == 0 {
				return true
			}
			if c := ev.expr(ret.Results[0]); c.kind == Constant && c.self == nil {
				v.capped, v.cap = true, c.base
			}
		}
		return true
	})
	return v
}

// exceeds reports whether cond holds where something that changes is above
// something that does not.
func (ev *evaluator) exceeds(cond ast.Expr) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	big, small := cmp.X, cmp.Y
	switch cmp.Op {
	case token.GTR, token.GEQ:
	case token.LSS, token.LEQ:
		big, small = small, big
	default:
		return false
	}
	c := ev.expr(small)
	return limited(ev.expr(big)) && c.kind == Constant && c.self == nil
}
