package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// rotated writes a loop whose first attempt stands before it so that each pass
// begins with the attempt:
//
//	err := op()
//	for err != nil && n < 3 {
//		time.Sleep(d)
//		n++
//		err = op()
//	}
//
// becomes `for { err = op(); if err == nil || n >= 3 { break } ... }`; nil if no
// attempt stands before the loop, or in its header.
func (r *restater) rotated(s *ast.ForStmt) *Form {
	if form := r.inHeader(s); form != nil {
		return form
	}
	if r.loop.Index == 0 || len(s.Body.List) == 0 {
		return nil
	}
	attempt := r.lastAttempt(s.Body.List)
	if attempt == nil {
		return nil
	}
	first, between := r.loop.AttemptBefore()
	if first == nil || !r.sameAttempt(first, attempt) || r.labels(s) {
		return nil
	}
	if !r.commutes(s.Init, attempt) || !r.commutes(s.Post, attempt) {
		return nil
	}
	decls, ok := r.declarations(first)
	if !ok {
		return nil
	}
	head := "for {"
	if s.Init != nil || s.Post != nil {
		head = "for " + r.optional(s.Init) + "; ; " + r.optional(s.Post) + " {"
	}
	text := decls
	if len(between) > 0 {
		text += r.Statements(between) + "\n"
	}
	text += head + "\n" + r.Between(attempt.Pos(), r.EndOf(attempt)) + "\n"
	if s.Cond != nil {
		text += "if " + r.negation(s.Cond) + " {\nbreak\n}\n"
	}
	text += strings.TrimLeft(r.Apply(s.Body.Lbrace+1, s.Body.Rbrace, []edit.Edit{r.Drop(attempt)}), " \t\n") + "}"
	return newForm(r.Site, first.Pos(), s.End(), text, r.Indent(first.Pos()))
}

// inHeader does so for a loop that has all attempts in its header:
//
//	for err := op(); err != nil; err = op() {
func (r *restater) inHeader(s *ast.ForStmt) *Form {
	first, _ := s.Init.(*ast.AssignStmt)
	again, _ := s.Post.(*ast.AssignStmt)
	if first == nil || again == nil || s.Cond == nil || !r.sameAttempt(first, again) {
		return nil
	}
	text := "for {\n" + r.Text(first) + "\nif " + r.negation(s.Cond) + " {\nbreak\n}\n"
	return newForm(r.Site, s.Pos(), s.End(), text+strings.TrimLeft(r.Between(s.Body.Lbrace+1, s.Body.Rbrace), " \t\n")+"}", r.Indent(s.Pos()))
}

// sameAttempt reports whether two assignments make the same call and give its
// results to the same variables.
func (r *restater) sameAttempt(x, y *ast.AssignStmt) bool {
	if len(x.Lhs) != len(y.Lhs) || len(x.Rhs) != 1 || len(y.Rhs) != 1 || types.ExprString(x.Rhs[0]) != types.ExprString(y.Rhs[0]) {
		return false
	}
	if _, ok := ast.Unparen(x.Rhs[0]).(*ast.CallExpr); !ok || r.Text(x.Rhs[0]) != r.Text(y.Rhs[0]) {
		return false
	}
	for i := range x.Lhs {
		v, w := code.Local(r.info, x.Lhs[i]), code.Local(r.info, y.Lhs[i])
		if r.Text(x.Lhs[i]) != r.Text(y.Lhs[i]) || v != w {
			return false
		}
	}
	return true
}

// lastAttempt returns the attempt that ends the pass: the last statement of the
// body that does more than count, or the last of the only case of a select there
// that does not leave.
func (r *restater) lastAttempt(list []ast.Stmt) *ast.AssignStmt {
	for i, s := range slices.Backward(list) {
		if r.loop.OnlyComputes(s) {
			continue
		}
		a, ok := s.(*ast.AssignStmt)
		if ok && !slices.ContainsFunc(list[i+1:], func(s ast.Stmt) bool { return !r.commutes(s, a) }) {
			return a
		}
		break
	}
	s, ok := code.Last(list).(*ast.SelectStmt)
	if !ok {
		return nil
	}
	var open []ast.Stmt
	for _, c := range s.Body.List {
		c := c.(*ast.CommClause)
		if code.Terminating(c.Body) {
			continue
		}
		if open != nil || len(c.Body) == 0 {
			return nil
		}
		open = c.Body
	}
	if code.Breaks(open) {
		return nil
	}
	a, _ := code.Last(open).(*ast.AssignStmt)
	return a
}

// labels reports whether the loop has jumps for which the order of its parts
// matters: a continue would leave the attempt out.
func (r *restater) labels(s *ast.ForStmt) bool {
	found := false
	ast.Inspect(s.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			found = found || n.Tok == token.CONTINUE || n.Tok == token.GOTO
		}
		return !found
	})
	return found
}

// commutes reports whether s, which may be nil, can stand before the attempt
// instead of behind it.
func (r *restater) commutes(s ast.Stmt, attempt *ast.AssignStmt) bool {
	switch s := s.(type) {
	case nil:
		return true
	case *ast.IncDecStmt:
	case *ast.AssignStmt:
		if slices.ContainsFunc(s.Rhs, func(e ast.Expr) bool { return !code.Repeatable(r.info, e) }) {
			return false
		}
	default:
		return false
	}
	return !code.NamesAssigned(r.info, s, attempt) && !code.NamesAssigned(r.info, attempt, s)
}

// declarations declares the variables that s declares.
func (r *restater) declarations(s *ast.AssignStmt) (text string, ok bool) {
	if s.Tok != token.DEFINE {
		return "", true
	}
	scope := &edit.Scope{Pkg: r.Pkg, File: r.File, Pos: s.Pos()}
	for _, lhs := range s.Lhs {
		id, isID := lhs.(*ast.Ident)
		if !isID || r.info.Defs[id] == nil {
			continue
		}
		t, named := scope.TypeString(r.info.Defs[id].Type())
		if !named {
			return "", false
		}
		text += "var " + id.Name + " " + t + "\n"
	}
	return text, true
}
