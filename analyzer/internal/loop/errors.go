package loop

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// ErrorVar returns the local variable of type error that e names, or nil.
func (l *Loop) ErrorVar(e ast.Expr) types.Object {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := l.Info.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || v.Parent() == l.Pkg.Types.Scope() || !code.IsError(v.Type()) {
		return nil
	}
	return v
}
