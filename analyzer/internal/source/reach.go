package source

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// Reach returns the function that call reaches, of this package or of another one
// whose source is read, or nil.
func (p *Package) Reach(call *ast.CallExpr) *Func {
	if fn := p.Callee(call); fn != nil || p.Abroad == nil {
		return fn
	}
	fn, ok := typeutil.Callee(p.Info, call).(*types.Func)
	if !ok || fn.Pkg() == nil || p.Owns(fn.Pkg()) || fn.Signature().Recv() != nil {
		return nil
	}
	return p.Abroad(fn)
}
