package tidy

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// inlineCall rewrites
//
//	v, err := op()
//	return v, err
//
// and `err := op()`, which may be returned behind constants.
func inlineCall(s *edit.Snippet, _ bool) string {
	t := s.Tail(2)
	if t == nil || s.Commented(t[0], t[1]) {
		return s.Text
	}
	a, ok := t[0].(*ast.AssignStmt)
	ret, ok2 := t[1].(*ast.ReturnStmt)
	if !ok || !ok2 || a.Tok != token.DEFINE || len(a.Rhs) != 1 || len(ret.Results) < len(a.Lhs) {
		return s.Text
	}
	others := ret.Results[:len(ret.Results)-len(a.Lhs)]
	text := "return "
	for _, x := range others {
		if !isPlain(x) || len(a.Lhs) > 1 {
			return s.Text
		}
		text += s.Of(x) + ", "
	}
	for i, lhs := range a.Lhs {
		if s.Of(lhs) != s.Of(ret.Results[len(others)+i]) {
			return s.Text
		}
	}
	return s.Replace(t[0], t[1], text+s.Of(a.Rhs[0]))
}
