package growth

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
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

// ceilingOf returns the limit that d is to obj: what it gives obj, or what obj is below where
// it grows by a factor of two at most, for it comes to less than twice as much.
//
//	if d < limit {
//		d *= 2
//	}
func (ev *evaluator) ceilingOf(obj types.Object, d def, next value) ast.Expr {
	if b, ok := ast.Unparen(d.guard.Cond).(*ast.BinaryExpr); ok && next.base == nil && next.rate <= 2 && growing.has(next.kind) {
		for _, side := range [][2]ast.Expr{{b.X, b.Y}, {b.Y, b.X}} {
			if x, most := ev.expr(side[0]), ev.expr(side[1]); x.self == obj && !x.added && fixed(most) {
				return most.base
			}
		}
	}
	return next.base
}

// compares reports whether cond compares obj with something, and whether cond
// holds where obj is above it.
func (ev *evaluator) compares(cond ast.Expr, obj types.Object) (above, found bool) {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false, false
	}
	x, y := code.Mentions(ev.info, b.X, obj), code.Mentions(ev.info, b.Y, obj)
	switch b.Op {
	case token.LAND, token.LOR:
		if above, found = ev.compares(b.X, obj); found && (above || b.Op == token.LAND) {
			return above, found
		}
		other, too := ev.compares(b.Y, obj) // have: if d <= 0 || d > limit { d = limit }
		return other, found || too
	case token.GTR, token.GEQ:
		return x, x != y
	case token.LSS, token.LEQ:
		return y, x != y
	}
	return false, false
}

// returnedBy returns the i-th result of fn, of which the limit in `if d > c { return c }` and
// in `if d < c { return d }; return c` is known as one: what is returned where something
// that changes is above something that does not does not change.
func (ev *evaluator) returnedBy(fn *source.Func, i int) value {
	limits, nothings := ev.limitReturns(fn, i), ev.nothingReturns(fn, i)
	var values, most []value
	for _, ret := range returns(fn.Body) {
		switch v := ev.returned(fn, ret, i); {
		case limits[ret]:
			most = append(most, v)
		case nothings[ret] == nil:
			values = append(values, v)
		}
	}
	limit := func(v value) bool { // where it is too long to be told, say
		return fixed(v) && slices.ContainsFunc(values, func(w value) bool {
			return w.capped && sameText(w.cap, v.base)
		})
	}
	v := joinAll(slices.DeleteFunc(slices.Clone(values), limit))
	if v.self == nil && !growing.has(v.kind) {
		v = joinAll(append(values, most...))
	} else if len(most) > 0 && !v.capped {
		v.capped, v.cap = true, most[len(most)-1].base
	}
	for _, base := range nothings {
		if !sameText(base, v.base) {
			v.base = nil // there is none at times
		}
	}
	return v
}

// nothingReturns returns the returns of fn that hand out nothing where something else is
// nothing, by what that is:
//
//	if base == 0 {
//		return 0
//	}
func (ev *evaluator) nothingReturns(fn *source.Func, i int) map[*ast.ReturnStmt]ast.Expr {
	nothings := make(map[*ast.ReturnStmt]ast.Expr)
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		for _, f := range forks(n) {
			ret := soleReturn(f.then)
			cond, ok := ast.Unparen(f.cond).(*ast.BinaryExpr)
			if !ok || ret == nil || i >= len(ret.Results) || cond.Op != token.EQL && cond.Op != token.LEQ {
				continue
			}
			if v := ev.expr(cond.X); v.base != nil && ev.number(cond.Y) == 0 && ev.number(ret.Results[i]) == 0 {
				nothings[ret] = v.base
			}
		}
		return true
	})
	return nothings
}

// limitReturns returns the returns of fn that hand out a limit.
func (ev *evaluator) limitReturns(fn *source.Func, i int) map[*ast.ReturnStmt]bool {
	limits := make(map[*ast.ReturnStmt]bool)
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		for _, f := range forks(n) {
			ret := soleReturn(f.then)
			if big, ok := ev.exceeds(f.cond); !ok || ret == nil {
				continue
			} else if !big {
				ret = soleReturn(f.rest)
			}
			if ret != nil && fixed(ev.returned(fn, ret, i)) {
				limits[ret] = true
			}
		}
		return true
	})
	return limits
}

// A fork is what runs if a condition holds, and what runs if it does not.
type fork struct {
	cond       ast.Expr
	then, rest []ast.Stmt
}

// forks lists the if statements right in n, and the cases of a switch that is n.
func forks(n ast.Node) (list []fork) {
	switch n := n.(type) {
	case *ast.BlockStmt:
		for i, s := range n.List {
			if s, ok := s.(*ast.IfStmt); ok {
				f := fork{cond: s.Cond, then: s.Body.List, rest: n.List[i+1:]}
				if s.Else != nil {
					f.rest = []ast.Stmt{s.Else}
				}
				list = append(list, f)
			}
		}
	case *ast.SwitchStmt:
		var rest []ast.Stmt
		for _, c := range n.Body.List {
			if c, ok := c.(*ast.CaseClause); ok && c.List == nil {
				rest = c.Body
			}
		}
		for _, c := range n.Body.List {
			if c, ok := c.(*ast.CaseClause); ok && n.Tag == nil && len(c.List) == 1 {
				list = append(list, fork{cond: c.List[0], then: c.Body, rest: rest})
			}
		}
	}
	return list
}

// soleReturn returns the return statement that stmts begin with, or nil.
func soleReturn(stmts []ast.Stmt) *ast.ReturnStmt {
	if len(stmts) == 0 {
		return nil
	}
	switch s := stmts[0].(type) {
	case *ast.ReturnStmt:
		return s
	case *ast.BlockStmt:
		return soleReturn(s.List)
	}
	return nil
}

// exceeds reports whether cond compares something that changes with something
// that does not, and whether cond holds where the former is above.
func (ev *evaluator) exceeds(cond ast.Expr) (above, ok bool) {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false, false
	}
	switch cmp.Op {
	case token.GTR, token.GEQ:
		above = true
	case token.LSS, token.LEQ:
	default:
		return false, false
	}
	x, y := ev.expr(cmp.X), ev.expr(cmp.Y)
	switch {
	case limited(x) && fixed(y):
		return above, true
	case limited(y) && fixed(x):
		return !above, true
	}
	return false, false
}

// fixed reports whether v does not change.
func fixed(v value) bool { return v.kind == Constant && v.self == nil }
