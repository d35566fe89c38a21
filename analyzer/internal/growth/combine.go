package growth

import (
	"go/ast"
	"go/token"
	"math"
)

// combine returns the value of x op y; nx and ny are the numbers that x and y
// are, NaN if they are not known.
func combine(op token.Token, x, y value, nx, ny float64) value {
	var v value
	switch {
	case op == token.REM && x.kind == Random && x.self == nil:
		return below(y)
	case x.self != nil && y.self != nil:
		v = combineSelves(op, x, y)
	case x.self != nil:
		v = combineSelf(op, x, y, ny)
	case y.self != nil && (op == token.ADD || op == token.MUL):
		v = combineSelf(op, y, x, nx)
	case y.self != nil:
		v = value{}
	default:
		v = value{kind: combineKinds(op, x.kind, y.kind)}
		v.base, v.scaled = baseOf(op, x, y, nx, ny)
		v.rate = rateOf(op, x, y)
		v.jittered = (x.kind == Random || y.kind == Random) && v.kind != Random
		v.least = leastOf(op, x, y)
	}
	return v.flagged(x).flagged(y)
}

// leastOf returns what x op y is the distance from, or is drawn up to that; nil if it is not.
func leastOf(op token.Token, x, y value) ast.Expr {
	switch {
	case op == token.SUB && x.kind == Constant && y.kind == Constant:
		return y.base
	case op == token.MUL && x.kind == Random:
		return y.least
	case op == token.MUL && y.kind == Random:
		return x.least
	}
	return nil
}

// rateOf returns by which factor x op y grows, if it is exponential and that is
// known.
func rateOf(op token.Token, x, y value) float64 {
	switch {
	case op == token.SHL && y.kind == Linear:
		return 2
	case (op == token.ADD || op == token.SUB) && x.rate == y.rate:
		return x.rate
	case x.kind == Exponential && y.kind == Exponential:
		return 0
	}
	return max(x.rate, y.rate)
}

// baseOf returns what the attempt's number is applied to in x op y: the side
// that does not change. It is not known where several factors make it up.
func baseOf(op token.Token, x, y value, nx, ny float64) (base ast.Expr, scaled bool) {
	still, n, moving := x, nx, y
	if y.kind == Constant || y.kind == Random {
		still, n, moving = y, ny, x
		if op != token.ADD && op != token.SUB && op != token.MUL {
			return nil, true
		}
	}
	switch {
	case op == token.ADD && (sameText(still.least, moving.base) || sameText(moving.least, still.base)):
		return nil, true // drawn from there up to any length
	case still.kind == Random && op == token.ADD: // jitter beside it
		return meanOf(moving.base, still.below), moving.scaled
	case still.kind == Constant && moving.kind == Random && op == token.ADD:
		return meanOf(still.base, moving.below), true
	case op == token.ADD && sameText(still.base, moving.base):
		return still.base, true // a sum of its multiples
	case still.kind != Constant || !growing.has(moving.kind):
		return nil, x.scaled || y.scaled
	case op == token.ADD || op == token.SUB:
		if moving.scaled {
			return nil, true
		}
		return still.base, false
	case n == 1:
		return moving.base, moving.scaled
	case moving.scaled:
		return nil, true
	}
	return still.base, true
}

// meanOf returns what x and a random number up to most begin with: x or, where the number may
// be longer than that, the mean if it has a name; or nil.
//
//	d/2 + rand.N(d)
func meanOf(x, most ast.Expr) ast.Expr {
	part, ok := ast.Unparen(x).(*ast.BinaryExpr)
	if !ok || part.Op != token.QUO || !sameText(part.X, most) {
		return x
	}
	if lit, ok := part.Y.(*ast.BasicLit); ok && lit.Value == "2" {
		return most
	}
	return nil
}

// combineSelf returns x op y where only x depends on the variable in question.
func combineSelf(op token.Token, x, y value, n float64) value {
	v := x
	switch op {
	case token.ADD, token.SUB:
		if !x.added {
			v.kind, v.added, v.step = y.kind, true, n
		} else {
			v.kind = combineKinds(op, x.kind, y.kind)
		}
		if y.kind == Random {
			v.jittered = true
		}
	case token.MUL:
		if y.kind == Unknown || y.kind == Random {
			return value{}
		}
		v.factor = x.factor * n
	case token.QUO:
		v.factor = x.factor / n
	case token.SHL:
		v.factor = x.factor * math.Exp2(n)
	case token.SHR:
		v.factor = x.factor / math.Exp2(n)
	default:
		return value{}
	}
	if op != token.ADD && op != token.SUB && y.kind != Constant && op != token.MUL {
		return value{}
	}
	return v
}

// combineSelves returns x op y where both depend on the variable in question.
func combineSelves(op token.Token, x, y value) value {
	if x.self != y.self {
		return value{}
	}
	v := x
	switch op {
	case token.ADD:
		v.factor = x.factor + y.factor
	case token.SUB:
		v.factor = x.factor - y.factor
	case token.MUL:
		v.factor = math.NaN()
	default:
		return value{}
	}
	if v.added = x.added || y.added; x.added && y.added {
		v.kind = combineKinds(token.ADD, x.kind, y.kind)
	} else if y.added {
		v.kind = y.kind
	}
	return v
}
