package restate

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// labelAsLoop writes a cycle of gotos to the begin of an endless loop as that
// loop:
//
//	for {
//	again:
//		err := op()
//		if err != nil && n < 3 {
//			n++
//			goto again
//		}
//		return err
//	}
//
// It returns nil for any other cycle, and for one with a goto in a loop inside.
func labelAsLoop(of Site, labeled *ast.LabeledStmt) *Form {
	var loop *ast.ForStmt
	ast.Inspect(of.Func.Body, func(n ast.Node) bool {
		s, ok := n.(*ast.ForStmt)
		if ok && s.Init == nil && s.Cond == nil && s.Post == nil && len(s.Body.List) > 0 && s.Body.List[0] == ast.Stmt(labeled) {
			loop = s
		}
		return loop == nil
	})
	if loop == nil {
		return nil
	}
	edits := []edit.Edit{edit.Span(labeled.Pos(), labeled.Stmt.Pos(), "")}
	ok := true
	ast.PreorderStack(loop.Body, nil, func(n ast.Node, stack []ast.Node) bool {
		if b, isBranch := n.(*ast.BranchStmt); isBranch && b.Label != nil && b.Label.Name == labeled.Label.Name {
			ok = ok && b.Tok == token.GOTO && !slices.ContainsFunc(stack, code.IsLoop)
			edits = append(edits, edit.Replace(b, "continue"))
		}
		return true
	})
	if !ok {
		return nil
	}
	return newForm(of, loop.Pos(), loop.End(), of.Apply(loop.Pos(), loop.End(), edits), of.Indent(loop.Pos()))
}
