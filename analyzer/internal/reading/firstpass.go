package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// BeginsWith reports whether the first delay is base itself, as far as a number of
// the attempt is in it: times one, or not shifted.
//
//	time.Sleep(base << attempt)
func (r *Reading) BeginsWith(base ast.Expr) bool {
	return !slices.ContainsFunc(r.pauses(), func(p *pass.Pause) bool {
		return p.Delay.Duration != nil && !r.firstIs(base, p.Delay.Duration)
	})
}

func (r *Reading) firstIs(base, d ast.Expr) bool {
	d = code.Unconverted(r.Info, d)
	e, ok := d.(*ast.BinaryExpr)
	switch {
	case types.ExprString(d) == types.ExprString(base):
		return true
	case !ok:
		return r.Growth.Kind == growth.Constant || !r.madeOfCount(d)
	}
	switch {
	case e.Op == token.QUO:
		return false
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
	return r.Loop.Any(func(n ast.Node) bool {
		s, _ := n.(ast.Stmt)
		call, ok := ast.Unparen(code.ValueGiven(r.Info, s, v)).(*ast.CallExpr)
		return ok && slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return !code.Mentions(r.Info, e, v) && r.counts(e) })
	})
}

// counts reports whether e is a number that changes from pass to pass.
func (r *Reading) counts(e ast.Expr) bool {
	return code.AnyLocal(r.Info, e, func(v *types.Var) bool { return r.Loop.Has(v.Pos()) || r.Loop.Assigns(v) })
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
	value, ok := r.counted().First(code.Unconverted(r.Info, e))
	return ok && value.Constant() && value.Offset == n
}
