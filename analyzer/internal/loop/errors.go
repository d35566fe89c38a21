package loop

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// HandsOn reports whether n, which may be nil, names an error that the loop gives a value.
func (l *Loop) HandsOn(n ast.Node) bool {
	return code.AnyLocal(l.Info, n, func(v *types.Var) bool { return code.IsError(v.Type()) && l.Assigns(v) })
}

// ErrorVar returns the local variable of type error that e names, or nil.
func (l *Loop) ErrorVar(e ast.Expr) types.Object {
	v := code.Local(l.Info, e)
	if v == nil || !code.IsError(v.Type()) {
		return nil
	}
	return v
}
