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
// them with a return. Loose says that they return a value, which nobody reads beside
// an error.
func Body(text, done string, loose bool) string {
	rules := []func(*edit.Snippet, bool) string{switchAsIf, dropElse, dropSameReturn, dropAnd, dropNilTest, dropWorked, splitTest, dropFinalTest, inlineCall, askForFailure}
	s := edit.ParseSnippet(text)
	for range 10 {
		for _, rule := range rules {
			if s != nil {
				s = changed(s, rule(s, loose))
			}
		}
		if s == nil || s.Text == text {
			break
		}
		text = s.Text
	}
	if s == nil {
		return text
	}
	text = strings.TrimRight(text, " \t\n")
	if !code.Terminating(s.List) {
		text += "\n" + done
	}
	return text
}

// changed returns the statements of text, into which s was changed; nil if it is something
// else.
func changed(s *edit.Snippet, text string) *edit.Snippet {
	if text == s.Text {
		return s
	}
	return edit.ParseSnippet(text)
}

// Tail shortens the end of the statements that take the place of the loop.
func Tail(text string) string {
	s := edit.ParseSnippet(text)
	for _, rule := range []func(*edit.Snippet) string{joinReturns, returnCall, returnTest} {
		if s == nil {
			break
		}
		text = rule(s)
		s = changed(s, text)
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
	x, failed := s.NilTest(t[0], token.NEQ)
	if x == "" || t[0].(*ast.IfStmt).Init != nil {
		return s.Text
	}
	if _, ok := failed.(*ast.ReturnStmt); ok && s.Of(failed) == s.Of(t[1]) {
		return s.Replace(t[0], t[1], s.Of(failed))
	}
	if text := eitherReturn(s, x, failed, t[1], false); text != "" {
		return s.Replace(t[0], t[1], text)
	}
	return s.Text
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
	s2 := edit.ParseSnippet(inlineCall(s, false))
	t := s2.Tail(2)
	if t == nil || s2.Commented(t[0], t[1]) {
		return s2.Text
	}
	x, then := s2.NilTest(t[0], token.NEQ)
	if eitherReturn(s2, x, then, t[1], false) == "" {
		return s2.Text
	}
	init, ok := t[0].(*ast.IfStmt).Init.(*ast.AssignStmt)
	failed := then.(*ast.ReturnStmt)
	if !ok || slices.ContainsFunc(code.OtherResults(failed), func(v ast.Expr) bool { return !isPlain(v) }) {
		return s2.Text
	}
	if init.Tok != token.DEFINE || len(init.Lhs) != 1 {
		return s2.Replace(t[0], t[1], s2.Of(init)+"\n"+s2.Of(failed))
	}
	err := failed.Results[len(failed.Results)-1]
	return s2.Replace(t[0], t[1], s2.Text[failed.Pos()-s2.Base:err.Pos()-s2.Base]+s2.Of(init.Rhs[0]))
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
	op := cmp.Op
	switch s.Returned(x.Body.List[0]) + s.Returned(t[1]) {
	case "truefalse":
	case "falsetrue":
		op = code.Opposite[cmp.Op]
	default:
		return s.Text
	}
	return s.Replace(t[0], t[1], "return "+s.Of(init.Rhs[0])+" "+op.String()+" nil")
}

// isPlain reports whether e is written as a constant, or nil, true or false, or has no
// fields.
func isPlain(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.CompositeLit:
		return len(e.Elts) == 0
	case *ast.Ident:
		return e.Name == "nil" || e.Name == "true" || e.Name == "false"
	}
	return false
}

// dropElse drops an else of which nothing is left.
func dropElse(s *edit.Snippet, _ bool) string {
	for _, x := range s.List {
		if x, ok := x.(*ast.IfStmt); ok {
			if e, ok := x.Else.(*ast.BlockStmt); ok && len(e.List) == 0 && !s.Commented(e, e) {
				return s.Text[:x.Body.End()-s.Base] + s.Text[e.End()-s.Base:]
			}
		}
	}
	return s.Text
}

// dropSameReturn drops the first return of
//
//	if again { log(err); return err }
//	return err
//
// and of
//
//	if err != nil { log(err); return v, err }
//	return v, nil
func dropSameReturn(s *edit.Snippet, loose bool) string {
	t := s.Tail(2)
	if t == nil {
		return s.Text
	}
	x, ok := t[0].(*ast.IfStmt)
	if !ok || x.Else != nil || len(x.Body.List) < 2 {
		return s.Text
	}
	last, one := x.Body.List[len(x.Body.List)-1], s.Of(t[1])
	if cmp, ok := x.Cond.(*ast.BinaryExpr); ok && x.Init == nil && cmp.Op == token.NEQ && s.Of(cmp.Y) == "nil" {
		if either := eitherReturn(s, s.Of(cmp.X), last, t[1], loose); either != "" && !declares(x.Body.List[:len(x.Body.List)-1]) {
			one = either
		}
	}
	if _, ok := last.(*ast.ReturnStmt); !ok || one == s.Of(t[1]) && s.Of(last) != one {
		return s.Text
	}
	before := x.Body.List[len(x.Body.List)-2]
	if s.CommentedBetween(before.End(), last.End()) {
		return s.Text
	}
	return s.Text[:before.End()-s.Base] + s.Text[last.End()-s.Base:t[1].Pos()-s.Base] + one + s.Text[t[1].End()-s.Base:]
}
