package growth

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// runsBefore reports whether pos is in the block of d.
func (d def) runsBefore(pos token.Pos) bool {
	if d.loop != nil {
		return d.loop.Pos() <= pos && pos < d.loop.End()
	}
	return d.block != nil && d.block.Pos() <= pos && pos < d.block.End()
}

// onlyAtTimes reports whether d runs only where something holds that no pass changes, and
// use runs in any case.
func (ev *evaluator) onlyAtTimes(d def, use token.Pos) bool {
	inside := d.guard != nil && d.guard.Pos() <= use && use < d.guard.End()
	return d.guard != nil && !inside && !code.Any(d.guard.Cond, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			return true
		case *ast.Ident:
			return len(ev.inside(ev.defsOf(ev.info.ObjectOf(n)))) > 0
		}
		return false
	})
}

// comesTo reports whether d may run before pos in the same pass.
func (d def) comesTo(pos token.Pos) bool {
	switch b := d.block.(type) {
	case *ast.BlockStmt:
		return d.pos < pos && !code.Jumps(b.List)
	case *ast.CaseClause:
		return d.pos < pos && !code.Jumps(b.Body)
	case *ast.CommClause:
		return d.pos < pos && !code.Jumps(b.Body)
	}
	return d.pos < pos
}
