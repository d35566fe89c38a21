package write

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// FindResult finds the variable that holds the last error behind the loop.
func (w *Writer) FindResult() {
	found := make(map[types.Object]bool)
	w.Loop.Inspect(func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			if obj := w.Loop.ErrorVar(id); obj != nil && !w.Loop.Has(obj.Pos()) && w.Loop.ReadsAfter(obj, nil) {
				found[obj] = true
			}
		}
		return true
	})
	for obj := range found {
		if len(found) == 1 && w.isResult(obj) {
			w.Result = obj
		}
	}
}

// isResult reports whether obj is the error of the failed attempt whenever the
// loop goes round.
func (w *Writer) isResult(obj types.Object) bool {
	rounds := 0
	for _, e := range w.Ends {
		if e.Kind != pass.Again {
			continue
		}
		rounds++
		if e.Facts.Of(obj) != pass.NotNil && obj != w.OpErr && !(e.Facts.CopyOf(obj) != nil && e.Facts.CopyOf(obj) == w.OpErr) {
			return false
		}
		if !e.Facts.Wrote(obj) {
			return false // it is that of an earlier attempt
		}
	}
	return rounds > 0 && !w.madeOfItself(obj)
}

// madeOfItself reports whether an attempt makes obj of what an earlier one has
// left in it.
func (w *Writer) madeOfItself(obj types.Object) bool {
	found := false
	w.Pass().Walk(pass.Watch{Before: func(s ast.Stmt, f pass.Facts) {
		a, ok := s.(*ast.AssignStmt)
		if !ok || f.Wrote(obj) || !code.Gives(w.Info, a, obj) {
			return
		}
		for _, x := range a.Rhs {
			found = found || code.Mentions(w.Info, x, obj)
		}
	}})
	return found
}
