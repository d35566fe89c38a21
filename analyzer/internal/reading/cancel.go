package reading

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// bindCancel finds what is done on cancellation, the same for all delays that a
// context ends.
func (b *Reading) bindCancel() reason.Refusal {
	answer := ""
	for _, s := range code.InOrder(b.Pauses) {
		p := b.Pauses[s]
		if p.Ctx == nil {
			continue
		}
		exit := b.withoutTimers(p.Exit)
		text := b.Text(p.Ctx) + "\n" + b.Statements(exit)
		if b.Ctx != nil && text != answer {
			return reason.SeveralAnswers.At(p.Ctx.Pos())
		}
		b.Ctx, b.Cancel, answer = p.Ctx, exit, text
	}
	if pos := b.answersElse(); pos.IsValid() {
		return reason.SeveralAnswers.At(pos)
	}
	return nil
}

// answersElse returns where a pass asks the context that ends the delays, and
// answers in another way than they do.
func (b *Reading) answersElse() (pos token.Pos) {
	if b.Ctx == nil {
		return token.NoPos
	}
	ctx := b.Text(b.Ctx)
	look := func(asked ast.Node, init ast.Stmt, body []ast.Stmt) {
		if !pos.IsValid() && b.Asks(asked, ctx) && code.EndsInReturn(body) && b.answerText(body, init, ctx) != b.answerText(b.Cancel, nil, ctx) {
			pos = asked.Pos()
		}
	}
	b.Loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && b.Pauses[s] != nil {
			return false
		}
		switch n := n.(type) {
		case *ast.IfStmt:
			if look(n.Cond, n.Init, n.Body.List); n.Init != nil {
				look(n.Init, n.Init, n.Body.List)
			}
		case *ast.CommClause:
			if n.Comm != nil {
				look(n.Comm, nil, n.Body)
			}
		}
		return true
	})
	return pos
}

// answerText returns statements as text, with the error of ctx in the place of the
// variable that init gives it to.
func (b *Reading) answerText(list []ast.Stmt, init ast.Stmt, ctx string) string {
	a, ok := init.(*ast.AssignStmt)
	if !ok || len(a.Lhs) != 1 || len(list) == 0 || code.Local(b.Info, a.Lhs[0]) == nil {
		return b.Statements(list)
	}
	var edits []edit.Edit
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && code.Local(b.Info, id) != nil && code.Local(b.Info, id) == code.Local(b.Info, a.Lhs[0]) {
				edits = append(edits, edit.Replace(id, ctx+".Err()"))
			}
			return true
		})
	}
	return b.Apply(list[0].Pos(), list[len(list)-1].End(), edits)
}

// withoutTimers returns list without what only serves a timer.
func (b *Reading) withoutTimers(list []ast.Stmt) []ast.Stmt {
	return slices.DeleteFunc(slices.Clone(list), func(s ast.Stmt) bool { return b.Timers[s] })
}
