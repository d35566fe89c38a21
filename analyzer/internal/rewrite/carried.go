package rewrite

import (
	"go/ast"
	"go/types"
)

// carried returns the error variable that the loop's condition reads from the
// pass before, or nil.
func (b *Reading) carried() types.Object { return b.carriedIn(b.keepCond) }

func (b *Reading) carriedIn(cond ast.Expr) types.Object {
	if cond == nil {
		return nil
	}
	var found types.Object
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if obj := b.loop.ErrorVar(id); obj != nil && b.loop.Assigns(obj) {
				found = obj
			}
		}
		return found == nil
	})
	return found
}
