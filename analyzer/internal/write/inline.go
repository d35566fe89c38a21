package write

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// inlineDelay writes what a variable holds for the first delay, a constant or another
// variable, where nothing else is left that uses the variable.
func (w *Writer) inlineDelay(a *helper.Args) {
	v := code.Local(w.Info, w.Delay)
	if v == nil || a.Delay != v.Name() || strings.Contains(a.MaxDelay, v.Name()) && !w.rule.Rule.OfFirst() {
		return
	}
	e := w.onlyGiven(v)
	if e == nil || !w.namedBefore(e) {
		return
	}
	text, most := w.AsDuration(e), a.MaxDelay
	if strings.Contains(most, v.Name()) {
		value, known := w.DurationOf(e)
		var refusal reason.Refusal
		if most, refusal = w.ruleText(text); known {
			most, refusal = w.limitDelays(text, value, nil)
		}
		if refusal != nil {
			return
		}
	}
	w.Delay, a.Delay, a.MaxDelay = e, text, most
}

// onlyGiven returns the constant or variable that alone is given to v, before the loop, if
// nothing that stays uses v and the value is the same when the loop begins; else nil.
func (w *Writer) onlyGiven(v *types.Var) (e ast.Expr) {
	times := 0
	for s := range w.Loop.Dead(w.Removed(), w.WithReceivers(w.LimitExprs()...)) {
		value := w.given(s, v)
		if w.Loop.Has(s.Pos()) || value == nil && !code.Writes(w.Info, s, v) {
			continue
		}
		times++
		if e = value; e != nil && w.Info.Types[e].Value == nil && (w.Pkg.Variable(e) == nil || !w.staysFrom(v, e)) {
			e = nil
		}
	}
	if times != 1 {
		return nil
	}
	return e
}

// given returns what s declares v with, or assigns to it; nil if it does neither.
func (w *Writer) given(s ast.Stmt, v types.Object) ast.Expr {
	if d, ok := s.(*ast.DeclStmt); ok {
		return code.Declared(w.Info, d, v)
	}
	return code.ValueGiven(w.Info, s, v)
}

// staysFrom reports whether e, which v is given before the loop, is the same still when
// that begins.
func (w *Writer) staysFrom(v types.Object, e ast.Expr) bool {
	if w.given(w.Loop.Init, v) != nil {
		return true
	}
	named := code.Named(w.Info, e)
	for _, s := range slices.Backward(w.Loop.List[:w.Loop.Index]) {
		if w.given(s, v) != nil {
			return true
		}
		changes := func(obj types.Object) bool { return code.Writes(w.Info, s, obj) }
		if !w.Removed()[s] && (!w.Loop.OnlyComputes(s) || slices.ContainsFunc(named, changes)) {
			return false
		}
	}
	return false
}

// InlineConsts writes the values of the function's own constants for the delays, where
// nothing but what is removed uses their names, and no comment says more: the policy names
// them.
func (w *Writer) InlineConsts(a *helper.Args, removed map[ast.Node]bool) {
	for _, d := range []struct {
		text, other *string
		expr        *ast.Expr
	}{{&a.Delay, &a.MaxDelay, &w.Delay}, {&a.MaxDelay, &a.Delay, &w.Limit}} {
		id, ok := (*d.expr).(*ast.Ident)
		if !ok || *d.text != id.Name || strings.Contains(*d.other, id.Name) {
			continue
		}
		c, ok := w.Info.Uses[id].(*types.Const)
		if value := w.valueOf(c); ok && value != nil && w.namedBefore(value) && !w.constStays(c, removed) {
			*d.text, *d.expr = w.AsDuration(value), value
		}
	}
}

// valueOf returns what the function itself declares c with; nil if a comment says more.
func (w *Writer) valueOf(c *types.Const) (value ast.Expr) {
	ast.Inspect(w.Loop.Decl, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Names) == 1 && len(spec.Values) == 1 && w.Info.Defs[spec.Names[0]] == types.Object(c) {
			if above, behind := w.Attached(spec); above == nil && behind == nil {
				value = spec.Values[0]
			}
		}
		return value == nil
	})
	return value
}

// constStays reports whether something uses c that is not removed, and serves more than that.
func (w *Writer) constStays(c *types.Const, removed map[ast.Node]bool) bool {
	dead := w.Loop.Dead(removed, w.WithReceivers(w.LimitExprs()...))
	return w.Used(w.Loop.Decl, c, func(n ast.Node) bool {
		s, ok := n.(ast.Stmt)
		return removed[n] || ok && dead[s]
	})
}
