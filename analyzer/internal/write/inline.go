package write

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// inlineDelay writes the constant that a variable holds for the first delay, where
// nothing else is left that uses the variable.
func (w *Writer) inlineDelay(a *helper.Args) {
	v := code.Local(w.Info, w.Delay)
	if v == nil || a.Delay != v.Name() || strings.Contains(a.MaxDelay, v.Name()) && !w.rule.Rule.OfFirst() {
		return
	}
	var given []ast.Expr
	for s := range w.Loop.Dead(w.Removed(), w.WithReceivers(w.LimitExprs()...)) {
		if w.Loop.Has(s.Pos()) {
			continue
		}
		e := code.ValueGiven(w.Info, s, v)
		if d, ok := s.(*ast.DeclStmt); ok {
			e = code.Declared(w.Info, d, v)
		}
		if e != nil || code.Writes(w.Info, s, v) {
			given = append(given, e)
		}
	}
	if len(given) == 1 && given[0] != nil && w.Info.Types[given[0]].Value != nil && w.namedBefore(given[0]) {
		text := w.AsDuration(given[0])
		if strings.Contains(a.MaxDelay, v.Name()) {
			value, _ := w.DurationOf(given[0])
			most, refusal := w.limitDelays(text, value, nil)
			if refusal != nil {
				return
			}
			a.MaxDelay = most
		}
		w.Delay, a.Delay = given[0], text
	}
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
