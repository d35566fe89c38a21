package reading

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// BeginsWith reports whether the first delay is base itself, as far as a number of
// the attempt is in it: times one, or not shifted.
//
//	time.Sleep(base << attempt)
func (b *Reading) BeginsWith(base ast.Expr) bool {
	for _, s := range code.InOrder(b.Pauses) {
		if d := b.Pauses[s].Delay.Duration; d != nil && !b.firstIs(base, d) {
			return false
		}
	}
	return true
}

func (b *Reading) firstIs(base, d ast.Expr) bool {
	d = ast.Unparen(b.Unconverted(d))
	e, ok := d.(*ast.BinaryExpr)
	if !ok || types.ExprString(d) == types.ExprString(base) {
		return true
	}
	switch {
	case e.Op == token.SHL:
		return b.firstNumber(e.Y, 0) && b.firstIs(base, e.X)
	case e.Op == token.MUL && b.counts(e.X):
		return b.firstNumber(e.X, 1) && b.firstIs(base, e.Y)
	case e.Op == token.MUL && b.counts(e.Y):
		return b.firstNumber(e.Y, 1) && b.firstIs(base, e.X)
	}
	return true
}

// counts reports whether e is a number that changes from pass to pass.
func (b *Reading) counts(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v := code.Local(b.Info, id)
			found = found || v != nil && (b.Loop.Has(v.Pos()) || b.Loop.Assigns(v))
		}
		return !found
	})
	return found
}

// firstNumber reports whether e is n at the first delay; what is no number of the
// counter may be anything.
func (b *Reading) firstNumber(e ast.Expr, n int64) bool {
	if !b.counts(e) {
		return true
	}
	if b.Counter == nil {
		return false
	}
	value, ok := b.counted().First(b.Unconverted(e))
	return ok && value.Constant() && value.Offset == n
}
