package loop

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A Number is an integer of the source: Expr - Less + Offset.
type Number struct {
	Expr   ast.Expr // nil for 0
	Offset int64
	Less   ast.Expr // nil for 0
}

// NumberOf reads e as a number.
func NumberOf(info *types.Info, e ast.Expr) Number {
	if n, ok := code.Int(info, e); ok {
		return Number{Offset: n}
	}
	if b, ok := ast.Unparen(e).(*ast.BinaryExpr); ok && (b.Op == token.ADD || b.Op == token.SUB) {
		x, y := NumberOf(info, b.X), NumberOf(info, b.Y)
		if b.Op == token.SUB {
			y.Offset = -y.Offset
		}
		if y.Expr == nil {
			return Number{Expr: x.Expr, Offset: x.Offset + y.Offset}
		}
		if x.Expr == nil && b.Op == token.ADD {
			return Number{Expr: y.Expr, Offset: x.Offset + y.Offset}
		}
	}
	return Number{Expr: ast.Unparen(e)}
}

// Constant reports whether n is its Offset.
func (n Number) Constant() bool { return n.Expr == nil && n.Less == nil }

// Plus returns x+y, if that has one expression on each side at most.
func (x Number) Plus(y Number) (Number, bool) {
	sum := Number{Offset: x.Offset + y.Offset}
	var plus, minus []ast.Expr
	for _, n := range []Number{x, y} {
		if n.Expr != nil {
			plus = append(plus, n.Expr)
		}
		if n.Less != nil {
			minus = append(minus, n.Less)
		}
	}
	for i, p := range plus {
		for j, m := range minus {
			if p != nil && m != nil && types.ExprString(p) == types.ExprString(m) {
				plus[i], minus[j] = nil, nil
			}
		}
	}
	plus = slices.DeleteFunc(plus, func(e ast.Expr) bool { return e == nil })
	minus = slices.DeleteFunc(minus, func(e ast.Expr) bool { return e == nil })
	if len(plus) > 1 || len(minus) > 1 {
		return Number{}, false
	}
	if len(plus) == 1 {
		sum.Expr = plus[0]
	}
	if len(minus) == 1 {
		sum.Less = minus[0]
	}
	return sum, true
}

// Negated returns -n.
func (n Number) Negated() Number { return Number{Expr: n.Less, Less: n.Expr, Offset: -n.Offset} }

// Add returns n+k.
func (n Number) Add(k int64) Number {
	n.Offset += k
	return n
}

// Minus returns x-y, if that is a constant.
func (x Number) Minus(y Number) (int64, bool) {
	d, ok := x.Plus(y.Negated())
	return d.Offset, ok && d.Constant()
}

// Combined returns x op y.
func (x Number) Combined(op token.Token, y Number) (Number, bool) {
	switch {
	case op == token.ADD:
		return x.Plus(y)
	case op == token.SUB:
		return x.Plus(y.Negated())
	case op == token.MUL && x.Constant() && y.Constant():
		return Number{Offset: x.Offset * y.Offset}, true
	}
	return Number{}, false
}
