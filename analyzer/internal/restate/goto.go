package restate

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
)

// gotoAsLoop writes a cycle of gotos as a loop. It holds the rest of the function, where
// that uses what a pass declares:
//
//	again:
//		v, err := op()
//		if err != nil && n < 3 {
//			n++
//			goto again
//		}
//		return v, err
func gotoAsLoop(of Site, labeled *ast.LabeledStmt) *Form {
	l, refusal := loop.New(of.Pkg, of.Func, labeled)
	if refusal != nil || l.Leaks && !l.Last {
		return nil
	}
	pass, end := l.Body, l.End()
	if n := len(l.After); l.Leaks {
		pass, end = slices.Concat(pass, l.After), l.After[n-1].End()
	}
	edits, ok := gotosTo(labeled, &ast.BlockStmt{List: pass})
	if !ok {
		return nil
	}
	text := "for {\n" + of.Apply(labeled.Stmt.Pos(), end, edits)
	switch {
	case code.Terminating(pass):
	case l.Leaks:
		text += "\nreturn"
	default:
		text += "\nbreak"
	}
	return newForm(of, labeled.Pos(), end, text+"\n}", of.Indent(labeled.Stmt.Pos()))
}
