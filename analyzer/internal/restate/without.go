package restate

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
)

// Without returns the form of a loop without some statements of its body and what
// only serves them, such as a counter; nil if there is no such form.
func Without(of Site, lines []ast.Stmt) *Form {
	l, refusal := loop.New(of.Pkg, of.Func, of.Cycle)
	if refusal != nil {
		return nil
	}
	removed := make(map[ast.Node]bool)
	for _, s := range lines {
		removed[s] = true
	}
	gone := slices.Clone(lines)
	for _, s := range code.InOrder(l.Dead(removed, nil)) {
		switch {
		case s == l.Post || s == l.Init: // it counts attempts all the same
		case l.InBody(s.Pos()) || slices.Contains(l.List[:l.Index], s):
			gone = append(gone, s)
		default:
			return nil
		}
	}
	pos, end, before := l.Outer.Pos(), l.Outer.End(), 0
	var edits []edit.Edit
	for _, s := range gone {
		e := of.Drop(s)
		if edits = append(edits, e); e.Pos < l.Cycle.Pos() {
			pos, before = min(pos, e.Pos), before+int(e.End-e.Pos)-len(e.Text)
		}
	}
	return of.with(pos, end, of.Apply(pos, end, edits), of.Offset(l.Cycle.Pos())-before)
}
