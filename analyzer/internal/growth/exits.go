package growth

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// An exit is a place where control leaves the cycle.
type exit struct {
	cond ast.Expr // what decides, nil for a case of a select
	when bool     // cond is true then, or false
	init ast.Stmt // runs before cond is looked at
	comm ast.Stmt // the communication of a select's case
}

// exits lists the places where control leaves the site's cycle.
func (ev *evaluator) exits() []exit {
	w := &exitWalk{ev: ev}
	switch c := ev.site.Cycle.(type) {
	case *ast.ForStmt:
		if c.Cond != nil {
			w.found = append(w.found, exit{cond: c.Cond})
		}
		w.list(c.Body.List, true)
	case *ast.RangeStmt:
		w.list(c.Body.List, true)
	case *ast.FuncDecl:
		w.self = true
		w.list(c.Body.List, false)
	case *ast.FuncLit:
		w.self = true
		w.list(c.Body.List, false)
	case *ast.LabeledStmt:
		w.list(following(ev.site.Func.Body, c), false)
	}
	return w.found
}

// following returns the labelled statement of body and those behind it in its block.
func following(body *ast.BlockStmt, label *ast.LabeledStmt) (list []ast.Stmt) {
	code.EachList(body, func(stmts []ast.Stmt) {
		if i := slices.Index(stmts, ast.Stmt(label)); i >= 0 {
			list = append([]ast.Stmt{label.Stmt}, stmts[i+1:]...)
		}
	})
	return list
}

// An exitWalk collects exits.
type exitWalk struct {
	ev    *evaluator
	self  bool // the cycle is a function: returning leaves it, calling it goes round
	found []exit
}

// list walks statements; direct is whether an unlabelled break in them leaves
// the cycle.
func (w *exitWalk) list(stmts []ast.Stmt, direct bool) {
	for i, s := range stmts {
		w.stmt(s, direct)
		if !w.leaves(stmts[i+1:], direct) {
			continue
		}
		switch s := s.(type) { // have: if cond { ...; continue }, and what follows leaves
		case *ast.IfStmt:
			if s.Else == nil && w.goesRound(s.Body) {
				w.found = append(w.found, exit{cond: s.Cond, init: s.Init})
			}
		case *ast.SwitchStmt:
			for _, c := range s.Body.List {
				if c, ok := c.(*ast.CaseClause); ok && len(c.List) == 1 && w.goesRound(&ast.BlockStmt{List: c.Body}) {
					w.found = append(w.found, exitsBy(s, c, false)...)
				}
			}
		}
	}
}

// exitsBy returns the exits where what a case of s asks is when.
func exitsBy(s *ast.SwitchStmt, c *ast.CaseClause, when bool) (list []exit) {
	for _, e := range c.List {
		if s.Tag != nil {
			e = &ast.BinaryExpr{X: s.Tag, OpPos: e.Pos(), Op: token.EQL, Y: e}
		}
		list = append(list, exit{cond: e, when: when, init: s.Init})
	}
	return list
}

func (w *exitWalk) stmt(s ast.Stmt, direct bool) {
	switch s := s.(type) {
	case *ast.BlockStmt:
		w.list(s.List, direct)
	case *ast.LabeledStmt:
		w.stmt(s.Stmt, direct)
	case *ast.IfStmt:
		w.ifStmt(s, direct)
	case *ast.ForStmt:
		w.list(s.Body.List, false)
	case *ast.RangeStmt:
		w.list(s.Body.List, false)
	case *ast.SwitchStmt:
		w.switchStmt(s)
	case *ast.TypeSwitchStmt:
		w.clauses(s.Body)
	case *ast.SelectStmt:
		w.clauses(s.Body)
	case *ast.ReturnStmt, *ast.AssignStmt, *ast.ExprStmt:
		if w.self { // closures that call the function again are part of the cycle
			w.literals(s)
		}
	}
}

func (w *exitWalk) literals(s ast.Stmt) {
	ast.Inspect(s, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			w.list(lit.Body.List, false)
			return false
		}
		return true
	})
}

func (w *exitWalk) ifStmt(s *ast.IfStmt, direct bool) {
	if w.leaves(s.Body.List, direct) {
		w.found = append(w.found, exit{cond: s.Cond, when: true, init: s.Init})
	}
	w.list(s.Body.List, direct)
	if s.Else == nil {
		return
	}
	if b, ok := s.Else.(*ast.BlockStmt); ok && w.leaves(b.List, direct) {
		w.found = append(w.found, exit{cond: s.Cond, init: s.Init})
	}
	w.stmt(s.Else, direct)
}

// switchStmt notes the cases that leave the cycle, and those that do not where
// the default does.
func (w *exitWalk) switchStmt(s *ast.SwitchStmt) {
	rest := false
	for _, c := range s.Body.List {
		c, ok := c.(*ast.CaseClause)
		rest = rest || ok && c.List == nil && w.leaves(c.Body, false)
	}
	for _, c := range s.Body.List {
		c, ok := c.(*ast.CaseClause)
		if leaves := ok && w.leaves(c.Body, false); ok && (leaves || rest) {
			w.found = append(w.found, exitsBy(s, c, leaves)...)
		}
	}
	w.clauses(s.Body)
}

func (w *exitWalk) clauses(body *ast.BlockStmt) {
	for _, c := range body.List {
		switch c := c.(type) {
		case *ast.CaseClause:
			w.list(c.Body, false)
		case *ast.CommClause:
			if c.Comm != nil && w.leaves(c.Body, false) {
				w.found = append(w.found, exit{comm: c.Comm})
			}
			w.list(c.Body, false)
		}
	}
}

// goesRound reports whether body ends by going to the next pass.
func (w *exitWalk) goesRound(body *ast.BlockStmt) bool {
	if w.self {
		return w.callsSelf(body)
	}
	b, ok := code.Last(body.List).(*ast.BranchStmt)
	return ok && (b.Tok == token.CONTINUE || b.Tok == token.GOTO && w.toCycle(b))
}

// failsBehind reports whether s, which stands behind the delay, goes to the next pass where
// there is an error: that is the path, and what follows s is for success.
func (r *run) failsBehind(s *ast.IfStmt) bool {
	if r.called || r.delay.Node.Pos() > s.Pos() || !code.ComparesToNil(r.ev.info, s.Cond) {
		return false
	}
	cmp := ast.Unparen(s.Cond).(*ast.BinaryExpr)
	return code.IsError(r.ev.info.TypeOf(cmp.X)) && (&exitWalk{ev: r.ev}).goesRound(s.Body)
}

func (w *exitWalk) toCycle(b *ast.BranchStmt) bool {
	l, ok := w.ev.site.Cycle.(*ast.LabeledStmt)
	return ok && b.Label != nil && b.Label.Name == l.Label.Name
}

// callsSelf reports whether n calls the function that is the cycle.
func (w *exitWalk) callsSelf(n ast.Node) bool {
	return code.Any(n, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		return ok && w.ev.callsCycle(call)
	})
}

// callsCycle reports whether call is of the function that is the cycle, or of one that does
// nothing but call it.
func (ev *evaluator) callsCycle(call *ast.CallExpr) bool {
	_, _, ok := ev.pkg.SelfCall(ev.site.Func, call)
	return ok && ev.site.Func.Node == ev.site.Cycle
}

// leaves reports whether stmts end by leaving the cycle.
func (w *exitWalk) leaves(stmts []ast.Stmt, direct bool) bool {
	switch s := code.Last(stmts).(type) {
	case *ast.ReturnStmt:
		return !w.self || !w.callsSelf(s)
	case *ast.BlockStmt:
		return w.leaves(s.List, direct)
	case *ast.IfStmt:
		return s.Else != nil && w.leaves(s.Body.List, direct) && w.leaves([]ast.Stmt{s.Else}, direct)
	case *ast.BranchStmt:
		return w.branchLeaves(s, direct)
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		return ok && (!w.ev.pkg.MayReturn(call) || w.ev.pkg.EndsAbroad(call))
	}
	return false
}

func (w *exitWalk) branchLeaves(s *ast.BranchStmt, direct bool) bool {
	if s.Label == nil {
		return s.Tok == token.BREAK && direct
	}
	// A label outside the cycle, or the cycle's own, which encloses it.
	target := w.ev.label(s.Label)
	outside := target == token.NoPos || !w.ev.regions[0].has(target)
	return s.Tok != token.CONTINUE && outside && !w.toCycle(s)
}

// label returns where the label that id refers to is declared.
func (ev *evaluator) label(id *ast.Ident) token.Pos {
	if obj := ev.info.Uses[id]; obj != nil {
		return obj.Pos()
	}
	return token.NoPos
}
