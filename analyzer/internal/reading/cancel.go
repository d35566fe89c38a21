package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// bindCancel finds what is done on cancellation, the same for all delays that a
// context ends.
func (r *Reading) bindCancel() reason.Refusal {
	answer := ""
	for _, s := range code.InOrder(r.Pauses) {
		p := r.Pauses[s]
		if p.Ctx == nil {
			continue
		}
		exit := r.withoutTimers(p.Exit)
		text := r.Text(p.Ctx) + "\n" + r.Statements(exit)
		if r.Ctx != nil && text != answer {
			return reason.SeveralAnswers.At(p.Ctx.Pos())
		}
		r.Ctx, r.Cancel, answer = p.Ctx, exit, text
	}
	if pos := r.answersElse(); pos.IsValid() {
		return reason.SeveralAnswers.At(pos)
	}
	return nil
}

// answersElse returns where a pass asks the context that ends the delays, and
// answers in another way than they do.
func (r *Reading) answersElse() (pos token.Pos) {
	if r.Ctx == nil {
		return token.NoPos
	}
	ctx := r.Text(r.Ctx)
	r.EachAnswer(ctx, func(asked ast.Node, init ast.Stmt, body []ast.Stmt) {
		if !pos.IsValid() && code.EndsInReturn(body) && r.AnswerText(body, init, ctx) != r.AnswerText(r.Cancel, nil, ctx) {
			pos = asked.Pos()
		}
	})
	return pos
}

// EachAnswer tells look where a pass asks, outside of the delays, whether ctx has ended,
// and what it does then; init may have given its error a name.
func (r *Reading) EachAnswer(ctx string, look func(asked ast.Node, init ast.Stmt, body []ast.Stmt)) {
	r.eachAsking(ctx, func(n ast.Node) bool { return r.Asks(n, ctx) }, look)
}

// EachEndedError does so where a pass asks whether an attempt has failed because a context
// has ended.
//
//	if errors.Is(err, context.Canceled) {
func (r *Reading) EachEndedError(look func(asked ast.Node, init ast.Stmt, body []ast.Stmt)) {
	r.eachAsking("", r.asksKind, look)
}

func (r *Reading) eachAsking(ctx string, asks func(ast.Node) bool, look func(asked ast.Node, init ast.Stmt, body []ast.Stmt)) {
	r.Loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && r.Pauses[s] != nil {
			return false
		}
		switch n := n.(type) {
		case *ast.IfStmt:
			if asks(n.Cond) || n.Init != nil && asks(n.Init) {
				look(n.Cond, n.Init, r.whenEnded(n, ctx))
			}
		case *ast.CaseClause:
			if i := slices.IndexFunc(n.List, func(e ast.Expr) bool { return asks(e) }); i >= 0 {
				look(n.List[i], nil, n.Body)
			}
		case *ast.CommClause:
			if n.Comm != nil && asks(n.Comm) {
				look(n.Comm, nil, n.Body)
			}
		}
		return true
	})
}

// whenEnded returns what s, which asks ctx, lets the pass do where that has ended.
//
//	if ctx.Err() == nil {
//		continue
//	}
//	return errStopped
func (r *Reading) whenEnded(s *ast.IfStmt, ctx string) []ast.Stmt {
	switch goesOn := slices.ContainsFunc(code.Comparisons(s.Cond), func(cmp *ast.BinaryExpr) bool {
		return cmp.Op == token.EQL && code.IsNil(r.Info, cmp.Y) && r.Asks(cmp.X, ctx)
	}); {
	case !goesOn:
		return s.Body.List
	case s.Else != nil:
		return []ast.Stmt{s.Else}
	case !code.EndsPass(s.Body.List):
		return nil
	}
	for _, list := range r.Loop.Lists() {
		if i := slices.Index(list, ast.Stmt(s)); i >= 0 {
			return list[i+1:]
		}
	}
	return nil
}

// AnswerText returns statements as text, with the error of ctx in the place of variables
// that have it, as one does that init may give it to, and of those in ended.
func (r *Reading) AnswerText(list []ast.Stmt, init ast.Stmt, ctx string, ended ...types.Object) string {
	if len(list) == 0 {
		return ""
	}
	if a, ok := init.(*ast.AssignStmt); ok && len(a.Lhs) == 1 {
		ended = append(ended, code.Local(r.Info, a.Lhs[0]))
	}
	var edits []edit.Edit
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && code.IsError(r.Info.TypeOf(id)) && (r.asks(id, ctx) || slices.Contains(ended, r.Info.Uses[id])) {
				edits = append(edits, edit.Replace(id, ctx+".Err()"))
			}
			return true
		})
	}
	return r.Apply(list[0].Pos(), list[len(list)-1].End(), edits)
}

// withoutTimers returns list without what only serves a timer.
func (r *Reading) withoutTimers(list []ast.Stmt) []ast.Stmt {
	return slices.DeleteFunc(slices.Clone(list), func(s ast.Stmt) bool { return r.Timers[s] })
}
