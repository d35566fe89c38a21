package rewrite

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// carried returns the error variable that the loop's condition reads from the
// pass before, or nil.
func (b *binder) carried() types.Object { return b.carriedIn(b.keepCond) }

func (b *binder) carriedIn(cond ast.Expr) types.Object {
	if cond == nil {
		return nil
	}
	w := b.walker()
	var found types.Object
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if obj := w.errorVar(id); obj != nil && b.loop.Assigns(obj) {
				found = obj
			}
		}
		return found == nil
	})
	return found
}

// sameAttempt reports whether two assignments make the same call and give its
// results to the same variables.
func (b *binder) sameAttempt(x, y *ast.AssignStmt) bool {
	if len(x.Lhs) != len(y.Lhs) || len(x.Rhs) != 1 || len(y.Rhs) != 1 || types.ExprString(x.Rhs[0]) != types.ExprString(y.Rhs[0]) {
		return false
	}
	if _, ok := ast.Unparen(x.Rhs[0]).(*ast.CallExpr); !ok || b.Text(x.Rhs[0]) != b.Text(y.Rhs[0]) {
		return false
	}
	for i := range x.Lhs {
		v, w := code.Local(b.info, x.Lhs[i]), code.Local(b.info, y.Lhs[i])
		if b.Text(x.Lhs[i]) != b.Text(y.Lhs[i]) || v != w {
			return false
		}
	}
	return true
}
