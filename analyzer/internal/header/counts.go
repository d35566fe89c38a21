package header

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// comparesCount reports whether what stands behind the loop compares something that the
// failed attempts have counted or collected, other than with none: attempts that end early
// leave less there than those that have run out, as success does.
//
//	return failed < limit
//	if len(errs) == limit {
func (h *heading) comparesCount() bool {
	found := false
	counted := func(e ast.Expr) bool {
		return code.AnyName(e, func(id *ast.Ident) bool { return h.accumulates(h.Info.ObjectOf(id)) })
	}
	none := func(e ast.Expr) bool {
		n, known := code.Int(h.Info, e)
		return known && n == 0 || code.IsNil(h.Info, e)
	}
	ast.Inspect(h.Loop.Decl, func(n ast.Node) bool {
		if n == nil || found || h.Loop.Has(n.Pos()) {
			return false
		}
		switch n := n.(type) {
		case *ast.BinaryExpr:
			found = code.IsComparison(n.Op) && !none(n.X) && !none(n.Y) && (counted(n.X) || counted(n.Y))
		case *ast.SwitchStmt:
			found = n.Tag != nil && counted(n.Tag)
		}
		return !found
	})
	return found
}

// accumulates reports whether a pass makes a new value of v's old one, and v outlives the loop.
func (h *heading) accumulates(v types.Object) bool {
	return v != nil && !h.Loop.Has(v.Pos()) && h.Loop.Any(func(n ast.Node) bool {
		if !slices.ContainsFunc(code.Assigned(n), func(id *ast.Ident) bool { return h.Info.ObjectOf(id) == v }) {
			return false
		}
		a, ok := n.(*ast.AssignStmt)
		return !ok || a.Tok != token.ASSIGN || slices.ContainsFunc(a.Rhs, func(e ast.Expr) bool { return code.Mentions(h.Info, e, v) })
	})
}
