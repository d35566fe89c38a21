package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// items returns the variables that hold another item in each pass of the cycle:
// those of a range, what a loop's condition moves on (for rows.Next()), and what
// the cycle makes from these.
func (t *trial) items() map[types.Object]bool {
	info := t.judge.pkg.Info
	items := make(map[types.Object]bool)
	add := func(e ast.Expr) {
		if id, ok := e.(*ast.Ident); ok && info.ObjectOf(id) != nil && id.Name != "_" {
			items[info.ObjectOf(id)] = true
		}
	}
	var body *ast.BlockStmt
	switch loop := t.site.Cycle.(type) {
	case *ast.RangeStmt:
		body = loop.Body
		add(loop.Key)
		add(loop.Value)
	case *ast.ForStmt:
		body = loop.Body
		if call, ok := loop.Cond.(*ast.CallExpr); ok {
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && t.isLocal(sel.X) {
				add(sel.X)
			}
		}
	}
	if len(items) == 0 {
		return nil
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if n, ok := n.(*ast.AssignStmt); ok && n.Tok == token.DEFINE {
			for _, rhs := range n.Rhs {
				if t.judge.uses(rhs, items) {
					for _, lhs := range n.Lhs {
						add(lhs)
					}
				}
			}
		}
		return true
	})
	return items
}

// isLocal reports whether e is a variable made in the function: an iterator, not
// the service that a parameter or receiver is.
func (t *trial) isLocal(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := t.judge.pkg.Info.ObjectOf(id).(*types.Var)
	return ok && within(v, t.site.Func.Body)
}

// uses reports whether n mentions one of the variables.
func (j *Judge) uses(n ast.Node, vars map[types.Object]bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && vars[j.pkg.Info.ObjectOf(id)] {
			found = true
		}
		return !found
	})
	return found
}

// countsPasses reports whether the header counts each pass, until there have
// been enough of them. Where the body counts back, that pass does not count.
func (t *trial) countsPasses() bool {
	loop, ok := t.site.Cycle.(*ast.ForStmt)
	if !ok || loop.Cond == nil || loop.Post == nil {
		return false
	}
	counter, step := t.steps(loop.Post)
	if counter == nil || !t.judge.uses(loop.Cond, map[types.Object]bool{counter: true}) {
		return false
	}
	back := false
	ast.Inspect(loop.Body, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok {
			v, other := t.steps(s)
			back = back || v == counter && other != step
		}
		return !back
	})
	return !back
}

// steps returns the variable that s counts, and in which direction; nil if it
// counts none.
func (t *trial) steps(s ast.Stmt) (types.Object, token.Token) {
	var counted ast.Expr
	var step token.Token
	switch s := s.(type) {
	case *ast.IncDecStmt:
		counted, step = s.X, s.Tok
	case *ast.AssignStmt:
		switch {
		case s.Tok == token.ADD_ASSIGN:
			counted, step = s.Lhs[0], token.INC
		case s.Tok == token.SUB_ASSIGN:
			counted, step = s.Lhs[0], token.DEC
		case len(s.Lhs) == 1:
			counted, step = s.Lhs[0], s.Tok
		}
	}
	if id, ok := counted.(*ast.Ident); ok {
		return t.judge.pkg.Info.ObjectOf(id), step
	}
	return nil, step
}

// otherItem reports whether the next pass is not the same attempt again: op
// works on what a range over different items gives it.
func (t *trial) otherItem(op *operation) bool {
	if t.comesRound() {
		return false
	}
	items := t.items()
	return len(items) > 0 && t.judge.uses(op.node, items)
}

// comesRound reports whether the site is a range over the same items in each
// pass of a loop around it that does not count: a list of endpoints, each of
// which is tried again.
func (t *trial) comesRound() bool {
	loop, ok := t.site.Cycle.(*ast.RangeStmt)
	if !ok {
		return false
	}
	again := false
	ast.Inspect(t.site.Func.Body, func(n ast.Node) bool {
		outer, ok := n.(*ast.ForStmt)
		if ok && outer.Post == nil && slices.Contains(outer.Body.List, ast.Stmt(loop)) {
			again = !t.madeIn(loop.X, outer.Body)
		}
		return !again
	})
	return again
}

// madeIn reports whether e mentions a variable that body declares or assigns.
func (t *trial) madeIn(e ast.Expr, body *ast.BlockStmt) bool {
	info := t.judge.pkg.Info
	made := make(map[types.Object]bool)
	ast.Inspect(body, func(n ast.Node) bool {
		if n, ok := n.(*ast.AssignStmt); ok {
			for _, lhs := range n.Lhs {
				if id, ok := lhs.(*ast.Ident); ok && info.ObjectOf(id) != nil {
					made[info.ObjectOf(id)] = true
				}
			}
		}
		return true
	})
	return t.judge.uses(e, made)
}
