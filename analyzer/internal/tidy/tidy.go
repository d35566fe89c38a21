// Package tidy shortens statements where a hand-writer would have written less. Each
// rule keeps the meaning of the text that it is given.
package tidy

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// Body applies the rules to the statements in text until none fits, and ends
// them with a return. With zero, the value beside an error stays the zero value.
func Body(text, done string, zero bool) string {
	rules := []func(*edit.Snippet, string) string{dropSameReturn, dropNilTest, dropWorked, splitTest, dropFinalTest, inlineCall, askForFailure}
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
	for _, rule := range []func(*edit.Snippet) string{joinReturns, returnCall, returnTest} {
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
//
// and two returns of the same, such as the results by their names.
func joinReturns(s *edit.Snippet) string {
	t := s.Tail(2)
	if t == nil || s.Commented(t[0], t[1]) {
		return s.Text
	}
	x, then := s.NilTest(t[0], token.NEQ)
	failed, ok := then.(*ast.ReturnStmt)
	worked, ok2 := t[1].(*ast.ReturnStmt)
	if x == "" || t[0].(*ast.IfStmt).Init != nil || !ok || !ok2 || s.Of(failed) != s.Of(worked) && !alikeBut(s, x, failed, worked) {
		return s.Text
	}
	return s.Replace(t[0], t[1], s.Of(failed))
}

// alikeBut reports whether two returns have the same values, one at least, but for the
// error x in the first one and nil in the second.
func alikeBut(s *edit.Snippet, x string, failed, worked *ast.ReturnStmt) bool {
	last := len(failed.Results) - 1
	if last < 1 || len(worked.Results) != last+1 || s.Of(failed.Results[last]) != x || s.Of(worked.Results[last]) != "nil" {
		return false
	}
	return slices.EqualFunc(failed.Results[:last], worked.Results[:last], func(a, b ast.Expr) bool { return s.Of(a) == s.Of(b) })
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
	if x == "" || !ok || !ok2 || !alikeBut(s2, x, failed, worked) {
		return s2.Text
	}
	init, ok := t[0].(*ast.IfStmt).Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE || len(init.Lhs) != 1 {
		return s2.Text
	}
	text := "return "
	for _, v := range code.OtherResults(failed) {
		if !isPlain(v) {
			return s2.Text
		}
		text += s2.Of(v) + ", "
	}
	return s2.Replace(t[0], t[1], text+s2.Of(init.Rhs[0]))
}

// returnTest rewrites
//
//	if err := op(); err != nil { return true }
//	return false
func returnTest(s *edit.Snippet) string {
	t := s.Tail(2)
	if t == nil || s.Commented(t[0], t[1]) {
		return s.Text
	}
	x, ok := t[0].(*ast.IfStmt)
	if !ok || x.Init == nil || x.Else != nil || len(x.Body.List) != 1 {
		return s.Text
	}
	init, ok := x.Init.(*ast.AssignStmt)
	cmp, ok2 := x.Cond.(*ast.BinaryExpr)
	if !ok || !ok2 || init.Tok != token.DEFINE || len(init.Lhs) != 1 || s.Of(cmp.X) != s.Of(init.Lhs[0]) || s.Of(cmp.Y) != "nil" {
		return s.Text
	}
	op := cmp.Op.String()
	switch s.Returned(x.Body.List[0]) + s.Returned(t[1]) {
	case "truefalse":
	case "falsetrue":
		op = code.Opposite[cmp.Op]
	default:
		return s.Text
	}
	return s.Replace(t[0], t[1], "return "+s.Of(init.Rhs[0])+" "+op+" nil")
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
