package restate

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// sameExit writes a loop that does inside what follows it so that it leaves for that:
//
//	for range 3 {
//		if err = op(); final(err) {
//			return fmt.Errorf("op: %w", err)
//		}
//		...
//	}
//	return fmt.Errorf("op: %w", err)
//
// has `break` in place of the first return; nil if nothing inside is the same. Only
// what hands on an error that the loop gives counts: success has a way of its own.
func (r *restater) sameExit() *Form {
	if r.loop.IsGoto() || !r.handsOnError() {
		return nil
	}
	var edits []edit.Edit
	look := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			return false // a break there leaves something else
		case *ast.IfStmt:
			if list := n.Body.List; len(list) > 0 && r.sameStatements(list, r.loop.After) {
				if pos, end := list[0].Pos(), list[len(list)-1].End(); !r.commented(pos, end) {
					edits = append(edits, edit.Span(pos, end, "break"))
				}
			}
		}
		return true
	}
	for _, s := range r.loop.Body {
		ast.Inspect(s, look)
	}
	if len(edits) == 0 {
		return nil
	}
	pos, end := r.loop.Outer.Pos(), r.loop.End()
	form := newForm(r.Site, pos, end, r.Apply(pos, end, edits), r.Indent(pos))
	if form != nil {
		form.sameDelays = true
		form.Fits = calls // a loop that stays may as well leave where it does
	}
	return form
}

// commented reports whether a comment stands between pos and end.
func (r *restater) commented(pos, end token.Pos) bool {
	return len(code.Comments(r.File, pos, end)) > 0
}

// handsOnError reports whether what follows the loop returns an error that it gives a
// value, or makes one of it.
func (r *restater) handsOnError() bool {
	after := r.loop.After
	return code.EndsInReturn(after) && r.loop.HandsOn(code.Last(after))
}

// sameStatements reports whether x and y are written alike and name the same.
func (r *restater) sameStatements(x, y []ast.Stmt) bool {
	return slices.EqualFunc(x, y, func(x, y ast.Stmt) bool {
		return r.Text(x) == r.Text(y) && slices.Equal(code.Named(r.info, x), code.Named(r.info, y))
	})
}
