package tidy

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// eitherReturn returns the one return for two that hand on the same but for the error,
// x where it failed and nil where it worked; "" if they are no such returns. Loose says
// that nobody reads the value beside an error.
func eitherReturn(s *edit.Snippet, x string, failed, worked ast.Stmt, loose bool) string {
	f, ok := failed.(*ast.ReturnStmt)
	w, ok2 := worked.(*ast.ReturnStmt)
	if x == "" || strings.Contains(x, "(") || !ok || !ok2 || len(f.Results) == 0 || len(f.Results) != len(w.Results) {
		return ""
	}
	last := len(f.Results) - 1
	if s.Of(f.Results[last]) != x || s.Of(w.Results[last]) != "nil" {
		return ""
	}
	text := "return "
	for i, v := range w.Results[:last] {
		if _, named := v.(*ast.Ident); s.Of(v) != s.Of(f.Results[i]) && !(loose && named) {
			return ""
		}
		text += s.Of(v) + ", "
	}
	return text + x
}

// dropNilTest rewrites
//
//	if err == nil { return v, nil }
//	return v, err
//
// which may begin by giving err its value.
func dropNilTest(s *edit.Snippet, loose bool) string {
	t := s.Tail(2)
	if t == nil || s.Commented(t[0], t[1]) {
		return s.Text
	}
	x, worked := s.NilTest(t[0], token.EQL)
	text := eitherReturn(s, x, t[1], worked, loose)
	if text == "" {
		return s.Text
	}
	if init := t[0].(*ast.IfStmt).Init; init != nil {
		if a, ok := init.(*ast.AssignStmt); !ok || a.Tok != token.ASSIGN {
			return s.Text
		}
		text = s.Of(init) + "\n" + text
	}
	return s.Replace(t[0], t[1], text)
}

// dropWorked drops the first test of
//
//	if err == nil { return v, nil }
//	if errors.Is(err, ErrFinal) { return v, final(err) }
//	return v, err
func dropWorked(s *edit.Snippet, loose bool) string {
	n := len(s.List)
	for i := n - 3; i >= 0 && onlyFails(s, s.List[i+1:i+2], ""); i-- {
		x, worked := s.NilTest(s.List[i], token.EQL)
		text := eitherReturn(s, x, s.List[n-1], worked, loose)
		if text == "" || s.List[i].(*ast.IfStmt).Init != nil || !onlyFails(s, s.List[i+1:n-1], x) || s.Commented(s.List[i], s.List[i+1]) {
			continue
		}
		return s.Text[:s.List[i].Pos()-s.Base] + s.Text[s.List[i+1].Pos()-s.Base:s.List[n-1].Pos()-s.Base] + text + s.Text[s.List[n-1].End()-s.Base:]
	}
	return s.Text
}

// onlyFails reports whether list holds nothing but tests that ask for an error in x, or
// in any variable, and for nothing that would hold without one.
func onlyFails(s *edit.Snippet, list []ast.Stmt, x string) bool {
	return !slices.ContainsFunc(list, func(stmt ast.Stmt) bool {
		test, ok := stmt.(*ast.IfStmt)
		return !ok || test.Init != nil || test.Else != nil || x != "" && !failsIf(s, test.Cond, x)
	})
}

// failsIf reports whether cond asks for an error in x, and does not hold where there
// is none.
func failsIf(s *edit.Snippet, cond ast.Expr, x string) bool {
	holds := func(e ast.Expr) bool { return failsIf(s, e, x) }
	switch e := ast.Unparen(cond).(type) {
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND:
			return slices.ContainsFunc(code.Operands(e, e.Op), holds)
		case token.LOR:
			return !slices.ContainsFunc(code.Operands(e, e.Op), func(e ast.Expr) bool { return !holds(e) })
		}
	case *ast.CallExpr:
		switch s.Of(e.Fun) {
		case "errors.Is":
			return len(e.Args) == 2 && s.Of(e.Args[0]) == x && s.Of(e.Args[1]) != "nil"
		case "errors.As", "os.IsNotExist", "os.IsExist", "os.IsPermission", "os.IsTimeout":
			return s.Of(e.Args[0]) == x
		}
	}
	return false
}

// dropAnd drops `err != nil &&` before what asks for an error itself.
func dropAnd(s *edit.Snippet, _ bool) string {
	for _, stmt := range s.List {
		test, ok := stmt.(*ast.IfStmt)
		if !ok {
			continue
		}
		and, ok := test.Cond.(*ast.BinaryExpr)
		if !ok || and.Op != token.LAND {
			continue
		}
		first, ok := and.X.(*ast.BinaryExpr)
		if ok && first.Op == token.NEQ && s.Of(first.Y) == "nil" && failsIf(s, and.Y, s.Of(first.X)) && !s.CommentedBetween(and.Pos(), and.End()) {
			return s.Replace(and, and, s.Of(ast.Unparen(and.Y)))
		}
	}
	return s.Text
}

// askForFailure rewrites
//
//	if err == nil { return v, nil }
//	log(err)
//	return v, err
//
// to `if err != nil { log(err) }; return v, err`.
func askForFailure(s *edit.Snippet, _ bool) string {
	n := len(s.List)
	for i := n - 3; i >= 0; i-- {
		x, worked := s.NilTest(s.List[i], token.EQL)
		if x == "" || s.List[i].(*ast.IfStmt).Init != nil || s.CommentedBetween(s.List[i].Pos(), s.List[i].End()) {
			continue
		}
		if line, _, _ := strings.Cut(s.Text[s.List[i].End()-s.Base:], "\n"); strings.TrimSpace(line) != "" {
			continue // what is said there is about the test
		}
		if eitherReturn(s, x, s.List[n-1], worked, false) == "" || declares(s.List[i+1:n-1]) {
			continue
		}
		work := strings.TrimLeft(s.Text[s.List[i].End()-s.Base:s.List[n-2].End()-s.Base], " \t\n")
		return s.Text[:s.List[i].Pos()-s.Base] + "if " + x + " != nil {\n" + work + "\n}" + s.Text[s.List[n-2].End()-s.Base:]
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
//	if err := op(); err != nil { return v, err }
//	return v, nil
//
// and two returns of the same.
func dropFinalTest(s *edit.Snippet, loose bool) string {
	t := s.Tail(2)
	if t == nil || s.Commented(t[0], t[1]) {
		return s.Text
	}
	x, failed := s.NilTest(t[0], token.NEQ)
	text := eitherReturn(s, x, failed, t[1], loose)
	switch init := initOf(t[0]); {
	case text != "" && init != nil:
		text = s.Of(init) + "\n" + text
	case text == "" && x != "" && init == nil && isReturn(failed) && s.Of(failed) == s.Of(t[1]):
		text = s.Of(failed)
	case text == "":
		return s.Text
	}
	return s.Replace(t[0], t[1], text)
}

// initOf returns what an if begins with, or nil.
func initOf(stmt ast.Stmt) ast.Stmt {
	if test, ok := stmt.(*ast.IfStmt); ok {
		return test.Init
	}
	return nil
}

func isReturn(stmt ast.Stmt) bool { _, ok := stmt.(*ast.ReturnStmt); return ok }

// dropTestAround rewrites
//
//	if err != nil {
//		if errors.Is(err, ErrFinal) { return v, final(err) }
//		return v, err
//	}
//	return v, nil
//
// whose inner tests need no other around them.
func dropTestAround(s *edit.Snippet, loose bool) string {
	t := s.Tail(2)
	if t == nil {
		return s.Text
	}
	test, ok := t[0].(*ast.IfStmt)
	if !ok || test.Init != nil || test.Else != nil || len(test.Body.List) < 2 {
		return s.Text
	}
	cmp, ok := test.Cond.(*ast.BinaryExpr)
	if !ok || cmp.Op != token.NEQ || s.Of(cmp.Y) != "nil" {
		return s.Text
	}
	n := len(test.Body.List) - 1
	failed := test.Body.List[n]
	text := eitherReturn(s, s.Of(cmp.X), failed, t[1], loose)
	if text == "" || s.CommentedBetween(failed.Pos(), t[1].End()) || !onlyFails(s, test.Body.List[:n], s.Of(cmp.X)) {
		return s.Text
	}
	work := s.Text[test.Body.Lbrace+1-s.Base : failed.Pos()-s.Base]
	return s.Replace(t[0], t[1], strings.TrimLeft(work, " \t\n")+text)
}
