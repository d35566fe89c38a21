package restate

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// nested writes a loop that waits in the second part of a condition so that the wait
// stands for itself:
//
//	if n > 0 && !sleep(ctx, d) {
//		return err
//	}
//
// becomes `if n > 0 { if !sleep(ctx, d) { return err } }`; nil if none does.
func (r *restater) nested() *Form {
	var edits []edit.Edit
	r.loop.Inspect(func(n ast.Node) bool {
		x, ok := n.(*ast.IfStmt)
		if !ok || x.Init != nil || x.Else != nil {
			return true
		}
		if and, ok := x.Cond.(*ast.BinaryExpr); ok && and.Op == token.LAND && r.takesDelay(and.Y) {
			edits = append(edits, edit.Span(and.X.End(), and.Y.Pos(), " {\nif "), edit.Insert(x.End(), "\n}"))
		}
		return true
	})
	if len(edits) == 0 {
		return nil
	}
	pos, end := r.loop.Outer.Pos(), r.loop.End()
	form := newForm(r.Site, pos, end, r.Apply(pos, end, edits), r.Indent(pos))
	if form != nil {
		form.More = len(edits) / 2
	}
	return form
}

// takesDelay reports whether a call in e is given a duration.
func (r *restater) takesDelay(e ast.Expr) bool {
	return code.Any(e, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		return ok && slices.ContainsFunc(call.Args, func(arg ast.Expr) bool { return code.IsNamed(r.info.TypeOf(arg), "time", "Duration") })
	})
}
