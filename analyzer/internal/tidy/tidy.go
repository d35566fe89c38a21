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

// A rule shortens statements, if it can. Loose says that nobody reads a value that they
// return beside an error.
type rule func(s *edit.Snippet, loose bool) string

// ofBody are the rules for the statements of an operation, ofTail those for the end of what
// takes the place of the loop.
var (
	ofBody = []rule{switchAsIf, dropElse, dropSameReturn, dropAnd, dropNilTest, dropWorked, dropFinalTest, dropTestAround, inlineCall, askForFailure}
	ofTail = []rule{dropFinalTest, inlineCall, returnTest}
)

// Body shortens the statements of an operation, and ends them with done if they do not
// return.
func Body(text, done string, loose bool) string {
	s := shorten(text, ofBody, loose)
	if s == nil {
		return text
	}
	text = strings.TrimRight(s.Text, " \t\n")
	if !code.Terminating(s.List) {
		text += "\n" + done
	}
	return text
}

// Tail shortens the end of the statements that take the place of the loop.
func Tail(text string) string {
	if s := shorten(text, ofTail, false); s != nil {
		return s.Text
	}
	return text
}

// shorten applies rules to statements until none fits; nil if text is something else.
func shorten(text string, rules []rule, loose bool) *edit.Snippet {
	s := edit.ParseSnippet(text)
	for range 10 {
		before := s
		for _, shorter := range rules {
			if s == nil {
				return nil
			}
			if text := shorter(s, loose); text != s.Text {
				s = edit.ParseSnippet(text)
			}
		}
		if s == before {
			break
		}
	}
	return s
}

// DropReturn drops a return at the end of statements that end a function without results,
// also of what is done there in an if.
func DropReturn(text string) string {
	s := edit.ParseSnippet(text)
	if s == nil || len(s.List) == 0 {
		return text
	}
	last, before := s.List[len(s.List)-1], token.NoPos
	if len(s.List) > 1 {
		before = s.List[len(s.List)-2].End()
	}
	if test, ok := last.(*ast.IfStmt); ok && test.Else == nil && len(test.Body.List) > 1 {
		n := len(test.Body.List)
		last, before = test.Body.List[n-1], test.Body.List[n-2].End()
	}
	if s.Of(last) != "return" || !before.IsValid() || s.CommentedBetween(before, last.End()) {
		return text
	}
	return s.Text[:before-s.Base] + s.Text[last.End()-s.Base:]
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

// returnTest rewrites
//
//	if err := op(); err != nil { return true }
//	return false
func returnTest(s *edit.Snippet, _ bool) string {
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
