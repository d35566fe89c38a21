package tidy

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// inlineCall rewrites
//
//	err := op()
//	return err
func inlineCall(s *edit.Snippet, _ string) string {
	t := s.Tail(2)
	if t == nil {
		return s.Text
	}
	a, ok := t[0].(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 1 || len(a.Rhs) != 1 || s.Returned(t[1]) != s.Of(a.Lhs[0]) || s.Commented(t[0], t[1]) {
		return s.Text
	}
	return s.Replace(t[0], t[1], "return "+s.Of(a.Rhs[0]))
}

// inlineValue rewrites
//
//	v, err := op()
//	if err == nil { return v, nil }
//	return zero, err
//
// and the same where the test is for failure.
func inlineValue(s *edit.Snippet, _ string) string {
	t := s.Tail(3)
	if t == nil || s.Commented(t[0], t[2]) {
		return s.Text
	}
	a, ok := t[0].(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 2 || len(a.Rhs) != 1 {
		return s.Text
	}
	v, err := s.Of(a.Lhs[0]), s.Of(a.Lhs[1])
	x, worked := s.NilTest(t[1], token.EQL)
	failed := t[2]
	if x == "" {
		x, failed = s.NilTest(t[1], token.NEQ)
		worked = t[2]
	}
	if x != err || t[1].(*ast.IfStmt).Init != nil || s.Of(worked) != "return "+v+", nil" {
		return s.Text
	}
	if ret, ok := failed.(*ast.ReturnStmt); !ok || len(ret.Results) != 2 || s.Of(ret.Results[1]) != err {
		return s.Text
	}
	return s.Replace(t[0], t[2], "return "+s.Of(a.Rhs[0]))
}
