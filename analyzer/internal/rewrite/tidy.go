package rewrite

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// Tidying shortens the body of an operation where a hand-writer would have
// written less. Each rule keeps the meaning; done is the return of success.

// tidy applies the rules to the statements in text until none fits, and ends
// them with a return. With zero, the value beside an error stays the zero value.
func tidy(text, done string, zero bool) string {
	rules := []func(*snippet, string) string{dropSameReturn, dropNilTest, splitTest, dropFinalTest, inlineCall}
	if !zero {
		rules = append(rules, inlineValue)
	}
	for range 10 {
		next := text
		for _, rule := range rules {
			s := parseSnippet(next)
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
	if s := parseSnippet(text); s != nil && !code.Terminating(s.list) {
		text += "\n" + done
	}
	return text
}

// tidyTail shortens the end of the statements that take the place of the loop.
func tidyTail(text string) string {
	if s := parseSnippet(text); s != nil {
		text = dropFinalTest(s, "return nil")
	}
	for _, rule := range []func(*snippet) string{joinReturns, returnCall} {
		if s := parseSnippet(text); s != nil {
			text = rule(s)
		}
	}
	return text
}

// dropsError reports whether nothing is done with the error of the helper but to
// return, as without one. Results is whether the function has some, one of which
// the error may be:
//
//	if err := op(); err != nil { return }
//	return
func dropsError(text string, results bool) bool {
	s := parseSnippet(text)
	if s == nil || len(s.list) == 0 {
		return false
	}
	test := s.list[len(s.list)-1]
	if s.of(test) == "return" && len(s.list) > 1 {
		test = s.list[len(s.list)-2]
	}
	x, then := s.nilTest(test, token.NEQ)
	return x != "" && s.of(then) == "return" && (!results || test.(*ast.IfStmt).Init != nil)
}

// joinReturns rewrites
//
//	if err != nil { return v, err }
//	return v, nil
func joinReturns(s *snippet) string {
	t := s.tail(2)
	if t == nil || s.commented(t[0], t[1]) {
		return s.text
	}
	x, then := s.nilTest(t[0], token.NEQ)
	failed, ok := then.(*ast.ReturnStmt)
	worked, ok2 := t[1].(*ast.ReturnStmt)
	if x == "" || t[0].(*ast.IfStmt).Init != nil || !ok || !ok2 || len(failed.Results) < 2 || len(failed.Results) != len(worked.Results) {
		return s.text
	}
	last := len(failed.Results) - 1
	for i := range last {
		if s.of(failed.Results[i]) != s.of(worked.Results[i]) {
			return s.text
		}
	}
	if s.of(failed.Results[last]) != x || s.of(worked.Results[last]) != "nil" {
		return s.text
	}
	return s.replace(t[0], t[1], s.of(failed))
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
func returnCall(s *snippet) string {
	s2 := parseSnippet(inlineCall(s, ""))
	t := s2.tail(2)
	if t == nil || s2.commented(t[0], t[1]) {
		return s2.text
	}
	x, then := s2.nilTest(t[0], token.NEQ)
	failed, ok := then.(*ast.ReturnStmt)
	worked, ok2 := t[1].(*ast.ReturnStmt)
	if x == "" || !ok || !ok2 || len(failed.Results) < 2 || len(failed.Results) != len(worked.Results) {
		return s2.text
	}
	init, ok := t[0].(*ast.IfStmt).Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE || len(init.Lhs) != 1 {
		return s2.text
	}
	last := len(failed.Results) - 1
	text := "return "
	for i := range last {
		if v := s2.of(failed.Results[i]); v != s2.of(worked.Results[i]) || !isPlain(failed.Results[i]) {
			return s2.text
		}
		text += s2.of(failed.Results[i]) + ", "
	}
	if s2.of(failed.Results[last]) != x || s2.of(worked.Results[last]) != "nil" {
		return s2.text
	}
	return s2.replace(t[0], t[1], text+s2.of(init.Rhs[0]))
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

// A snippet is a parsed list of statements.
type snippet struct {
	text string
	list []ast.Stmt
	base token.Pos
	file *ast.File
}

const snippetHead = "package p\nfunc _() {\n"

func parseSnippet(text string) *snippet {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", snippetHead+text+"\n}", parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	fn := file.Decls[0].(*ast.FuncDecl)
	return &snippet{text, fn.Body.List, file.FileStart + token.Pos(len(snippetHead)), file}
}

func (s *snippet) of(n ast.Node) string { return s.text[n.Pos()-s.base : n.End()-s.base] }

// replace replaces the text of the statements from a to b.
func (s *snippet) replace(a, b ast.Node, text string) string {
	return s.text[:a.Pos()-s.base] + text + s.text[b.End()-s.base:]
}

// commented reports whether there is a comment between a and b.
func (s *snippet) commented(a, b ast.Node) bool {
	return s.commentedBetween(a.Pos(), b.End())
}

func (s *snippet) commentedBetween(pos, end token.Pos) bool {
	for _, g := range s.file.Comments {
		if pos <= g.Pos() && g.End() <= end {
			return true
		}
	}
	return false
}

// tail returns the last n statements, or nil.
func (s *snippet) tail(n int) []ast.Stmt {
	if len(s.list) < n {
		return nil
	}
	return s.list[len(s.list)-n:]
}

// returned returns x of `return x`, or "".
func (s *snippet) returned(stmt ast.Stmt) string {
	r, ok := stmt.(*ast.ReturnStmt)
	if !ok || len(r.Results) != 1 {
		return ""
	}
	if _, ok := r.Results[0].(*ast.Ident); !ok {
		return ""
	}
	return s.of(r.Results[0])
}

// nilTest returns x of `if x op nil { stmt }`, and stmt.
func (s *snippet) nilTest(stmt ast.Stmt, op token.Token) (string, ast.Stmt) {
	x, ok := stmt.(*ast.IfStmt)
	if !ok || x.Else != nil || len(x.Body.List) != 1 {
		return "", nil
	}
	cmp, ok := x.Cond.(*ast.BinaryExpr)
	if !ok || cmp.Op != op || s.of(cmp.Y) != "nil" {
		return "", nil
	}
	return s.of(cmp.X), x.Body.List[0]
}

// dropSameReturn drops the return of
//
//	if again { log(err); return err }
//	return err
func dropSameReturn(s *snippet, _ string) string {
	t := s.tail(2)
	if t == nil {
		return s.text
	}
	x, ok := t[0].(*ast.IfStmt)
	if !ok || x.Else != nil || len(x.Body.List) < 2 {
		return s.text
	}
	last := x.Body.List[len(x.Body.List)-1]
	if _, ok := last.(*ast.ReturnStmt); !ok || s.of(last) != s.of(t[1]) {
		return s.text
	}
	before := x.Body.List[len(x.Body.List)-2]
	if s.commentedBetween(before.End(), last.End()) {
		return s.text
	}
	return s.text[:before.End()-s.base] + s.text[last.End()-s.base:]
}

// dropNilTest rewrites
//
//	if err == nil { return nil }
//	return err
func dropNilTest(s *snippet, done string) string {
	t := s.tail(2)
	if t == nil {
		return s.text
	}
	x, then := s.nilTest(t[0], token.EQL)
	if x == "" || t[0].(*ast.IfStmt).Init != nil || s.of(then) != done || done != "return nil" || s.returned(t[1]) != x || s.commented(t[0], t[1]) {
		return s.text
	}
	return s.replace(t[0], t[1], s.of(t[1]))
}

// splitTest rewrites
//
//	if v, err = op(); err == nil { return nil }
//	return err
func splitTest(s *snippet, done string) string {
	t := s.tail(2)
	if t == nil || done != "return nil" {
		return s.text
	}
	x, then := s.nilTest(t[0], token.EQL)
	if x == "" || s.of(then) != done || s.returned(t[1]) != x || s.commented(t[0], t[1]) {
		return s.text
	}
	a, ok := t[0].(*ast.IfStmt).Init.(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN {
		return s.text
	}
	return s.replace(t[0], t[0], s.of(a))
}

// dropFinalTest rewrites
//
//	if err := op(); err != nil { return err }
//	return nil
func dropFinalTest(s *snippet, done string) string {
	t := s.tail(2)
	if t == nil || s.of(t[1]) != done || done != "return nil" || s.commented(t[0], t[1]) {
		return s.text
	}
	x, then := s.nilTest(t[0], token.NEQ)
	if x == "" || s.returned(then) != x {
		return s.text
	}
	if len(t[1].(*ast.ReturnStmt).Results) != 1 {
		return s.text
	}
	if init := t[0].(*ast.IfStmt).Init; init != nil {
		return s.replace(t[0], t[1], s.of(init)+"\nreturn "+x)
	}
	return s.replace(t[0], t[1], "return "+x)
}

// inlineCall rewrites
//
//	err := op()
//	return err
func inlineCall(s *snippet, _ string) string {
	t := s.tail(2)
	if t == nil {
		return s.text
	}
	a, ok := t[0].(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 1 || len(a.Rhs) != 1 || s.returned(t[1]) != s.of(a.Lhs[0]) || s.commented(t[0], t[1]) {
		return s.text
	}
	return s.replace(t[0], t[1], "return "+s.of(a.Rhs[0]))
}

// inlineValue rewrites
//
//	v, err := op()
//	if err == nil { return v, nil }
//	return zero, err
//
// and the same where the test is for failure.
func inlineValue(s *snippet, _ string) string {
	t := s.tail(3)
	if t == nil || s.commented(t[0], t[2]) {
		return s.text
	}
	a, ok := t[0].(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 2 || len(a.Rhs) != 1 {
		return s.text
	}
	v, err := s.of(a.Lhs[0]), s.of(a.Lhs[1])
	x, worked := s.nilTest(t[1], token.EQL)
	failed := t[2]
	if x == "" {
		x, failed = s.nilTest(t[1], token.NEQ)
		worked = t[2]
	}
	if x != err || t[1].(*ast.IfStmt).Init != nil || s.of(worked) != "return "+v+", nil" {
		return s.text
	}
	if ret, ok := failed.(*ast.ReturnStmt); !ok || len(ret.Results) != 2 || s.of(ret.Results[1]) != err {
		return s.text
	}
	return s.replace(t[0], t[2], "return "+s.of(a.Rhs[0]))
}
