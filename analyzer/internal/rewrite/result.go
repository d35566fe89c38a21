package rewrite

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// findResult finds the variable that holds the last error behind the loop.
func (w *writer) findResult() reason.Refusal {
	found := make(map[types.Object]bool)
	w.loop.Inspect(func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			if obj := w.loop.ErrorVar(id); obj != nil && !w.loop.Has(obj.Pos()) && w.loop.ReadsAfter(obj, nil) {
				found[obj] = true
			}
		}
		return true
	})
	if len(found) == 1 {
		for _, obj := range code.ObjectsInOrder(found) {
			if w.isResult(obj) {
				w.result = obj
			}
		}
	}
	return nil
}

// isResult reports whether obj is the error of the failed attempt whenever the
// loop goes round.
func (w *writer) isResult(obj types.Object) bool {
	rounds := 0
	for _, e := range w.exits {
		if e.kind != again {
			continue
		}
		rounds++
		if e.facts.Of(obj) != notNil && obj != w.opErr && !(e.facts.CopyOf(obj) != nil && e.facts.CopyOf(obj) == w.opErr) {
			return false
		}
		if !e.facts.Wrote(obj) {
			return false // it is that of an earlier attempt
		}
	}
	return rounds > 0 && !w.madeOfItself(obj)
}

// madeOfItself reports whether an attempt makes obj of what an earlier one has
// left in it.
func (w *writer) madeOfItself(obj types.Object) bool {
	found := false
	w.pass().Walk(Watch{Before: func(s ast.Stmt, f facts) {
		a, ok := s.(*ast.AssignStmt)
		if !ok || f.Wrote(obj) || !code.Writes(w.info, &ast.AssignStmt{Lhs: a.Lhs}, obj) {
			return
		}
		for _, x := range a.Rhs {
			found = found || code.Mentions(w.info, x, obj)
		}
	}})
	return found
}
