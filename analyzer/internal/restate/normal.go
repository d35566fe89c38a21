package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// Normal writes a loop in the way that what reads it knows, where it has been written in
// another: conditions where they are asked, with what is compared first; statements in the
// list that they belong to; branches so that each stands for itself, and a pass goes on
// behind the one that leaves:
//
//	switch err := op(); {
//	case nil == err:
//		return nil
//	case n == 3:
//		return err
//	default:
//		failed := final(err)
//		if failed { ... }
//		{
//			time.Sleep(d)
//		}
//	}
//
// becomes `err := op(); if err == nil { return nil }; if n == 3 { return err }; if final(err) { ... };
// time.Sleep(d)`; nil if it is written so already.
func Normal(of Site) (*Form, reason.Refusal) {
	l, refusal := loop.New(of.Pkg, of.Func, of.Cycle)
	if refusal != nil || l.IsGoto() {
		return nil, refusal
	}
	n := &normalizer{restater: &restater{Site: of, info: of.Pkg.Info, loop: l}, given: make(map[types.Object]ast.Expr)}
	pos, end := l.Outer.Pos(), l.End()
	var head []edit.Edit
	if l.Cond != nil {
		head = append(head, edit.Replace(l.Cond, n.cond(l.Cond)))
	}
	text := n.Apply(pos, l.From, head) + "\n" + n.list(l.From, l.Body, l.To) + "}"
	inside := n.changed
	if next := l.After[:min(2, len(l.After))]; len(next) > 0 {
		n.changed = false
		others := slices.Concat(l.List[:l.Index], l.After[len(next):])
		between := n.Between(end, next[0].Pos())
		space := between[:len(between)-len(strings.TrimLeft(between, " \t\n"))]
		if behind := n.list(end, next, code.Last(next).End(), others...); n.changed {
			text, end = text+space+strings.TrimSpace(behind), code.Last(next).End()
		}
	}
	if !inside && !n.changed || n.loses(pos, end, text) {
		return nil, nil
	}
	return newForm(of, pos, end, text, of.Indent(pos)), nil
}

// A normalizer writes the statements of a loop.
type normalizer struct {
	*restater
	given   map[types.Object]ast.Expr // by the variable that holds a condition, where it is asked once
	changed bool
}

// list writes statements, with what is said of them between two positions, where others
// may name what they do.
func (n *normalizer) list(from token.Pos, list []ast.Stmt, to token.Pos, others ...ast.Stmt) string {
	var edits []edit.Edit
	for i := 0; i < len(list); i++ {
		s := list[i]
		if n.idle(s) || i+1 < len(list) && n.names(s, list[i+1]) {
			n.changed = true
			edits = append(edits, n.Drop(s))
			continue
		}
		around := slices.Concat(others, list[:i])
		if text := n.turned(list[i:], around, to); text != "" {
			edits = append(edits, edit.Span(s.Pos(), to, text))
			break
		}
		if x := n.asks(list[i:]); x != nil {
			s, i = x, i+1
		}
		if text, ok := n.statement(s, slices.Concat(around, list[i+1:])); ok {
			edits = append(edits, edit.Replace(s, text))
		}
	}
	return strings.TrimSpace(n.Apply(from, to, edits)) + "\n"
}

// idle reports whether s does nothing, as `_ = 0` does.
func (n *normalizer) idle(s ast.Stmt) bool {
	a, ok := s.(*ast.AssignStmt)
	return ok && code.AllBlank(a.Lhs) && !slices.ContainsFunc(a.Rhs, func(e ast.Expr) bool { return n.info.Types[e].Value == nil })
}

// names reports whether s only gives a name to the condition that next asks first:
//
//	failed := err != nil
//	if failed {
func (n *normalizer) names(s, next ast.Stmt) bool {
	a, ok := s.(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 1 || !code.IsBool(n.info.TypeOf(a.Lhs[0])) {
		return false
	}
	v := n.info.Defs[a.Lhs[0].(*ast.Ident)]
	if v == nil || code.Local(n.info, firstAsked(next)) != v || code.Count(n.info, n.loop.Decl, v) != 2 {
		return false
	}
	n.given[v] = a.Rhs[0]
	return true
}

// firstAsked returns the operand of the condition of s, an if or a switch, that is computed
// before anything else of s; nil if there is none.
func firstAsked(s ast.Stmt) (e ast.Expr) {
	switch s := s.(type) {
	case *ast.IfStmt:
		if s.Init == nil {
			e = s.Cond
		}
	case *ast.SwitchStmt:
		if s.Init == nil && s.Tag == nil && len(s.Body.List) > 0 {
			if list := s.Body.List[0].(*ast.CaseClause).List; len(list) > 0 {
				e = list[0]
			}
		}
	}
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.UnaryExpr:
			e = x.X
		case *ast.BinaryExpr:
			e = x.X
		default:
			return x
		}
	}
}

// asks returns the first two statements of list as one, if the second asks whether the delay
// that the first is ended early: `if err := sleep(ctx, d); err != nil {`; nil if they are others.
func (n *normalizer) asks(list []ast.Stmt) *ast.IfStmt {
	a, ok := list[0].(*ast.AssignStmt)
	if !ok || len(a.Rhs) != 1 || len(list) < 2 || !slices.Contains(n.Waits, ast.Node(ast.Unparen(a.Rhs[0]))) {
		return nil
	}
	x, ok := list[1].(*ast.IfStmt)
	if !ok || code.DeclaresUsed(list[:1], list[2:]) || a.Tok != token.DEFINE && !n.tells(a, x) {
		return nil
	}
	return n.begins(a, x)
}

// begins returns x as an if that begins with init; nil if it begins with something else.
func (n *normalizer) begins(init ast.Stmt, x *ast.IfStmt) *ast.IfStmt {
	if x.Init != nil {
		return nil
	}
	n.changed = true
	return &ast.IfStmt{If: init.Pos(), Init: init, Cond: x.Cond, Body: x.Body, Else: x.Else}
}

// turned writes statements at the end of a pass of which the first goes round so that what
// is done otherwise stands in the branch; "" if it does not:
//
//	if n == 2 {
//		continue
//	}
//	time.Sleep(d)
//
// becomes `if n != 2 { time.Sleep(d) }`. What does more before it goes round comes to stand
// behind, if the others leave the loop.
func (n *normalizer) turned(list, around []ast.Stmt, to token.Pos) string {
	x, ok := list[0].(*ast.IfStmt)
	if !ok || to != n.loop.To || x.Init != nil || x.Else != nil || len(list) < 2 || !isContinue(code.Last(x.Body.List)) {
		return ""
	}
	more := x.Body.List[:len(x.Body.List)-1]
	if len(more) > 0 && (!leaves(list) || code.DeclaresUsed(more, around)) {
		return ""
	}
	n.changed = true
	return "if " + n.negation(x.Cond) + " {\n" + n.list(x.End(), list[1:], to) + "}\n" + n.list(x.Body.Lbrace+1, more, code.Last(x.Body.List).Pos())
}

// statement writes s, which stands among around; not ok if it stays as it is.
func (n *normalizer) statement(s ast.Stmt, around []ast.Stmt) (text string, ok bool) {
	if b, ok := s.(*ast.BlockStmt); ok {
		return n.block(b, around)
	}
	init, branches := n.branches(s)
	if len(branches) == 0 || init != nil && branches[0].cond == "" {
		return "", false
	}
	x, isIf := s.(*ast.IfStmt)
	switch {
	case init == nil:
		text = n.apart(branches, around)
	case code.DeclaresUsed([]ast.Stmt{init}, around), isIf && x.Else == nil && len(code.Operands(x.Cond, token.LOR)) == 1:
		branches[0].cond = n.begun(init, x) + "; " + branches[0].cond
		text = n.together(branches)
	default:
		n.changed = true // each is a reason of its own
		text = n.Text(init) + "\n" + n.apart(branches, around)
	}
	return strings.TrimSuffix(text, "\n"), true
}

// begun writes what x begins with, or a switch if x is nil: with a variable of its own for
// what it alone asks.
func (n *normalizer) begun(init ast.Stmt, x *ast.IfStmt) string {
	a, ok := init.(*ast.AssignStmt)
	if !ok || x == nil || !n.tells(a, x) {
		return n.Text(init)
	}
	n.changed = true
	return n.Text(a.Lhs[0]) + " := " + n.Text(a.Rhs[0])
}

// block writes the statements of b in the list around it, unless they declare what that
// names.
func (n *normalizer) block(b *ast.BlockStmt, around []ast.Stmt) (string, bool) {
	if !code.DeclaresUsed(b.List, around) {
		n.changed = true
		return strings.TrimSuffix(n.list(b.Lbrace+1, b.List, b.Rbrace), "\n"), true
	}
	if len(b.List) == 2 {
		if x, ok := b.List[1].(*ast.IfStmt); ok {
			if x := n.begins(b.List[0], x); x != nil {
				return n.statement(x, around)
			}
		}
	}
	return "{\n" + n.list(b.Lbrace+1, b.List, b.Rbrace) + "}", true
}

// loses reports whether text, in place of what lies between pos and end, leaves out what is
// said there.
func (n *normalizer) loses(pos, end token.Pos, text string) bool {
	return slices.ContainsFunc(code.Comments(n.File, pos, end), func(g *ast.CommentGroup) bool { return !strings.Contains(text, n.Text(g)) })
}
