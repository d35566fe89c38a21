package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// Closes refuses loops whose body means something else as a function literal that
// a helper calls.
func (r *Reading) Closes() reason.Refusal {
	if pos := r.Loop.AsksFrame(); pos.IsValid() {
		return reason.AsksFrame.At(pos)
	}
	if pos := r.marksErrors(); pos.IsValid() {
		return reason.MarksErrors.At(pos)
	}
	return nil
}

// marksErrors returns where what a pass may run marks an error for the helper
// itself, as final or as one to try again: the loop takes no notice, the helper
// does. What is given to a call of the helper there is that call's affair.
func (r *Reading) marksErrors() (pos token.Pos) {
	if r.Helper.Permanent == nil && r.Helper.Again == nil {
		return token.NoPos
	}
	for _, n := range r.Loop.Reach() {
		ast.Inspect(n, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && r.ofHelper(typeutil.Callee(r.Info, call)) && !isMarker(typeutil.Callee(r.Info, call)) {
				return false
			}
			if id, ok := n.(*ast.Ident); ok && !pos.IsValid() {
				if obj := r.Info.Uses[id]; r.ofHelper(obj) && isMarker(obj) {
					pos = id.Pos()
				}
			}
			return !pos.IsValid()
		})
	}
	return pos
}

// ofHelper reports whether obj is of a package of the helper.
func (r *Reading) ofHelper(obj types.Object) bool {
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	for _, path := range r.Helper.Imports {
		if obj.Pkg().Path() == path || strings.HasSuffix(obj.Pkg().Path(), "/vendor/"+path) {
			return obj.Pkg().Path() != "context" && obj.Pkg().Path() != "time" && obj.Pkg().Path() != "errors"
		}
	}
	return false
}

// isMarker reports whether obj makes an error of an error, or is a type of errors.
func isMarker(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.Func:
		sig := obj.Signature()
		return sig.Recv() == nil && sig.Params().Len() == 1 && sig.Results().Len() == 1 && code.IsError(sig.Params().At(0).Type()) && code.ImplementsError(sig.Results().At(0).Type())
	case *types.TypeName:
		return code.ImplementsError(obj.Type()) && !types.IsInterface(obj.Type())
	}
	return false
}
