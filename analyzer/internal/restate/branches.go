package restate

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A branch is one of those of an if or a switch.
type branch struct {
	cond string // "" for what else there is
	neg  string // its opposite
	from token.Pos
	list []ast.Stmt
	to   token.Pos
}

// branches returns what s begins with, and its branches; none if it is no if, and no
// switch of conditions.
func (n *normalizer) branches(s ast.Stmt) (init ast.Stmt, list []branch) {
	switch s := s.(type) {
	case *ast.IfStmt:
		return s.Init, n.ifs(s)
	case *ast.SwitchStmt:
		if s.Tag == nil {
			return s.Init, n.cases(s)
		}
	}
	return nil, nil
}

// ifs returns the branches of s, up to one that begins with a statement of its own.
func (n *normalizer) ifs(s *ast.IfStmt) []branch {
	list := []branch{{n.cond(s.Cond), n.negation(s.Cond), s.Body.Lbrace + 1, s.Body.List, s.Body.Rbrace}}
	switch e := s.Else.(type) {
	case *ast.BlockStmt:
		return append(list, branch{from: e.Lbrace + 1, list: e.List, to: e.Rbrace})
	case *ast.IfStmt:
		if e.Init != nil {
			return append(list, branch{from: e.Pos(), list: []ast.Stmt{e}, to: e.End()})
		}
		return append(list, n.ifs(e)...)
	}
	return list
}

// cases returns the branches of s; none if one leads to another, or out of s.
func (n *normalizer) cases(s *ast.SwitchStmt) (list []branch) {
	for i, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		if code.Breaks(c.Body) || code.FallsThrough(c.Body) || c.List == nil && i < len(s.Body.List)-1 {
			return nil
		}
		b := branch{from: c.Colon + 1, list: c.Body, to: n.EndOf(c)}
		for _, e := range c.List {
			b.cond, b.neg = strings.TrimPrefix(b.cond+" || "+n.cond(e), " || "), n.negation(e)
		}
		if len(c.List) > 1 {
			b.neg = "!(" + b.cond + ")"
		}
		list = append(list, b)
	}
	n.changed = n.changed || len(list) > 0
	return list
}

// apart writes branches, with around before and behind them, so that none is in the else of
// one that leaves.
func (n *normalizer) apart(list []branch, around []ast.Stmt) string {
	b, others := list[0], list[1:]
	switch {
	case b.cond == "":
		return n.list(b.from, b.list, b.to)
	case len(others) == 0:
	case endsWay(b.list) && !leaks(others, around):
		n.changed = true
		return "if " + b.cond + " {\n" + n.list(b.from, b.list, b.to) + "}\n" + n.apart(others, around)
	case len(others) == 1 && others[0].cond == "" && endsWay(others[0].list) && !leaks(list[:1], around):
		n.changed = true
		return "if " + b.neg + " {\n" + n.list(others[0].from, others[0].list, others[0].to) + "}\n" + n.list(b.from, b.list, b.to)
	}
	return n.together(list)
}

// together writes branches that hang together.
func (n *normalizer) together(list []branch) string {
	var texts []string
	for _, b := range list {
		head := ""
		if b.cond != "" {
			head = "if " + b.cond + " "
		}
		texts = append(texts, head+"{\n"+n.list(b.from, b.list, b.to)+"}")
	}
	return strings.Join(texts, " else ") + "\n"
}

// endsWay reports whether what follows list is not reached from it.
func endsWay(list []ast.Stmt) bool { return leaves(list) || code.EndsPass(list) }

// leaks reports whether a branch that comes to stand among around declares what that may
// use.
func leaks(branches []branch, around []ast.Stmt) bool {
	var list []ast.Stmt
	for _, b := range branches {
		for _, s := range b.list {
			if x, ok := s.(*ast.IfStmt); ok && x.Init != nil {
				s = x.Init
			}
			list = append(list, s)
		}
	}
	return code.DeclaresUsed(list, around)
}

// cond writes a condition.
func (n *normalizer) cond(e ast.Expr) string {
	text, _ := n.asked(e, false)
	return text
}

// negation writes the opposite of a condition.
func (n *normalizer) negation(e ast.Expr) string {
	text, _ := n.asked(e, true)
	return text
}

// asked writes a condition, or its opposite, and returns the operator that joins its parts,
// if there is one: with a variable's value in its place, and without what asks for the
// opposite of an opposite.
func (n *normalizer) asked(e ast.Expr, not bool) (text string, op token.Token) {
	e = ast.Unparen(e)
	switch x := e.(type) {
	case *ast.Ident:
		if value := n.given[n.info.Uses[x]]; value != nil {
			return n.asked(value, not)
		}
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			switch ast.Unparen(x.X).(type) {
			case *ast.BinaryExpr, *ast.UnaryExpr:
				n.changed = true
			}
			return n.asked(x.X, !not)
		}
	case *ast.BinaryExpr:
		if code.IsComparison(x.Op) {
			return n.comparison(x, not), token.ILLEGAL
		}
		return n.operands(x, not)
	}
	if not {
		return "!" + n.Text(e), token.ILLEGAL
	}
	return n.Text(e), token.ILLEGAL
}

// operands writes x, conditions that && or || joins, or its opposite, on as many lines.
func (n *normalizer) operands(x *ast.BinaryExpr, not bool) (string, token.Token) {
	op := x.Op
	if not {
		op = map[token.Token]token.Token{token.LAND: token.LOR, token.LOR: token.LAND}[op]
	}
	operand := func(e ast.Expr) string {
		text, inner := n.asked(e, not)
		if inner == token.LOR && op == token.LAND {
			return "(" + text + ")"
		}
		return text
	}
	join := strings.Replace(n.Between(x.X.End(), x.Y.Pos()), x.Op.String(), op.String(), 1)
	return operand(x.X) + join + operand(x.Y), op
}

// comparison writes x, or its opposite, with what is compared first, and a constant behind.
func (n *normalizer) comparison(x *ast.BinaryExpr, not bool) string {
	left, op, right := x.X, x.Op, x.Y
	fixed := func(e ast.Expr) bool { return n.info.Types[e].Value != nil || code.IsNil(n.info, e) }
	if fixed(left) && !fixed(right) {
		n.changed = true
		left, op, right = right, code.Mirror[op], left
	}
	exact := op == token.EQL || op == token.NEQ || code.IsInteger(n.info.TypeOf(left)) && code.IsInteger(n.info.TypeOf(right))
	if not && exact {
		op, not = code.Opposite[op], false
	}
	text := n.Text(left) + " " + op.String() + " " + n.Text(right)
	if not {
		return "!(" + text + ")"
	}
	return text
}
