package call

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// dropLabels drops the labels that only what lies between pos and end names.
func (s *shape) dropLabels(pos, end token.Pos) (edits []edit.Edit) {
	ast.Inspect(s.Loop.Func.Body, func(n ast.Node) bool {
		l, ok := n.(*ast.LabeledStmt)
		if !ok || pos <= l.Pos() && l.Pos() < end {
			return true
		}
		inside, outside := 0, 0
		obj := s.Info.Defs[l.Label]
		ast.Inspect(s.Loop.Func.Body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && obj != nil && s.Info.Uses[id] == obj {
				if pos <= id.Pos() && id.Pos() < end {
					inside++
				} else {
					outside++
				}
			}
			return true
		})
		if inside > 0 && outside == 0 {
			edits = append(edits, s.Line(l.Pos(), l.Colon+1))
		}
		return true
	})
	return edits
}
