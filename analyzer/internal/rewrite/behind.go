package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// What stands behind a loop sees a wait that ended early as it sees attempts that
// have run out, if it looks at an error that is there after each failed attempt.

// failsBehind reports whether what stands behind the loop begins by telling of
// failure then: it returns an error that is made there, or asks for one that each
// pass has where another one follows.
//
//	if err != nil { return err }
//	return err
func (k *keeper) failsBehind(exits []exit) bool {
	if len(k.loop.after) == 0 || !k.returnsError() {
		return false
	}
	switch s := k.loop.after[0].(type) {
	case *ast.ReturnStmt:
		if len(s.Results) == 0 {
			return false
		}
		return k.failsWith(s.Results[len(s.Results)-1], exits)
	case *ast.IfStmt:
		cmp, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
		return ok && s.Init == nil && cmp.Op == token.NEQ && code.IsNil(k.info, cmp.Y) && code.EndsInReturn(s.Body.List) && k.sure(k.walker().errorVar(cmp.X), exits)
	}
	return false
}

// failsWith reports whether e is an error where the loop goes round.
func (k *keeper) failsWith(e ast.Expr, exits []exit) bool {
	w := k.walker()
	if v := w.errorVar(e); v != nil {
		return k.sure(v, exits)
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && code.MakesError(code.Callee(k.info, call)) && !k.readsUnsure(exits) || !ok && code.IsSentinel(w.info, e)
}

// sure reports whether the loop gives v an error in each pass that another one
// follows.
func (k *keeper) sure(v types.Object, exits []exit) bool {
	return v != nil && len(exits) > 0 && k.loop.assigns(k.pkg, v) && alwaysError(exits, v)
}

// readsUnsure reports whether what stands behind the loop reads an error that need
// not be there after a failed attempt.
func (k *keeper) readsUnsure(exits []exit) bool {
	unsure, w := false, k.walker()
	for _, s := range k.loop.after {
		ast.Inspect(s, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				v := w.errorVar(id)
				unsure = unsure || v != nil && k.loop.assigns(k.pkg, v) && v != k.opErr && !alwaysError(exits, v)
			}
			return !unsure
		})
	}
	return unsure
}
