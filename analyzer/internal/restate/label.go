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
	gotos, ok := gotosTo(labeled, loop.Body)
	if !ok {
		return nil
	}
	edits = append(edits, gotos...)
	text := of.Apply(loop.Pos(), loop.End(), edits)
	return newForm(of, loop.Pos(), loop.End(), text, of.Indent(loop.Pos()))
}

// gotosTo returns the edits that write each goto to labeled in n as continue; not
// ok if there is none, if one is in a loop inside, or if the label is used
// otherwise.
func gotosTo(labeled *ast.LabeledStmt, n ast.Node) (edits []edit.Edit, ok bool) {
	ok = true
	ast.PreorderStack(n, nil, func(n ast.Node, stack []ast.Node) bool {
		b, isBranch := n.(*ast.BranchStmt)
		if !isBranch || b.Label == nil || b.Label.Name != labeled.Label.Name {
			return true
		}
		ok = ok && b.Tok == token.GOTO && !slices.ContainsFunc(stack, code.IsLoop)
		edits = append(edits, edit.Replace(b, "continue"))
		return true
	})
	return edits, ok && len(edits) > 0
}
