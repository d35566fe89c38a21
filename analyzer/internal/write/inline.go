package write

import (
	"go/ast"
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
