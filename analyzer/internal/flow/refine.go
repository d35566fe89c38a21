package flow

import (
	"go/ast"
	"go/token"
	"strings"
)

// cond evaluates a condition.
func (w *walker) cond(e ast.Expr, f facts) truth {
	e = ast.Unparen(e)
	switch e := e.(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return w.cond(e.X, f).not()
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND, token.LOR:
			left := w.cond(e.X, f)
			right := maybe
			if g, ok := w.refine(e.X, e.Op == token.LAND, f); ok {
				right = w.cond(e.Y, g)
			}
			if e.Op == token.LAND {
				return left.and(right)
			}
			return left.not().and(right.not()).not()
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
			return compare(e.Op, w.eval(e.X, f), w.eval(e.Y, f))
		}
	}
	return w.eval(e, f).truth()
}

// refine adds to f what follows from e being want; it returns false if e cannot
// be.
func (w *walker) refine(e ast.Expr, want bool, f facts) (facts, bool) {
	if t := w.cond(e, f); t != maybe && t != truthOf(want) {
		return f, false
	}
	e = ast.Unparen(e)
	switch e := e.(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return w.refine(e.X, !want, f)
		}
	case *ast.BinaryExpr:
		switch {
		case e.Op == token.LAND && want, e.Op == token.LOR && !want:
			g, ok := w.refine(e.X, want, f)
			if !ok {
				return f, false
			}
			return w.refine(e.Y, want, g)
		case e.Op == token.LAND || e.Op == token.LOR: // one of the two decides
			if w.cond(e.X, f) == truthOf(!want) {
				return w.refine(e.Y, want, f)
			}
			if w.cond(e.Y, f) == truthOf(!want) {
				return w.refine(e.X, want, f)
			}
		case e.Op == token.EQL || e.Op == token.NEQ:
			return w.refineEqual(e.X, e.Y, (e.Op == token.EQL) == want, f), true
		}
	case *ast.CallExpr:
		// A predicate that holds of an error: there is one.
		for _, arg := range e.Args {
			if want && isErrorLike(w.info.TypeOf(arg)) {
				return w.learn(arg, isNonZero, f), true
			}
		}
	case *ast.Ident, *ast.SelectorExpr:
		return w.learn(e, boolValue(want), f), true
	}
	return f, true
}

func (w *walker) refineEqual(x, y ast.Expr, same bool, f facts) facts {
	a, b := w.eval(x, f), w.eval(y, f)
	if _, ok := a.num(); ok {
		x, a, b = y, b, a
	}
	if _, ok := b.num(); !ok || a != isUnknown {
		return f
	}
	if same {
		return w.learn(x, b, f)
	}
	if b == isZero {
		return w.learn(x, isNonZero, f)
	}
	return f
}

// learn records that e is v, if e is a variable or a field of which nothing is
// known yet.
func (w *walker) learn(e ast.Expr, v value, f facts) facts {
	p, ok := pathOf(w.info, e)
	if !ok || w.coarse || strings.Contains(p.rest, "()") {
		return f
	}
	if n := w.paths.number(p); f.get(n) == isUnknown {
		return f.set(n, v)
	}
	return f
}
