package reading

import (
	"go/ast"
	"go/types"
)

// Carried returns the error variable that the loop's condition reads from the
// pass before, or nil.
func (b *Reading) Carried() types.Object { return b.carriedIn(b.KeepCond) }

func (b *Reading) carriedIn(cond ast.Expr) types.Object {
	if cond == nil {
		return nil
	}
	var found types.Object
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if obj := b.Loop.ErrorVar(id); obj != nil && b.Loop.Assigns(obj) {
				found = obj
			}
		}
		return found == nil
	})
	return found
}
