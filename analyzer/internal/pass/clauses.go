package pass

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A jump leaves a statement inside the loop for what follows it, or a case for the
// next one.
type jump struct {
	stmt *ast.BranchStmt
	from state
}

// landed returns the states in which the jumps that do so land here, which are not
// on their way any more.
func (w *walker) landed(here func(*ast.BranchStmt) bool) (states []state) {
	var others []jump
	for _, j := range w.jumps {
		if here(j.stmt) {
			states = append(states, j.from)
		} else {
			others = append(others, j)
		}
	}
	w.jumps = others
	return states
}

func breaks(s *ast.BranchStmt) bool { return s.Tok == token.BREAK && s.Label == nil }

func fallsThrough(s *ast.BranchStmt) bool { return s.Tok == token.FALLTHROUGH }

// labeled walks a statement inside the loop, which a break may leave by its label.
func (w *walker) labeled(s *ast.LabeledStmt, st state, to targets, tail bool) (state, bool) {
	var ends []state
	if end, ok := w.stmt(s.Stmt, st, to, tail); ok {
		ends = append(ends, end)
	}
	return join(append(ends, w.landed(func(j *ast.BranchStmt) bool {
		return j.Tok == token.BREAK && j.Label != nil && j.Label.Name == s.Label.Name
	})...))
}

func (w *walker) switchStmt(s *ast.SwitchStmt, st state, to targets, tail bool) (state, bool) {
	st = w.run1(s.Init, st)
	cond := func(e ast.Expr) ast.Expr { return e }
	if s.Tag != nil {
		cond = func(e ast.Expr) ast.Expr { return &ast.BinaryExpr{X: s.Tag, OpPos: e.Pos(), Op: token.EQL, Y: e} }
	}
	return w.clauses(s.Body, st, cond, to, tail)
}

// clauses walks the cases of a switch or select; cond makes a condition of an
// expression of a case.
func (w *walker) clauses(body *ast.BlockStmt, st state, cond func(ast.Expr) ast.Expr, to targets, tail bool) (state, bool) {
	starts, ends := w.starts(body, st, cond)
	outer := w.jumps
	w.jumps = nil
	var fallen []state
	for i, c := range body.List {
		start, ok := join(append(fallen, starts[i]...))
		fallen = nil
		if !ok {
			continue
		}
		list := bodyOf(c)
		if end, ok := w.list(list, start, targets{toInner, to.cont}, tail && !code.Breaks(list)); ok {
			ends = append(ends, end)
		}
		fallen = w.landed(fallsThrough)
	}
	ends = append(ends, w.landed(breaks)...)
	w.jumps = append(outer, w.jumps...)
	return join(ends)
}

func bodyOf(clause ast.Stmt) []ast.Stmt {
	switch c := clause.(type) {
	case *ast.CommClause:
		return c.Body
	case *ast.CaseClause:
		return c.Body
	}
	return nil
}

// starts returns the states in which each case may begin, and those in which the
// statement may end without one.
func (w *walker) starts(body *ast.BlockStmt, st state, cond func(ast.Expr) ast.Expr) (starts [][]state, ends []state) {
	starts = make([][]state, len(body.List))
	rest, open := st, true // where no case before held
	def := -1
	for i, c := range body.List {
		switch c := c.(type) {
		case *ast.CommClause:
			starts[i] = []state{w.run1(c.Comm, st)}
			open = false
		case *ast.CaseClause:
			switch {
			case c.List == nil:
				def = i
			case cond == nil:
				starts[i] = []state{st}
			default:
				starts[i] = w.caseStarts(c, &rest, &open, cond)
			}
		}
	}
	switch {
	case open && def >= 0:
		starts[def] = []state{rest}
	case open:
		ends = []state{rest}
	}
	return starts, ends
}

// caseStarts returns the states in which an expression of the case c holds. Rest is
// what is known where no case before held, and then where this one does not either;
// that is not open if one holds for sure.
func (w *walker) caseStarts(c *ast.CaseClause, rest *state, open *bool, cond func(ast.Expr) ast.Expr) (starts []state) {
	for _, e := range c.List {
		if !*open {
			break
		}
		answer := w.eval(cond(e), rest.facts)
		if answer != no {
			starts = append(starts, rest.with(w.Refine(cond(e), true, rest.facts)))
		}
		if answer == yes {
			*open = false
		}
		rest.facts = w.Refine(cond(e), false, rest.facts)
	}
	return starts
}
