package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// An answers loop answers each kind of failure where it is met:
//
//	for n := 1; ; n++ {
//		v, err := op()
//		if err != nil {
//			if again(err) {
//				if n == 3 {
//					return "", fmt.Errorf("busy: %w", err)
//				}
//				time.Sleep(d)
//				continue
//			}
//			return "", fmt.Errorf("op: %w", err)
//		}
//		return v, nil
//	}
type answers struct {
	*restater
	attempt *ast.AssignStmt
	failed  *ast.IfStmt
	again   *ast.IfStmt // in failed
	last    *ast.IfStmt // in again, or nil
	waits   []ast.Stmt  // the rest of again, but for its end
	final   []ast.Stmt  // the rest of failed
	worked  []ast.Stmt
}

// answered writes an [answers] loop so that it leaves where an attempt has worked, is
// the last, or has failed for good, and the error tells behind it which of them:
//
//	if err != nil {
//		if again(err) {
//			return "", fmt.Errorf("busy: %w", err)
//		}
//		return "", fmt.Errorf("op: %w", err)
//	}
//	return v, nil
//
// It returns nil for any other loop.
func (r *restater) answered(s *ast.ForStmt) *Form {
	a := &answers{restater: r}
	if s.Cond != nil || r.loop.Label != "" || !a.read(s.Body.List) || !a.movable() || a.comments(s) {
		return nil
	}
	head, ok := r.declarations(a.attempt)
	if !ok {
		return nil
	}
	err := r.Text(a.attempt.Lhs[len(a.attempt.Lhs)-1])
	leaves := err + " == nil || " + r.negation(a.again.Cond)
	answer := ""
	if a.last != nil {
		leaves += " || " + r.Text(a.last.Cond)
		answer = "if " + r.Text(a.again.Cond) + " {\n" + r.list(a.last.Body.List) + "\n}\n"
	}
	text := head + r.Between(s.For, s.Body.Lbrace+1) + "\n" +
		strings.Replace(r.Text(a.attempt), ":=", "=", 1) + "\nif " + leaves + " {\nbreak\n}\n" + r.list(a.waits) + "\n}\n" +
		"if " + r.Text(a.failed.Cond) + " {\n" + answer + r.list(a.final) + "\n}\n" + r.list(a.worked)
	form := newForm(r.Site, s.Pos(), s.End(), text, r.Indent(s.Pos()))
	if form != nil {
		form.Shapes = []helper.Shape{helper.Callback} // a loop that stays may as well answer where it does
	}
	return form
}

// read finds the parts of a body; not ok if it is another one.
func (a *answers) read(body []ast.Stmt) bool {
	var ok, ok2 bool
	if len(body) < 3 {
		return false
	}
	a.attempt, ok = body[0].(*ast.AssignStmt)
	a.failed, ok2 = body[1].(*ast.IfStmt)
	if !ok || !ok2 || a.attempt.Tok != token.DEFINE || len(a.attempt.Rhs) != 1 || !a.tests(a.failed) || len(a.failed.Body.List) < 2 {
		return false
	}
	a.worked, a.final = body[2:], a.failed.Body.List[1:]
	a.again, ok = a.failed.Body.List[0].(*ast.IfStmt)
	if !ok || a.again.Init != nil || a.again.Else != nil || len(a.again.Body.List) < 2 || !isContinue(code.Last(a.again.Body.List)) {
		return false
	}
	a.waits = a.again.Body.List[:len(a.again.Body.List)-1]
	if last, ok := a.waits[0].(*ast.IfStmt); ok && last.Init == nil && last.Else == nil && code.Terminating(last.Body.List) {
		a.last, a.waits = last, a.waits[1:]
	}
	return len(a.waits) > 0
}

// tests reports whether s asks for nothing but an error of the attempt.
func (a *answers) tests(s *ast.IfStmt) bool {
	cmp, ok := s.Cond.(*ast.BinaryExpr)
	if !ok || s.Init != nil || s.Else != nil || cmp.Op != token.NEQ || !code.IsNil(a.info, cmp.Y) {
		return false
	}
	err := code.Local(a.info, cmp.X)
	return err != nil && code.IsError(err.Type()) && a.info.Defs[lastIdent(a.attempt.Lhs)] == types.Object(err)
}

// lastIdent returns the last of list if it is a name, or nil.
func lastIdent(list []ast.Expr) *ast.Ident {
	id, _ := list[len(list)-1].(*ast.Ident)
	return id
}

// movable reports whether what answers, and what follows success, means the same behind
// the loop: it leaves the function, and names nothing of the loop but what the attempt
// has given; and whether the error can be asked there again.
func (a *answers) movable() bool {
	moved := [][]ast.Stmt{a.final, a.worked}
	if !a.tellsError(a.final, false) || a.last != nil && !a.tellsError(a.last.Body.List, true) {
		return false // behind the loop, cancellation is a final error
	}
	if a.last != nil {
		moved = append(moved, a.last.Body.List)
	}
	for _, list := range moved {
		if !code.Terminating(list) || slices.ContainsFunc(list, func(s ast.Stmt) bool { return a.jumps(s) || a.namesMore(list, s) }) {
			return false
		}
	}
	asks := func(call *ast.CallExpr) bool {
		switch code.Callee(a.info, call) {
		case "errors.Is", "os.IsNotExist", "os.IsExist", "os.IsPermission", "os.IsTimeout":
			return true
		}
		return false
	}
	return code.OnlyCalls(a.info, a.again.Cond, asks) && !a.namesMore(nil, a.again.Cond) &&
		(a.last == nil || code.OnlyCalls(a.info, a.last.Cond, asks))
}

// tellsError reports whether list ends by returning the error of the attempt, or what is
// made of it; or, if made is enough, another error that is made there.
func (a *answers) tellsError(list []ast.Stmt, made bool) bool {
	x := code.LastResult(code.Last(list))
	if x == nil || !code.IsError(a.info.TypeOf(x)) {
		return false
	}
	err := a.info.Defs[lastIdent(a.attempt.Lhs)]
	call, isCall := ast.Unparen(x).(*ast.CallExpr)
	if !isCall {
		return code.Local(a.info, x) == err
	}
	name := code.Callee(a.info, call)
	return (code.MakesError(name) || name == "errors.Join") && (made || code.Mentions(a.info, call, err))
}

// jumps reports whether s has a statement that goes elsewhere.
func (a *answers) jumps(s ast.Stmt) bool {
	return code.Any(s, func(n ast.Node) bool { _, ok := n.(*ast.BranchStmt); return ok })
}

// namesMore reports whether n, in list, names a variable of the loop that neither the
// attempt nor list declares.
func (a *answers) namesMore(list []ast.Stmt, n ast.Node) bool {
	return code.AnyName(n, func(id *ast.Ident) bool {
		v := code.Local(a.info, id)
		switch {
		case v == nil || !a.loop.Has(v.Pos()) || code.Within(a.attempt, id):
			return false
		case a.attempt.Pos() <= v.Pos() && v.Pos() < a.attempt.End():
			return false
		}
		return len(list) == 0 || v.Pos() < list[0].Pos() || list[len(list)-1].End() <= v.Pos()
	})
}

// comments reports whether the loop has a comment outside of what is kept as it is.
func (a *answers) comments(s *ast.ForStmt) bool {
	kept := [][]ast.Stmt{a.waits, a.final, a.worked}
	if a.last != nil {
		kept = append(kept, a.last.Body.List)
	}
	return slices.ContainsFunc(a.File.Comments, func(g *ast.CommentGroup) bool {
		return code.Within(s, g) && !slices.ContainsFunc(kept, func(list []ast.Stmt) bool {
			return list[0].Pos() <= g.Pos() && g.End() <= list[len(list)-1].End()
		})
	})
}

// list writes statements.
func (r *restater) list(list []ast.Stmt) string {
	return r.Between(list[0].Pos(), list[len(list)-1].End())
}
