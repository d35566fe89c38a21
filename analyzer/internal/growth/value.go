package growth

import (
	"go/ast"
	"go/token"
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

	self   types.Object
	factor float64 // NaN if it is not known
	added  bool
}

func (v value) growth() Growth {
	if v.self != nil {
		return Growth{Kind: Unknown}
	}
	g := Growth{Kind: v.kind, Capped: v.capped, Jittered: v.jittered, Base: v.base, Cap: v.cap}
	if g.Kind == Constant || g.Kind == Unknown {
		g.Capped, g.Cap = false, nil // a limit means nothing where nothing grows
	}
	return g
}

// flagged returns v with the flags of w added to its own.
func (v value) flagged(w value) value {
	v.capped, v.jittered = v.capped || w.capped, v.jittered || w.jittered
	if v.cap == nil {
		v.cap = w.cap
	}
	return v
}

// kinds is a set of kinds.
type kinds uint16

func set(ks ...Kind) (s kinds) {
	for _, k := range ks {
		s |= 1 << k
	}
	return s
}

func (s kinds) has(k Kind) bool { return s&(1<<k) != 0 }

var (
	still   = set(Constant)
	growing = set(Linear, Polynomial, Exponential)
	seen    = set(Constant, Linear, Exponential, Polynomial, Random, Table, Server)
)

// A rule gives the kind of x op y. The first that fits decides; without one
// the result is unknown.
type rule struct {
	x, y   kinds
	result func(x, y Kind) Kind
}

func left(x, _ Kind) Kind  { return x }
func right(_, y Kind) Kind { return y }

func always(k Kind) func(x, y Kind) Kind {
	return func(Kind, Kind) Kind { return k }
}

// faster returns the one that grows faster.
func faster(x, y Kind) Kind {
	if weight[x] >= weight[y] {
		return x
	}
	return y
}

// powOp stands for math.Pow in the rules: no token does.
const powOp = token.ARROW

var (
	addRules = []rule{
		{set(Random), set(Random), left},
		{set(Random), seen, right}, // something with jitter
		{seen, set(Random), left},
		{still | growing, still | growing, faster},
		{set(Server), still, left},
		{still, set(Server), right},
		{set(Table), still, left},
		{still, set(Table), right},
	}
	subRules = []rule{
		{set(Linear), set(Linear), always(Unknown)}, // may cancel out
		{set(Exponential), set(Exponential), always(Unknown)},
		{set(Polynomial), set(Polynomial), always(Unknown)},
	}
	mulRules = []rule{
		{still, seen, right},
		{seen, still, left},
		{set(Random), growing | set(Random, Table), right},
		{growing | set(Table), set(Random), left},
		{set(Exponential), growing, left},
		{growing, set(Exponential), right},
		{growing, growing, always(Polynomial)},
	}
	quoRules = []rule{
		{seen, still, left},
	}
	remRules = []rule{
		{still, still, left},
		{set(Random), still, left},
	}
	shlRules = []rule{
		{seen, still, left},
		{still | growing, set(Linear), always(Exponential)},
		{still, set(Random), right},
	}
	powRules = []rule{
		{still, still, left},
		{still, set(Linear), always(Exponential)},
		{set(Linear, Polynomial), still, always(Polynomial)},
		{set(Exponential), still, left},
	}
	bitRules = []rule{
		{still, still, left},
	}
)

var rules = map[token.Token][]rule{
	token.ADD: addRules, token.SUB: append(subRules, addRules...),
	token.MUL: mulRules, token.QUO: quoRules, token.REM: remRules,
	token.SHL: shlRules, token.SHR: quoRules,
	token.AND: bitRules, token.OR: bitRules, token.XOR: bitRules, token.AND_NOT: bitRules,
	powOp: powRules,
}

func combineKinds(op token.Token, x, y Kind) Kind {
	for _, r := range rules[op] {
		if r.x.has(x) && r.y.has(y) {
			return r.result(x, y)
		}
	}
	return Unknown
}

// combine returns the value of x op y; nx and ny are the numbers that x and y
// are, NaN if they are not known.
func combine(op token.Token, x, y value, nx, ny float64) value {
	var v value
	switch {
	case x.self != nil && y.self != nil:
		v = combineSelves(op, x, y)
	case x.self != nil:
		v = combineSelf(op, x, y, ny)
	case y.self != nil && (op == token.ADD || op == token.MUL):
		v = combineSelf(op, y, x, nx)
	case y.self != nil:
		v = value{}
	default:
		v = value{kind: combineKinds(op, x.kind, y.kind), base: baseOf(x, y)}
		v.jittered = (x.kind == Random || y.kind == Random) && v.kind != Random
	}
	return v.flagged(x).flagged(y)
}

// baseOf returns what the attempt is applied to: the side that does not change.
func baseOf(x, y value) ast.Expr {
	switch {
	case growing.has(x.kind) && y.kind == Constant:
		return y.base
	case growing.has(y.kind) && x.kind == Constant, y.kind == Random:
		return x.base
	case x.kind == Random:
		return y.base
	}
	return nil
}

// combineSelf returns x op y where only x depends on the variable in question.
func combineSelf(op token.Token, x, y value, n float64) value {
	v := x
	switch op {
	case token.ADD, token.SUB:
		if !x.added {
			v.kind, v.added = y.kind, true
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

// stepKind is the growth of x in x += step, by the kind of step.
var stepKind = [numKinds]Kind{
	Constant: Linear, Linear: Polynomial, Polynomial: Polynomial, Exponential: Exponential, Random: Linear,
}

// recurrence returns the growth of a variable that is given next on each pass,
// which depends on the variable itself.
func recurrence(next value) value {
	v := value{capped: next.capped, jittered: next.jittered, cap: next.cap}
	switch {
	case next.factor == 1 && !next.added:
		v.kind = Constant // x = x
	case next.factor == 1:
		v.kind = stepKind[next.kind]
	case next.factor < 1:
		v.kind = Unknown // shrinks, or runs to a limit
	default:
		v.kind = Exponential
	}
	return v
}

// join returns the value of a variable that has one value or the other.
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
	return v.flagged(x).flagged(y)
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
