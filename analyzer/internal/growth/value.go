package growth

import (
	"go/ast"
	"go/types"
	"math"
)

// A value says how an expression changes from pass to pass. If self is nil it
// is of that kind. Otherwise it depends on a variable that is being resolved:
// it is factor*self, plus something of that kind if added.
type value struct {
	kind             Kind
	capped, jittered bool
	base, cap        ast.Expr
	least            ast.Expr // of a distance, or of what is drawn up to that: most - least
	below            ast.Expr // what a random number is drawn up to
	scaled           bool     // more than the attempt's number: a factor is in it, which base gives if it is known

	rate float64 // by which it grows if it is exponential; 0 if that varies, NaN if the code does not tell it

	self   types.Object
	factor float64 // NaN if it is not known
	added  bool
	step   float64 // what is added, NaN if it is not known
}

func (v value) growth() Growth {
	if v.self != nil {
		return Growth{Kind: Unknown}
	}
	g := Growth{Kind: v.kind, Capped: v.capped, Jittered: v.jittered, Base: v.base, Cap: v.cap}
	if g.Kind == Exponential {
		g.Factor = v.rate
	}
	if g.Kind == Constant || g.Kind == Unknown {
		g.Capped, g.Cap = false, nil // a limit means nothing where nothing grows
	}
	return g
}

// isSelf reports whether v is what obj was before, but for a limit or jitter.
func (v value) isSelf(obj types.Object) bool { return v.self == obj && v.factor == 1 && !v.added }

// flagged returns v with the flags of w added to its own.
func (v value) flagged(w value) value {
	v.capped, v.jittered = v.capped || w.capped, v.jittered || w.jittered
	if v.cap == nil {
		v.cap = w.cap
	}
	return v
}

// below returns the value of a random number whose limit is v.
func below(v value) value {
	switch {
	case v.self != nil:
		v.factor, v.jittered = v.factor/2, true // on average
	case v.kind == Constant:
		return value{kind: Random, least: v.least, below: v.base}
	case v.kind != Random && v.kind != Unknown:
		v.jittered = true
	}
	return v
}

// stepKind is the growth of x in x += step, by the kind of step.
var stepKind = [numKinds]Kind{
	Constant: Linear, Linear: Polynomial, Polynomial: Polynomial, Exponential: Exponential, Random: Linear,
}

// recurrence returns the growth of a variable that is given next on each pass,
// which depends on the variable itself.
func recurrence(next value) value {
	v := value{capped: next.capped, jittered: next.jittered, cap: next.cap}
	v.scaled = next.factor != 1 || !next.added || math.Abs(next.step) != 1
	switch {
	case next.factor == 1 && !next.added:
		v.kind = Constant // x = x
	case next.factor == 1:
		v.kind = stepKind[next.kind]
	case next.factor < 1:
		v.kind = Unknown // shrinks, or runs to a limit
	default:
		v.kind, v.rate = Exponential, next.factor
	}
	return v
}

// limitedBy returns v where a limit on it may have given it next.
func limitedBy(v, next value) value {
	joined := join(v, next)
	if v.self == nil && growing.has(v.kind) {
		joined.base = v.base
	}
	return joined
}

// join returns the value of a variable that has one value or the other, which no single
// expression gives unless both are the same.
func join(x, y value) value {
	if x.self != nil && y.self != nil {
		return joinSelves(x, y)
	}
	if x.self != nil {
		return x.flagged(y)
	}
	if y.self != nil {
		return y.flagged(x)
	}
	v := x
	if either[y.kind] > either[x.kind] {
		v = y
	}
	if !sameText(x.base, y.base) {
		v.base = nil
	}
	return v.flagged(x).flagged(y)
}

// sameText reports whether x and y are the same expression.
func sameText(x, y ast.Expr) bool {
	return x != nil && y != nil && types.ExprString(x) == types.ExprString(y)
}

// joinSelves keeps the one that grows.
func joinSelves(x, y value) value {
	if x.self != y.self {
		return value{}
	}
	v := y
	if x.factor > y.factor || x.factor == y.factor && x.added || math.IsNaN(x.factor) {
		v = x
	}
	return v.flagged(x).flagged(y)
}

// either orders the kinds for a variable that is given one or the other: what
// cannot be seen may always be what matters.
var either = [numKinds]int{
	Constant: 1, Random: 2, Server: 3, Table: 4, Linear: 5, Polynomial: 6, Exponential: 7, Unknown: 8,
}
