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
		if w.sparesOne(s) && w.pausesIn(s.Body) {
			end.waits = end.waits.next()
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

// sparesOne reports whether the only pass that leaves the body of s out needs no delay
// there: the last one, or the first one in front of its attempt.
func (w *walker) sparesOne(s *ast.IfStmt) bool {
	if w.Count == nil {
		return false
	}
	when := w.Count(s.Cond)
	return when == loop.ExceptLast || when == loop.ExceptFirst && (w.op == token.NoPos || s.Pos() < w.op)
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

func (w *walker) branch(s *ast.BranchStmt, st state, to targets) (state, bool) {
	own := s.Label != nil && s.Label.Name == w.Loop.Label && w.Loop.Label != ""
	kind := Jumps
	switch s.Tok {
	case token.FALLTHROUGH:
		w.jumps = append(w.jumps, jump{s, st})
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
			w.jumps = append(w.jumps, jump{s, st})
			return st, false
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
