package flow

import (
	"go/ast"

	"golang.org/x/tools/go/cfg"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
)

// attempt returns the operation of a send that does not wait, which fails if no
// one takes the value: a case of a select that has a default.
func (j *Judge) attempt(g *graph.Graph, send *ast.SendStmt) *operation {
	clause := g.Comms[send]
	sel := g.Selects[clause]
	if clause == nil || sel == nil || len(sel.Body.List) < 2 {
		return nil
	}
	for _, other := range sel.Body.List {
		if other, ok := other.(*ast.CommClause); ok && other.Comm == nil {
			return &operation{
				send:    clause,
				failing: []world{{results: []value{isZero}}},
				success: []world{{results: []value{isTrue}}},
			}
		}
	}
	return nil
}

// sends reports whether b is not entered because of how the operation, a send,
// went: its case is taken or, if it failed, the default.
func (w *walker) sends(b *cfg.Block) bool {
	if w.op == nil || w.op.send == nil {
		return false
	}
	clause, ok := b.Stmt.(*ast.CommClause)
	if !ok || w.graph.Selects[clause] != w.graph.Selects[w.op.send] {
		return false
	}
	if clause == w.op.send && w.world.result(0) == isTrue {
		return b.Kind == cfg.KindSelectAfterCase
	}
	return b.Kind == cfg.KindSelectCaseBody
}

// without returns the spots without the delays that are alternatives to what
// leads to op: in a select, another case.
func (sp *spots) without(g *graph.Graph, op *operation) *spots {
	copied := *sp
	copied.delays = make(map[graph.Point]delaySet)
	for at, d := range sp.delays {
		if clause, ok := at.Block.Stmt.(*ast.CommClause); ok && at.Index < 0 && beside(g.Selects[clause], clause, op.node) {
			continue
		}
		copied.delays[at] = d
	}
	return &copied
}

// beside reports whether n is in a case of sel other than clause.
func beside(sel *ast.SelectStmt, clause *ast.CommClause, n ast.Node) bool {
	if sel == nil || n == nil {
		return false
	}
	return code.Within(sel, n) && !code.Within(clause, n)
}
