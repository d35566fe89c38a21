package rewrite

import (
	"go/ast"
	"go/token"
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
// attempt stands before the loop.
func (b *binder) rotated(s *ast.ForStmt) *Form {
	if b.loop.Index == 0 || len(s.Body.List) == 0 {
		return nil
	}
	attempt, from := b.lastAttempt(s.Body.List)
	if attempt == nil {
		return nil
	}
	first, between := b.attemptBefore()
	if first == nil || !b.sameAttempt(first, attempt) || b.labels(s) {
		return nil
	}
	if !b.commutes(s.Init, attempt) || !b.commutes(s.Post, attempt) {
		return nil
	}
	decls, ok := b.declarations(first)
	if !ok {
		return nil
	}
	head := "for {"
	if s.Init != nil || s.Post != nil {
		init, post := "", ""
		if s.Init != nil {
			init = b.Text(s.Init)
		}
		if s.Post != nil {
			post = b.Text(s.Post)
		}
		head = "for " + init + "; ; " + post + " {"
	}
	text := decls + between + head + "\n" + b.Text(attempt) + "\n"
	if s.Cond != nil {
		text += "if " + b.negation(s.Cond) + " {\nbreak\n}\n"
	}
	text += strings.TrimLeft(b.Apply(s.Body.Lbrace+1, s.Body.Rbrace, []edit.Edit{b.Drop(from)}), " \t\n") + "}"
	return newForm(b.Request, first.Pos(), s.End(), text, b.Indent(first.Pos()))
}

// attemptBefore returns the attempt before the loop, and the text of what stands
// between them, which only computes; nil if there is none.
func (b *binder) attemptBefore() (first *ast.AssignStmt, between string) {
	for i, s := range slices.Backward(b.loop.List[:b.loop.Index]) {
		if code.OnlyComputes(b.info, s) {
			continue
		}
		a, ok := s.(*ast.AssignStmt)
		rest := b.loop.List[i+1 : b.loop.Index]
		if !ok || slices.ContainsFunc(rest, func(s ast.Stmt) bool { return b.namesAssigned(a, s) }) {
			return nil, ""
		}
		if len(rest) > 0 {
			between = b.Statements(rest) + "\n"
		}
		return a, between
	}
	return nil, ""
}

// lastAttempt returns the attempt that ends the pass: the last statement of the
// body that does more than count, or the last of the only case of a select there
// that does not leave.
func (b *binder) lastAttempt(list []ast.Stmt) (attempt *ast.AssignStmt, from ast.Stmt) {
	for i, s := range slices.Backward(list) {
		if code.OnlyComputes(b.info, s) {
			continue
		}
		a, ok := s.(*ast.AssignStmt)
		if ok && !slices.ContainsFunc(list[i+1:], func(s ast.Stmt) bool { return !b.commutes(s, a) }) {
			return a, a
		}
		break
	}
	switch s := list[len(list)-1].(type) {
	case *ast.SelectStmt:
		var open *ast.CommClause
		for _, c := range s.Body.List {
			c := c.(*ast.CommClause)
			if code.Terminating(c.Body) {
				continue
			}
			if open != nil || len(c.Body) == 0 {
				return nil, nil
			}
			open = c
		}
		if open == nil || code.Breaks(open.Body) {
			return nil, nil
		}
		a, ok := open.Body[len(open.Body)-1].(*ast.AssignStmt)
		if !ok {
			return nil, nil
		}
		return a, a
	}
	return nil, nil
}

// labels reports whether the loop has jumps for which the order of its parts
// matters: a continue would leave the attempt out.
func (b *binder) labels(s *ast.ForStmt) bool {
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
func (b *binder) commutes(s ast.Stmt, attempt *ast.AssignStmt) bool {
	switch s := s.(type) {
	case nil:
		return true
	case *ast.IncDecStmt:
	case *ast.AssignStmt:
		for _, e := range s.Rhs {
			if !code.Repeatable(b.info, e) {
				return false
			}
		}
	default:
		return false
	}
	return !b.namesAssigned(s, attempt) && !b.namesAssigned(attempt, s)
}

// namesAssigned reports whether what s gives a value is named in n.
func (b *binder) namesAssigned(s ast.Stmt, n ast.Node) bool {
	for _, id := range code.Assigned(s) {
		if id.Name == "_" {
			continue
		}
		if obj := b.info.ObjectOf(id); obj == nil || code.Mentions(b.info, n, obj) {
			return true
		}
	}
	return false
}

// declarations declares the variables that s declares.
func (b *binder) declarations(s *ast.AssignStmt) (text string, ok bool) {
	if s.Tok != token.DEFINE {
		return "", true
	}
	scope := &edit.Scope{Pkg: b.pkg, File: b.File, Pos: s.Pos()}
	for _, lhs := range s.Lhs {
		id, isID := lhs.(*ast.Ident)
		if !isID || b.info.Defs[id] == nil {
			continue
		}
		t, named := scope.TypeString(b.info.Defs[id].Type())
		if !named {
			return "", false
		}
		text += "var " + id.Name + " " + t + "\n"
	}
	return text, true
}
