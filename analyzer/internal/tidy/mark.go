package tidy

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// Marked leaves it to the mark for final errors which of them are:
//
//	err := op()
//	if errors.Is(err, ErrGone) { return final(err) }
//	return err
//
// is `return final(op(), ErrGone)`. Mark writes the mark of what it is given.
func Marked(text string, mark func(string) string) string {
	s := edit.ParseSnippet(text)
	if s == nil || len(s.List) == 0 {
		return text
	}
	n := len(s.List) - 1
	last, ok := s.List[n].(*ast.ReturnStmt)
	if !ok || len(last.Results) == 0 {
		return text
	}
	result := last.Results[len(last.Results)-1]
	err := s.Of(result)
	first, kinds := n, ""
	for ; first > 0; first-- {
		more := kindsOf(s, s.List[first-1], last, mark(err))
		if more == "" {
			break
		}
		kinds = more + kinds
	}
	if kinds == "" || s.Commented(s.List[first], last) {
		return text
	}
	from := s.List[first].Pos()
	if first > 0 && len(last.Results) == 1 {
		a, ok := s.List[first-1].(*ast.AssignStmt)
		if ok && a.Tok == token.DEFINE && len(a.Lhs) == 1 && len(a.Rhs) == 1 && s.Of(a.Lhs[0]) == err && !s.Commented(a, last) {
			from, err = a.Pos(), s.Of(a.Rhs[0])
		}
	}
	others := s.Text[last.Pos()-s.Base : result.Pos()-s.Base]
	return s.Text[:from-s.Base] + others + mark(err+kinds)
}

// kindsOf returns which errors are marked where stmt does so with the one that last
// returns, each behind a comma; "" if it does anything else.
//
//	if errors.Is(err, ErrGone) || errors.Is(err, ErrForbidden) { return v, final(err) }
func kindsOf(s *edit.Snippet, stmt ast.Stmt, last *ast.ReturnStmt, marked string) (kinds string) {
	test, ok := stmt.(*ast.IfStmt)
	if !ok || test.Init != nil || test.Else != nil || len(test.Body.List) != 1 {
		return ""
	}
	ret, ok := test.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != len(last.Results) || s.Of(code.LastResult(ret)) != marked {
		return ""
	}
	for _, e := range code.Operands(test.Cond, token.LOR) {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		if !ok || s.Of(call.Fun) != "errors.Is" || len(call.Args) != 2 || s.Of(call.Args[0]) != s.Of(code.LastResult(last)) || strings.Contains(s.Of(call.Args[1]), "(") {
			return ""
		}
		kinds += ", " + s.Of(call.Args[1])
	}
	return kinds
}
