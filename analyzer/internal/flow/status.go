package flow

import (
	"go/constant"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// compareStatus evaluates status op n for an ordering.
func compareStatus(op token.Token, success bool, n int64) truth {
	low, high := int64(200), int64(299)
	if !success {
		low, high = 300, 999
	}
	at := func(x int64) bool {
		return constant.Compare(constant.MakeInt64(x), op, constant.MakeInt64(n))
	}
	if at(low) == at(high) {
		return truthOf(at(low))
	}
	return maybe
}

// comparePositive evaluates an ordering of a length with 0 or 1.
func comparePositive(op token.Token, a, b value) truth {
	if b.kind == positive {
		op, a, b = code.Mirror[op], b, a
	}
	switch n, ok := b.num(); {
	case a.kind != positive || !ok:
	case n == 0:
		return truthOf(op == token.GTR || op == token.GEQ)
	case n == 1 && (op == token.LSS || op == token.GEQ):
		return truthOf(op == token.GEQ)
	}
	return maybe
}

func equal(a, b value) truth {
	if b.isStatus() {
		a, b = b, a
	}
	if a.isStatus() {
		if n, ok := b.num(); ok {
			if success := n/100 == 2; success != (a.kind == okStatus) {
				return no
			} else if success {
				return yes
			}
		}
		return maybe
	}
	if x, ok := a.num(); ok {
		if y, ok := b.num(); ok {
			return truthOf(x == y)
		}
	}
	if a.kind == plenty && b == isUnknown || b.kind == plenty && a == isUnknown {
		return yes
	}
	if a.kind == zero && notZero(b) || b.kind == zero && notZero(a) {
		return no
	}
	return maybe
}

// compare evaluates a op b.
func compare(op token.Token, a, b value) truth {
	switch op {
	case token.NEQ:
		return equal(a, b).not()
	case token.EQL:
		return equal(a, b)
	}
	if b.isStatus() {
		op, a, b = code.Mirror[op], b, a
	}
	if n, ok := b.num(); ok && a.isStatus() {
		return compareStatus(op, a.kind == okStatus, n)
	}
	if a.kind == plenty || b.kind == plenty {
		more := op == token.GTR || op == token.GEQ
		return truthOf(more == (a.kind == plenty))
	}
	x, ok1 := a.num()
	y, ok2 := b.num()
	if !ok1 || !ok2 {
		return comparePositive(op, a, b)
	}
	return truthOf(constant.Compare(constant.MakeInt64(x), op, constant.MakeInt64(y)))
}

func notZero(v value) bool {
	switch v.kind {
	case nonZero, positive, plenty, number, clean, dirty:
		return true
	}
	return false
}
