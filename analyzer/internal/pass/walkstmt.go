package pass

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

func (w *walker) ifStmt(s *ast.IfStmt, st state, to targets, tail bool) (state, bool) {
	st = w.run1(s.Init, st)
	answer := w.eval(s.Cond, st.facts)
	var ends []state
	if answer != no {
		then := st.with(w.Refine(s.Cond, true, st.facts))
		if end, ok := w.list(s.Body.List, then, to, tail); ok {
			ends = append(ends, end)
		}
	}
	if answer != yes {
		end := st.with(w.Refine(s.Cond, false, st.facts))
		if w.Count != nil && (w.Count(s.Cond) == loop.ExceptLast || w.Count(s.Cond) == loop.ExceptFirst) && w.pausesIn(s.Body) {
			end.waits = end.waits.next() // the other way is the last attempt, or the first
		}
		ok := true
		if s.Else != nil {
			end, ok = w.stmt(s.Else, end, to, tail)
		}
		if ok {
			ends = append(ends, end)
		}
	}
	end, ok := join(ends)
	end.acted = end.acted || !code.Pure(w.Loop.Info, s.Cond) // it has asked
	return end, ok
}

// pausesIn reports whether a delay stands in body.
func (p *Pass) pausesIn(body *ast.BlockStmt) bool {
	return slices.ContainsFunc(slices.Collect(maps.Keys(p.Pauses)), func(s ast.Stmt) bool { return code.Within(body, s) })
}

func join(ends []state) (state, bool) {
	if len(ends) == 0 {
		return state{}, false
	}
	st := ends[0]
	for _, e := range ends[1:] {
		st.facts = st.facts.Or(e.facts)
		st.waits |= e.waits
		st.behind, st.acted, st.early = st.behind || e.behind, st.acted || e.acted, max(st.early, e.early)
		for _, s := range e.crossed {
			if !slices.Contains(st.crossed, s) {
				st.crossed = append(slices.Clip(st.crossed), s)
			}
		}
	}
	return st, true
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
	var ends []state
	rest, open := st, true // where no case before held
	var def *ast.CaseClause
	falls := false
	walk := func(list []ast.Stmt, st state) {
		if falls {
			st.facts = newFacts()
		}
		falls = code.FallsThrough(list)
		if end, ok := w.list(list, st, targets{toInner, to.cont}, tail && !code.Breaks(list)); ok {
			ends = append(ends, end)
		}
		if code.Breaks(list) {
			ends = append(ends, w.forgetIn(&ast.BlockStmt{List: list}, state{facts: newFacts(), waits: none | once}))
		}
	}
	for _, c := range body.List {
		switch c := c.(type) {
		case *ast.CommClause:
			walk(c.Body, w.run1(c.Comm, st))
			open = false
		case *ast.CaseClause:
			if c.List == nil {
				def = c
				continue
			}
			if cond == nil {
				walk(c.Body, st)
				continue
			}
			w.caseClause(c, &rest, &open, cond, walk)
		}
	}
	if def != nil && open {
		walk(def.Body, rest)
	} else if def == nil && open {
		ends = append(ends, rest)
	}
	return join(ends)
}

func (w *walker) caseClause(c *ast.CaseClause, rest *state, open *bool, cond func(ast.Expr) ast.Expr, walk func([]ast.Stmt, state)) {
	var starts []state
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
	if st, ok := join(starts); ok {
		walk(c.Body, st)
	}
}

func (w *walker) branch(s *ast.BranchStmt, st state, to targets) (state, bool) {
	own := s.Label != nil && s.Label.Name == w.Loop.Label && w.Loop.Label != ""
	kind := Jumps
	switch s.Tok {
	case token.FALLTHROUGH:
		return st, false
	case token.GOTO:
		if own && w.Loop.IsGoto() {
			kind = Again
		} else if s.Label != nil && w.inBody(s.Label) {
			w.refusal = reason.ShapeOfCycle.At(s.Pos())
		}
	case token.BREAK, token.CONTINUE:
		goal := to.brk
		if s.Tok == token.CONTINUE {
			goal = to.cont
		}
		if s.Label != nil {
			goal = toOuter
			if own {
				goal = toLoop
			} else if w.inBody(s.Label) {
				goal = toInner
			}
		}
		if s.Tok == token.CONTINUE && goal == toOuter && w.Loop.EndsOuter(s) {
			w.exits = append(w.exits, Exit{Leaves, s, st.facts, st.waits})
			return st, false
		}
		switch {
		case goal == toInner:
			return st, false // its end is joined where the inner statement ends
		case goal == toLoop && s.Tok == token.BREAK:
			kind = Leaves
		case goal == toLoop:
			kind = Again
		}
	}
	w.exits = append(w.exits, Exit{kind, s, st.facts, st.waits})
	return st, false
}

// inBody reports whether a label stands inside the loop's body.
func (w *walker) inBody(label *ast.Ident) bool {
	obj := w.Loop.Info.Uses[label]
	return obj != nil && w.Loop.InBody(obj.Pos())
}
