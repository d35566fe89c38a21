package growth

import "go/token"

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
