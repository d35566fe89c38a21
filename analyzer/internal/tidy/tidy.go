// Package tidy shortens statements where a hand-writer would have written less. Each
// rule keeps the meaning of the text that it is given.
package tidy

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// Body applies the rules to the statements in text until none fits, and ends
// them with a return. With zero, the value beside an error stays the zero value.
func Body(text, done string, zero bool) string {
	rules := []func(*edit.Snippet, string) string{dropSameReturn, dropNilTest, splitTest, dropFinalTest, inlineCall, askForFailure}
	if !zero {
		rules = append(rules, inlineValue)
	}
	for range 10 {
		next := text
		for _, rule := range rules {
			s := edit.ParseSnippet(next)
			if s == nil {
				return text
			}
			next = rule(s, done)
		}
		if next == text {
			break
		}
		text = next
	}
	text = strings.TrimRight(text, " \t\n")
	if s := edit.ParseSnippet(text); s != nil && !code.Terminating(s.List) {
		text += "\n" + done
	}
	return text
}

// Tail shortens the end of the statements that take the place of the loop.
func Tail(text string) string {
	if s := edit.ParseSnippet(text); s != nil {
		text = dropFinalTest(s, "return nil")
	}
	for _, rule := range []func(*edit.Snippet) string{joinReturns, returnCall} {
		if s := edit.ParseSnippet(text); s != nil {
			text = rule(s)
		}
	}
	return text
}

// DropsError reports whether nothing is done with the error of the helper but to
// return, as without one. Results is whether the function has some, one of which
// the error may be:
//
//	if err := op(); err != nil { return }
//	return
func DropsError(text string, results bool) bool {
	s := edit.ParseSnippet(text)
	if s == nil || len(s.List) == 0 {
		return false
	}
	test := s.List[len(s.List)-1]
	if s.Of(test) == "return" && len(s.List) > 1 {
		test = s.List[len(s.List)-2]
	}
	x, then := s.NilTest(test, token.NEQ)
	return x != "" && s.Of(then) == "return" && (!results || test.(*ast.IfStmt).Init != nil)
}

// joinReturns rewrites
//
//	if err != nil { return v, err }
//	return v, nil
func joinReturns(s *edit.Snippet) string {
	t := s.Tail(2)
	if t == nil || s.Commented(t[0], t[1]) {
		return s.Text
	}
	x, then := s.NilTest(t[0], token.NEQ)
	failed, ok := then.(*ast.ReturnStmt)
	worked, ok2 := t[1].(*ast.ReturnStmt)
	if x == "" || t[0].(*ast.IfStmt).Init != nil || !ok || !ok2 || len(failed.Results) < 2 || len(failed.Results) != len(worked.Results) {
		return s.Text
	}
	last := len(failed.Results) - 1
	for i := range last {
		if s.Of(failed.Results[i]) != s.Of(worked.Results[i]) {
			return s.Text
		}
	}
	if s.Of(failed.Results[last]) != x || s.Of(worked.Results[last]) != "nil" {
		return s.Text
	}
	return s.Replace(t[0], t[1], s.Of(failed))
}

// returnCall rewrites
//
//	if err := op(); err != nil { return v, err }
//	return v, nil
//
// where v is a constant or nil, and
//
//	err := op()
//	return err
func returnCall(s *edit.Snippet) string {
	s2 := edit.ParseSnippet(inlineCall(s, ""))
	t := s2.Tail(2)
	if t == nil || s2.Commented(t[0], t[1]) {
		return s2.Text
	}
	x, then := s2.NilTest(t[0], token.NEQ)
	failed, ok := then.(*ast.ReturnStmt)
	worked, ok2 := t[1].(*ast.ReturnStmt)
	if x == "" || !ok || !ok2 || len(failed.Results) < 2 || len(failed.Results) != len(worked.Results) {
		return s2.Text
	}
	init, ok := t[0].(*ast.IfStmt).Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE || len(init.Lhs) != 1 {
		return s2.Text
	}
	last := len(failed.Results) - 1
	text := "return "
	for i := range last {
		if v := s2.Of(failed.Results[i]); v != s2.Of(worked.Results[i]) || !isPlain(failed.Results[i]) {
			return s2.Text
		}
		text += s2.Of(failed.Results[i]) + ", "
	}
	if s2.Of(failed.Results[last]) != x || s2.Of(worked.Results[last]) != "nil" {
		return s2.Text
	}
	return s2.Replace(t[0], t[1], text+s2.Of(init.Rhs[0]))
}

// isPlain reports whether e is written as a constant, or nil, true or false.
func isPlain(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		return e.Name == "nil" || e.Name == "true" || e.Name == "false"
	}
	return false
}

// dropSameReturn drops the return of
//
//	if again { log(err); return err }
//	return err
func dropSameReturn(s *edit.Snippet, _ string) string {
	t := s.Tail(2)
	if t == nil {
		return s.Text
	}
	x, ok := t[0].(*ast.IfStmt)
	if !ok || x.Else != nil || len(x.Body.List) < 2 {
		return s.Text
	}
	last := x.Body.List[len(x.Body.List)-1]
	if _, ok := last.(*ast.ReturnStmt); !ok || s.Of(last) != s.Of(t[1]) {
		return s.Text
	}
	before := x.Body.List[len(x.Body.List)-2]
	if s.CommentedBetween(before.End(), last.End()) {
		return s.Text
	}
	return s.Text[:before.End()-s.Base] + s.Text[last.End()-s.Base:]
}

// dropNilTest rewrites
//
//	if err == nil { return nil }
//	return err
func dropNilTest(s *edit.Snippet, done string) string {
	t := s.Tail(2)
	if t == nil {
		return s.Text
	}
	x, then := s.NilTest(t[0], token.EQL)
	if x == "" || t[0].(*ast.IfStmt).Init != nil || s.Of(then) != done || done != "return nil" || s.Returned(t[1]) != x || s.Commented(t[0], t[1]) {
		return s.Text
	}
	return s.Replace(t[0], t[1], s.Of(t[1]))
}

// splitTest rewrites
//
//	if v, err = op(); err == nil { return nil }
//	return err
func splitTest(s *edit.Snippet, done string) string {
	t := s.Tail(2)
	if t == nil || done != "return nil" {
		return s.Text
	}
	x, then := s.NilTest(t[0], token.EQL)
	if x == "" || s.Of(then) != done || s.Returned(t[1]) != x || s.Commented(t[0], t[1]) {
		return s.Text
	}
	a, ok := t[0].(*ast.IfStmt).Init.(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN {
		return s.Text
	}
	return s.Replace(t[0], t[0], s.Of(a))
}

// askForFailure rewrites
//
//	if err == nil { return v, nil }
//	log(err)
//	return v, err
//
// to `if err != nil { log(err) }; return v, err`.
func askForFailure(s *edit.Snippet, _ string) string {
	n := len(s.List)
	for i := n - 3; i >= 0; i-- {
		x, then := s.NilTest(s.List[i], token.EQL)
		last, ok := s.List[n-1].(*ast.ReturnStmt)
		if x == "" || s.List[i].(*ast.IfStmt).Init != nil || !ok || s.CommentedBetween(s.List[i].Pos(), s.List[i].End()) {
			continue
		}
		text := s.Of(last)
		if !strings.HasSuffix(text, x) || s.Of(then) != strings.TrimSuffix(text, x)+"nil" || declares(s.List[i+1:n-1]) {
			continue
		}
		work := s.Text[s.List[i].End()-s.Base : s.List[n-2].End()-s.Base]
		return s.Text[:s.List[i].Pos()-s.Base] + "if " + x + " != nil {" + work + "\n}" + s.Text[s.List[n-2].End()-s.Base:]
	}
	return s.Text
}

// declares reports whether list declares variables, or leaves.
func declares(list []ast.Stmt) bool {
	for _, x := range list {
		switch x := x.(type) {
		case *ast.DeclStmt:
			return true
		case *ast.AssignStmt:
			if x.Tok == token.DEFINE {
				return true
			}
		case *ast.ExprStmt, *ast.IncDecStmt:
		default:
			return true // it may have ways out: what is asked for first reads better
		}
	}
	return false
}

// dropFinalTest rewrites
//
//	if err := op(); err != nil { return err }
//	return nil
func dropFinalTest(s *edit.Snippet, done string) string {
	t := s.Tail(2)
	if t == nil || s.Of(t[1]) != done || done != "return nil" || s.Commented(t[0], t[1]) {
		return s.Text
	}
	x, then := s.NilTest(t[0], token.NEQ)
	if x == "" || s.Returned(then) != x {
		return s.Text
	}
	if len(t[1].(*ast.ReturnStmt).Results) != 1 {
		return s.Text
	}
	if init := t[0].(*ast.IfStmt).Init; init != nil {
		return s.Replace(t[0], t[1], s.Of(init)+"\nreturn "+x)
	}
	return s.Replace(t[0], t[1], "return "+x)
}

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
