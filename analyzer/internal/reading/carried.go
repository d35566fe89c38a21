package reading

import (
	"go/ast"
	"go/types"
)

// Carried returns the error variable that the loop's condition reads from the
// pass before, or nil.
func (r *Reading) Carried() types.Object { return r.carriedIn(r.KeepCond) }

func (r *Reading) carriedIn(cond ast.Expr) types.Object {
	if cond == nil {
		return nil
	}
	var found types.Object
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if obj := r.Loop.ErrorVar(id); obj != nil && r.Loop.Assigns(obj) {
				found = obj
			}
		}
		return found == nil
	})
	return found
}
