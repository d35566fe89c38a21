package tidy

import (
	"go/ast"
	"go/parser"
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

// MarkedNil leaves out the question for success where the mark of no error is none, and
// what else is asked can be asked of no error:
//
//	if err == nil || errors.Is(err, ErrGone) { return v, final(err) }
//	return v, err
func MarkedNil(text string, mark func(string) string) string {
	s := edit.ParseSnippet(text)
	if s == nil || len(s.List) < 2 {
		return text
	}
	t := s.Tail(2)
	test, ok := t[0].(*ast.IfStmt)
	last, ok2 := t[1].(*ast.ReturnStmt)
	if !ok || !ok2 || len(last.Results) == 0 || test.Init != nil || test.Else != nil || len(test.Body.List) != 1 {
		return text
	}
	err := s.Of(code.LastResult(last))
	if s.Of(test.Body.List[0]) != s.Text[last.Pos()-s.Base:code.LastResult(last).Pos()-s.Base]+mark(err) {
		return text
	}
	list := code.Operands(test.Cond, token.LOR)
	if len(list) < 2 || s.Of(list[0]) != err+" == nil" || s.CommentedBetween(test.Cond.Pos(), test.Cond.End()) {
		return text
	}
	for _, e := range list[1:] {
		if not, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && not.Op == token.NOT {
			e = not.X
		}
		if !failsIf(s, e, err) {
			return text
		}
	}
	return text[:test.Cond.Pos()-s.Base] + text[list[1].Pos()-s.Base:]
}

// MarkedEach shortens the statements of an operation that marks each error that it returns,
// where the mark of no error is none: it does so as without the marks.
//
//	if err := op(); err != nil { return again(err) }
//	return nil
//
// is `return again(op())`.
func MarkedEach(text, done string, mark func(string) string) string {
	all := true
	plain := eachReturned(text, func(err string) string {
		e, parseErr := parser.ParseExpr(err)
		call, ok := e.(*ast.CallExpr)
		if parseErr != nil || !ok || len(call.Args) == 0 {
			all = false
			return err
		}
		arg := call.Args[0]
		of := err[arg.Pos()-1 : arg.End()-1]
		all = all && mark(of) == err
		return of
	})
	if !all {
		return text
	}
	return eachReturned(Body(plain, done, false), mark)
}

// eachReturned returns the statements of an operation with what they return, other than
// nil, written anew.
func eachReturned(text string, write func(string) string) string {
	s := edit.ParseSnippet(text)
	if s == nil {
		return text
	}
	var out strings.Builder
	at := s.Base
	for _, stmt := range s.List {
		ast.Inspect(stmt, func(n ast.Node) bool {
			if ret, ok := n.(*ast.ReturnStmt); ok && len(ret.Results) == 1 && s.Of(ret.Results[0]) != "nil" {
				err := ret.Results[0]
				out.WriteString(s.Text[at-s.Base:err.Pos()-s.Base] + write(s.Of(err)))
				at = err.End()
			}
			_, literal := n.(*ast.FuncLit)
			return !literal
		})
	}
	return out.String() + s.Text[at-s.Base:]
}
