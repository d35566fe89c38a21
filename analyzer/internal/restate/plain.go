package restate

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// plain writes a loop whose branches hang together so that each stands for itself:
//
//	switch err := op(); {
//	case err == nil:
//		return nil
//	case n == 3:
//		return err
//	default:
//		time.Sleep(d)
//	}
//
// becomes `err := op(); if err == nil { return nil }; if n == 3 { return err }; time.Sleep(d)`;
// nil if they do already.
func (r *restater) plain() *Form {
	p := &plainer{restater: r}
	text := p.list(r.loop.From, r.loop.Body)
	if !p.changed || p.loses(text) {
		return nil
	}
	pos, end := r.loop.Outer.Pos(), r.loop.End()
	form := newForm(r.Site, pos, end, r.Between(pos, r.loop.From)+"\n"+text+"}", r.Indent(pos))
	if form != nil {
		form.sameDelays = true
		form.Shapes = []helper.Shape{helper.Callback} // a loop that stays branches as it does
	}
	return form
}

// A plainer writes statements with branches that stand for themselves.
type plainer struct {
	*restater
	changed bool
}

// A branch is one of those of an if or a switch.
type branch struct {
	cond string // "" for what else there is
	neg  string // its opposite
	from token.Pos
	list []ast.Stmt
}

// list writes statements, with what is said of them from a position on.
func (p *plainer) list(from token.Pos, list []ast.Stmt) string {
	if len(list) == 0 {
		return ""
	}
	var edits []edit.Edit
	for i, s := range list {
		rest := list[i+1:]
		init, branches := p.branches(s)
		if len(branches) == 0 || init != nil && code.DeclaresUsed([]ast.Stmt{init}, rest) {
			continue
		}
		text := ""
		if init != nil {
			text = p.Text(init) + "\n"
			if x, ok := s.(*ast.IfStmt); ok && x.Else == nil {
				if len(code.Operands(x.Cond, token.LOR)) == 1 {
					branches[0].cond, text = p.Between(init.Pos(), x.Cond.End()), "" // as it is
				} else {
					p.changed = true // each is a reason of its own
				}
			}
		}
		edits = append(edits, edit.Replace(s, text+strings.TrimSuffix(p.apart(branches, rest), "\n")))
	}
	return strings.TrimLeft(p.Apply(from, p.EndOf(code.Last(list)), edits), " \t\n") + "\n"
}

// branches returns what s begins with, and its branches; none if it is no if, and no
// switch of conditions.
func (p *plainer) branches(s ast.Stmt) (init ast.Stmt, list []branch) {
	switch s := s.(type) {
	case *ast.IfStmt:
		return s.Init, p.ifs(s)
	case *ast.SwitchStmt:
		if s.Tag == nil {
			return s.Init, p.cases(s)
		}
	}
	return nil, nil
}

// ifs returns the branches of s, up to one that begins with a statement of its own.
func (p *plainer) ifs(s *ast.IfStmt) []branch {
	list := []branch{{p.Text(s.Cond), p.negation(s.Cond), s.Body.Lbrace + 1, s.Body.List}}
	switch e := s.Else.(type) {
	case *ast.BlockStmt:
		return append(list, branch{from: e.Lbrace + 1, list: e.List})
	case *ast.IfStmt:
		if e.Init != nil {
			return append(list, branch{from: e.Pos(), list: []ast.Stmt{e}})
		}
		return append(list, p.ifs(e)...)
	}
	return list
}

// cases returns the branches of s; none if one leads to another, or out of s.
func (p *plainer) cases(s *ast.SwitchStmt) (list []branch) {
	for i, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		if code.Breaks(c.Body) || code.FallsThrough(c.Body) || c.List == nil && i < len(s.Body.List)-1 {
			return nil
		}
		b := branch{from: c.Colon + 1, list: c.Body}
		for _, e := range c.List {
			b.cond, b.neg = strings.TrimPrefix(b.cond+" || "+p.Text(e), " || "), p.negation(e)
		}
		if len(c.List) > 1 {
			b.neg = "!(" + b.cond + ")"
		}
		list = append(list, b)
	}
	return list
}

// apart writes branches, with rest behind them, so that none is in the else of one that
// leaves.
func (p *plainer) apart(list []branch, rest []ast.Stmt) string {
	b, others := list[0], list[1:]
	switch {
	case b.cond == "":
		return p.list(b.from, b.list)
	case len(others) == 0:
	case endsWay(b.list) && !leaks(others, rest):
		p.changed = true
		return "if " + b.cond + " {\n" + p.list(b.from, b.list) + "}\n" + p.apart(others, rest)
	case len(others) == 1 && others[0].cond == "" && endsWay(others[0].list) && !leaks(list[:1], rest):
		p.changed = true
		return "if " + b.neg + " {\n" + p.list(others[0].from, others[0].list) + "}\n" + p.list(b.from, b.list)
	}
	return p.together(list)
}

// together writes branches that hang together.
func (p *plainer) together(list []branch) string {
	var texts []string
	for _, b := range list {
		head := ""
		if b.cond != "" {
			head = "if " + b.cond + " "
		}
		texts = append(texts, head+"{\n"+p.list(b.from, b.list)+"}")
	}
	return strings.Join(texts, " else ") + "\n"
}

// endsWay reports whether what follows list is not reached from it.
func endsWay(list []ast.Stmt) bool { return leaves(list) || code.EndsPass(list) }

// leaks reports whether a branch that comes to stand before rest declares what that may
// use.
func leaks(branches []branch, rest []ast.Stmt) bool {
	var list []ast.Stmt
	for _, b := range branches {
		for _, s := range b.list {
			if x, ok := s.(*ast.IfStmt); ok && x.Init != nil {
				s = x.Init
			}
			list = append(list, s)
		}
	}
	return code.DeclaresUsed(list, rest)
}

// loses reports whether text leaves out what is said in the loop.
func (p *plainer) loses(text string) bool {
	return slices.ContainsFunc(p.File.Comments, func(g *ast.CommentGroup) bool {
		return p.loop.InBody(g.Pos()) && !strings.Contains(text, p.Text(g))
	})
}
