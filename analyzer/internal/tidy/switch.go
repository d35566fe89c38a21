package tidy

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// switchAsIf rewrites a switch of two cases that return, at the end:
//
//	switch err {
//	case errBusy:
//		return err
//	default:
//		return final(err)
//	}
func switchAsIf(s *edit.Snippet, _ bool) string {
	t := s.Tail(1)
	if t == nil {
		return s.Text
	}
	x, ok := t[0].(*ast.SwitchStmt)
	if !ok || x.Init != nil || len(x.Body.List) != 2 {
		return s.Text
	}
	first, last := x.Body.List[0].(*ast.CaseClause), x.Body.List[1].(*ast.CaseClause)
	if last.List != nil || first.List == nil || slices.ContainsFunc(last.Body, declaring) || !code.EndsInReturn(first.Body) || !code.EndsInReturn(last.Body) || code.Breaks(first.Body) || code.Breaks(last.Body) {
		return s.Text
	}
	if s.CommentedBetween(x.Pos(), first.Body[0].Pos()) || s.CommentedBetween(code.Last(first.Body).End(), last.Body[0].Pos()) || s.CommentedBetween(code.Last(last.Body).End(), x.End()) {
		return s.Text
	}
	var conds []string
	for _, e := range first.List {
		cond := s.Of(e)
		if x.Tag != nil {
			if !isName(x.Tag) || !isName(e) {
				return s.Text
			}
			cond = s.Of(x.Tag) + " == " + cond
		}
		conds = append(conds, cond)
	}
	list := func(list []ast.Stmt) string { return s.Text[list[0].Pos()-s.Base : code.Last(list).End()-s.Base] }
	return s.Replace(x, x, "if "+strings.Join(conds, " || ")+" {\n"+list(first.Body)+"\n}\n"+list(last.Body))
}

// declaring reports whether stmt declares something for those behind it.
func declaring(stmt ast.Stmt) bool {
	_, decl := stmt.(*ast.DeclStmt)
	a, ok := stmt.(*ast.AssignStmt)
	return decl || ok && a.Tok == token.DEFINE
}

// isName reports whether e is a name, or one of a package or a field.
func isName(e ast.Expr) bool {
	if sel, ok := e.(*ast.SelectorExpr); ok {
		e = sel.X
	}
	_, ok := e.(*ast.Ident)
	return ok
}
