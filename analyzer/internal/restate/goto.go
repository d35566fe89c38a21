package restate

import (
	"go/ast"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
)

// gotoAsLoop writes a cycle of gotos as a loop that holds the rest of the
// function, where that uses what a pass declares:
//
//	again:
//		v, err := op()
//		if err != nil && n < 3 {
//			n++
//			goto again
//		}
//		return v, err
func gotoAsLoop(of Site, labeled *ast.LabeledStmt) *Form {
	at, ok := loop.PlaceOf(of.Func, labeled)
	if !ok || at.Outer != ast.Stmt(labeled) || !at.Last {
		return nil
	}
	after := at.List[at.Index+1:]
	pass := append([]ast.Stmt{labeled.Stmt}, after...)
	if !code.DeclaresUsed(pass, after) {
		return nil
	}
	edits, ok := gotosTo(labeled, &ast.BlockStmt{List: pass})
	if !ok {
		return nil
	}
	end := labeled.Stmt.End()
	rest := []ast.Stmt{labeled.Stmt}
	if len(after) > 0 {
		rest = after
		end = rest[len(rest)-1].End()
	}
	text := "for {\n" + of.Apply(labeled.Stmt.Pos(), end, edits)
	if !code.Terminating(rest) {
		text += "\nreturn"
	}
	return newForm(of, labeled.Pos(), end, text+"\n}", of.Indent(labeled.Stmt.Pos()))
}
