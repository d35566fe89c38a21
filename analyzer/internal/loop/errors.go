package loop

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// ErrorVar returns the local variable of type error that e names, or nil.
func (l *Loop) ErrorVar(e ast.Expr) types.Object {
	v := code.Local(l.Info, e)
	if v == nil || !code.IsError(v.Type()) {
		return nil
	}
	return v
}
