package flow

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A branch is one side of a condition: whether it can be taken, and what is
// known if it is.
type branch struct {
	open  bool
	facts facts
}

// cond evaluates a condition.
func (w *walker) cond(e ast.Expr, f facts) truth {
	switch holds, fails := w.split(e, f); {
	case !fails.open:
		return yes
	case !holds.open:
		return no
	}
	return maybe
}

// split returns both sides of a condition. It looks at each part of it once.
func (w *walker) split(e ast.Expr, f facts) (holds, fails branch) {
	e = ast.Unparen(e)
	switch e := e.(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			holds, fails = w.split(e.X, f)
			return fails, holds
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND:
			left, not := w.split(e.X, f)
			if !left.open {
				return left, not
			}
			both, right := w.split(e.Y, left.facts)
			return both, either(not, right, f)
		case token.LOR:
			left, not := w.split(e.X, f)
			if !not.open {
				return left, not
			}
			right, neither := w.split(e.Y, not.facts)
			return either(left, right, f), neither
		}
	}
	return w.splitSimple(e, f)
}

// either returns the side that a or b leads to, where f was known before.
func either(a, b branch, f facts) branch {
	switch {
	case !a.open:
		return b
	case !b.open:
		return a
	}
	return branch{true, f}
}

// splitSimple is split for a condition without && and ||.
func (w *walker) splitSimple(e ast.Expr, f facts) (holds, fails branch) {
	if e, ok := e.(*ast.BinaryExpr); ok && code.IsComparison(e.Op) {
		return w.splitCompare(e.Op, e.X, e.Y, f)
	}
	t := w.eval(e, f).truth()
	holds, fails = branch{t != no, f}, branch{t != yes, f}
	switch e := e.(type) {
	case *ast.CallExpr:
		// A predicate that holds of an error: there is one.
		for _, arg := range e.Args {
			if w.judge.isErrorLike(w.info.TypeOf(arg)) {
				holds.facts = w.learn(arg, isNonZero, f)
				break
			}
		}
	case *ast.Ident, *ast.SelectorExpr:
		holds.facts, fails.facts = w.learn(e, isTrue, f), w.learn(e, isZero, f)
	}
	return holds, fails
}

// splitCompare returns both sides of x op y.
func (w *walker) splitCompare(op token.Token, x, y ast.Expr, f facts) (holds, fails branch) {
	a, b := w.eval(x, f), w.eval(y, f)
	t := compare(op, a, b)
	holds, fails = branch{t != no, f}, branch{t != yes, f}
	if _, ok := a.num(); ok {
		x, a, b = y, b, a
	}
	if _, ok := b.num(); !ok || a != isUnknown || op != token.EQL && op != token.NEQ {
		return holds, fails
	}
	same, other := &holds, &fails
	if op == token.NEQ {
		same, other = other, same
	}
	same.facts = w.learn(x, b, f)
	if b == isZero {
		other.facts = w.learn(x, isNonZero, f)
	}
	return holds, fails
}

// learn records that e is v, if e is a variable or a field of which nothing is
// known yet.
func (w *walker) learn(e ast.Expr, v value, f facts) facts {
	n := w.paths.operand(e).path
	if n == none || w.coarse || !w.learns || strings.Contains(w.paths.all[n].rest, "()") || f.get(n) != isUnknown {
		return f
	}
	return w.paths.set(f, n, v)
}
