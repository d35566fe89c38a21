package tidy

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// LiftTest rewrites
//
//	for {
//		if !wait() { break }
//		...
//	}
//
// to `for wait() { ... }`. A return may stand for the break where the function ends behind
// the loop; if nothing comes there, what ends in a return moves there.
func LiftTest(text string, ends, alone bool) string {
	s := edit.ParseSnippet(text)
	if s == nil || len(s.List) != 1 {
		return text
	}
	stmt := s.List[0]
	if l, ok := stmt.(*ast.LabeledStmt); ok {
		stmt = l.Stmt
	}
	loop, ok := stmt.(*ast.ForStmt)
	if !ok || loop.Init != nil || loop.Cond != nil || loop.Post != nil || len(loop.Body.List) < 2 {
		return text
	}
	test, ok := loop.Body.List[0].(*ast.IfStmt)
	if !ok || test.Init != nil || test.Else != nil || s.CommentedBetween(loop.Pos(), test.Body.Lbrace) {
		return text
	}
	behind := ""
	switch {
	case leaves(test.Body.List, ends) && !s.CommentedBetween(loop.Pos(), test.End()):
	case alone && stmt == s.List[0] && mayMove(test.Body.List) && !code.Breaks(loop.Body.List):
		if behind = "\n" + strings.TrimSpace(s.Text[test.Body.Lbrace+1-s.Base:test.Body.Rbrace-s.Base]); ends {
			behind = DropReturn(behind)
		}
	default:
		return text
	}
	cond := ""
	switch e := test.Cond.(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			cond = s.Of(e.X)
		}
	case *ast.BinaryExpr:
		if e.Op == token.NEQ && s.Of(e.Y) == "nil" {
			cond = s.Of(e.X) + " == nil"
		}
	}
	if cond == "" {
		return text
	}
	return s.Replace(loop, test, "for "+cond+" {") + behind
}

// mayMove reports whether list ends in a return and means the same behind the loop: it jumps
// nowhere, and declares nothing that could have another name's meaning there.
func mayMove(list []ast.Stmt) bool {
	for _, s := range list {
		a, assigns := s.(*ast.AssignStmt)
		_, declares := s.(*ast.DeclStmt)
		jumps := code.Any(s, func(n ast.Node) bool { _, ok := n.(*ast.BranchStmt); return ok })
		if jumps || declares || assigns && a.Tok == token.DEFINE {
			return false
		}
	}
	return code.EndsInReturn(list)
}

// leaves reports whether list does nothing but to break, or to return if that ends the
// loop alike.
func leaves(list []ast.Stmt, ends bool) bool {
	if len(list) != 1 {
		return false
	}
	switch x := list[0].(type) {
	case *ast.BranchStmt:
		return x.Tok == token.BREAK && x.Label == nil
	case *ast.ReturnStmt:
		return ends && len(x.Results) == 0
	}
	return false
}
