package tidy

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

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

// dropWorked drops the first test of
//
//	if err == nil { return nil }
//	if errors.Is(err, ErrFinal) { return final(err) }
//	return err
func dropWorked(s *edit.Snippet, done string) string {
	t := s.Tail(3)
	if t == nil || done != "return nil" {
		return s.Text
	}
	x, then := s.NilTest(t[0], token.EQL)
	test, ok := t[1].(*ast.IfStmt)
	if x == "" || !ok || t[0].(*ast.IfStmt).Init != nil || test.Init != nil || test.Else != nil || s.Of(then) != done || s.Returned(t[2]) != x || s.Commented(t[0], t[1]) || !failsIf(s, test.Cond, x) {
		return s.Text
	}
	return s.Text[:t[0].Pos()-s.Base] + s.Text[t[1].Pos()-s.Base:]
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
