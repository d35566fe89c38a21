package flow

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/cfg"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// isCondition reports whether b ends in a condition: go/cfg also gives two
// successors to the blocks of range, select and type switch statements.
func isCondition(b *cfg.Block) bool {
	if len(b.Succs) != 2 || len(b.Nodes) == 0 {
		return false
	}
	if _, ok := b.Nodes[len(b.Nodes)-1].(ast.Expr); !ok {
		return false
	}
	switch b.Succs[0].Kind {
	case cfg.KindRangeBody, cfg.KindSelectCaseBody:
		return false
	}
	return true
}

// leaveBlock goes on to the successors of a block that does not end in a
// condition.
func (w *walker) leaveBlock(s state) {
	b := s.at.Block
	if len(b.Succs) == 0 && b.Kind == cfg.KindSelectAfterCase {
		return // no case is ready: it waits
	}
	if len(b.Succs) == 0 {
		for i, p := range w.watch {
			w.ends[i].add(s.facts.get(w.paths.number(p)))
		}
		w.leave(s)
		return
	}
	if len(b.Succs) == 2 && b.Succs[0].Kind == cfg.KindSwitchCaseBody {
		w.typeCase(s)
		return
	}
	for _, next := range b.Succs {
		w.enter(s, next)
	}
}

// condition goes on at the condition e: a delay that is its last operand is not taken where
// the operand before decides.
//
//	if err == nil || !pause(ctx) {
func (w *walker) condition(s state, e ast.Expr) {
	delays := w.spots.delays[s.at]
	cond, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if delays == 0 || !ok || cond.Op != token.LOR && cond.Op != token.LAND || code.Any(cond.X, w.isWait) {
		s.delays |= delays
		w.branch(s, e)
		return
	}
	b, decided, asks := s.at.Block, 0, s
	holds, fails := w.split(cond.X, w.effects(cond.X, s.facts))
	if cond.Op == token.LAND {
		holds, fails, decided = fails, holds, 1
	}
	if s.facts = holds.facts; holds.open {
		w.enter(s, b.Succs[decided])
	}
	if asks.facts = fails.facts; fails.open {
		asks.delays |= delays
		w.branch(asks, cond.Y)
	}
}

// isWait reports whether n is a delay of the site, or of another one.
func (w *walker) isWait(n ast.Node) bool { return w.judge.waits[n] }

// branch follows the edges of a condition that agree with what is known.
func (w *walker) branch(s state, e ast.Expr) {
	b := s.at.Block
	s.facts = w.effects(e, s.facts)
	if w.spots.returns[s.at] {
		w.enter(s, w.cycle.Head)
	}
	holds, fails := w.sides(b, e, s.facts)
	if b == w.cycle.Head && s.heads > 0 && holds.open { // the loop's own condition
		w.reach.waits |= s.delays
	}
	for i, side := range []branch{holds, fails} {
		if side.open {
			next := s
			next.facts = side.facts
			w.enter(next, b.Succs[i])
		}
	}
}

// sides returns both sides of the condition e that b ends in. The condition of a
// switch's case is that its tag equals e.
func (w *walker) sides(b *cfg.Block, e ast.Expr, f facts) (holds, fails branch) {
	clause, ok := b.Succs[0].Stmt.(*ast.CaseClause)
	if ok && b.Succs[0].Kind == cfg.KindSwitchCaseBody {
		if sw, ok := w.graph.Switches[clause].(*ast.SwitchStmt); ok && sw.Tag != nil {
			return w.splitCompare(token.EQL, sw.Tag, e, f)
		}
	}
	return w.split(e, f)
}

// typeCase follows the edges of a type switch's case: no error has no type.
func (w *walker) typeCase(s state) {
	b := s.at.Block
	clause, _ := b.Succs[0].Stmt.(*ast.CaseClause)
	v := isUnknown
	if sw, ok := w.graph.Switches[clause].(*ast.TypeSwitchStmt); ok {
		v = w.eval(typeSwitchOperand(sw), s.facts)
	}
	hasNil := false
	for _, t := range clause.List {
		hasNil = hasNil || w.info.Types[t].IsNil()
	}
	if !(v == isZero && !hasNil) && !(v == isNonZero && hasNil && len(clause.List) == 1) {
		w.enter(s, b.Succs[0])
	}
	if !(v == isZero && hasNil) {
		w.enter(s, b.Succs[1])
	}
}

func typeSwitchOperand(sw *ast.TypeSwitchStmt) ast.Expr {
	var e ast.Expr
	switch stmt := sw.Assign.(type) {
	case *ast.ExprStmt:
		e = stmt.X
	case *ast.AssignStmt:
		e = stmt.Rhs[0]
	}
	if assert, ok := ast.Unparen(e).(*ast.TypeAssertExpr); ok {
		return assert.X
	}
	return e
}
