package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
)

// BeginsWith reports whether the first delay is base itself, as far as a number of
// the attempt is in it: times one, or not shifted.
//
//	time.Sleep(base << attempt)
func (r *Reading) BeginsWith(base ast.Expr) bool {
	for _, s := range code.InOrder(r.Pauses) {
		if d := r.Pauses[s].Delay.Duration; d != nil && !r.firstIs(base, d) {
			return false
		}
	}
	return true
}

func (r *Reading) firstIs(base, d ast.Expr) bool {
	d = ast.Unparen(r.Unconverted(d))
	e, ok := d.(*ast.BinaryExpr)
	switch {
	case types.ExprString(d) == types.ExprString(base):
		return true
	case !ok:
		return r.Growth.Kind == growth.Constant || !r.madeOfCount(d)
	}
	switch {
	case e.Op == token.SHL:
		return r.firstNumber(e.Y, 0) && r.firstIs(base, e.X)
	case e.Op == token.MUL && r.counts(e.X):
		return r.firstNumber(e.X, 1) && r.firstIs(base, e.Y)
	case e.Op == token.MUL && r.counts(e.Y):
		return r.firstNumber(e.Y, 1) && r.firstIs(base, e.X)
	}
	return true
}

// madeOfCount reports whether a function makes the delay d of what changes from pass to
// pass: what it tells first is not known then.
//
//	tries++
//	delay = backoff(base, tries)
func (r *Reading) madeOfCount(d ast.Expr) bool {
	v := code.Local(r.Info, d)
	if v == nil {
		return r.counts(d)
	}
	made := false
	r.Loop.Inspect(func(n ast.Node) bool {
		s, ok := n.(ast.Stmt)
		if !ok {
			return !made
		}
		if call, ok := ast.Unparen(code.ValueGiven(r.Info, s, v)).(*ast.CallExpr); ok {
			made = made || slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return !code.Mentions(r.Info, e, v) && r.counts(e) })
		}
		return !made
	})
	return made
}

// counts reports whether e is a number that changes from pass to pass.
func (r *Reading) counts(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v := code.Local(r.Info, id)
			found = found || v != nil && (r.Loop.Has(v.Pos()) || r.Loop.Assigns(v))
		}
		return !found
	})
	return found
}

// firstNumber reports whether e is n at the first delay; what is no number of the
// counter may be anything.
func (r *Reading) firstNumber(e ast.Expr, n int64) bool {
	if !r.counts(e) {
		return true
	}
	if r.Counter == nil {
		return false
	}
	value, ok := r.counted().First(r.Unconverted(e))
	return ok && value.Constant() && value.Offset == n
}
