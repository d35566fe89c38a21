package flow

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// comesBack reports whether one of the delays is a call of a function that
// waits and then calls the site's function again.
func (j *Judge) comesBack(s *site.Site, delays delaySet) bool {
	if delays == 0 {
		return false
	}
	for i, d := range s.Delays {
		if delays&delayBit(i) != 0 && d.Waiter != nil && j.pkg.Calls(d.Waiter, s.Func.Obj) {
			return true
		}
	}
	return false
}

// countsAttempts reports whether the site's function calls itself with a
// parameter that is one more or less: a count of attempts. Its condition need
// not be the outcome itself (a text that the operation printed), but what counts
// attempts does not wait for a state.
func (t *trial) countsAttempts() bool {
	if _, ok := t.site.Cycle.(*ast.FuncDecl); !ok && (t.site.Cycle != t.site.Func.Node || t.site.Func.Obj != nil) {
		return false // a loop, or a closure
	}
	counts, selves := false, t.judge.pkg.Selves(t.site.Func)
	ast.Inspect(t.site.Func.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return !counts
		}
		fn := t.judge.pkg.Callee(call)
		if fn == nil || fn.Obj == nil || !slices.Contains(selves, fn.Obj) {
			return true
		}
		for _, arg := range call.Args {
			counts = counts || t.isStep(arg, fn)
		}
		return !counts
	})
	return counts
}

// isStep reports whether e is a parameter of the site's function, or of called, which it
// calls itself by, plus or minus 1.
func (t *trial) isStep(e ast.Expr, called *source.Func) bool {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok || b.Op != token.ADD && b.Op != token.SUB {
		return false
	}
	one, ok := b.Y.(*ast.BasicLit)
	id, isID := ast.Unparen(b.X).(*ast.Ident)
	if !ok || !isID || one.Value != "1" {
		return false
	}
	obj := t.judge.pkg.Info.ObjectOf(id)
	return obj != nil && (within(obj, t.site.Func.Type) || within(obj, called.Type))
}
