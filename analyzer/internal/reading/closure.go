package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
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
	if pos := r.defers(); pos.IsValid() {
		return reason.DeferInBody.At(pos)
	}
	return nil
}

// defers returns where a pass defers a call to the end of the function.
func (r *Reading) defers() (pos token.Pos) {
	r.Loop.Inspect(func(n ast.Node) bool {
		if d, ok := n.(*ast.DeferStmt); ok {
			pos = d.Pos()
		}
		_, isLit := n.(*ast.FuncLit)
		return !isLit && !pos.IsValid()
	})
	return pos
}

// marksErrors returns where what a pass may run marks an error for the helper
// itself, as final or as one to try again: the loop takes no notice, the helper
// does. What is given to a call of the helper there is that call's affair.
func (r *Reading) marksErrors() (pos token.Pos) {
	if r.Helper.Permanent == nil && r.Helper.Again == nil || !r.knowsHelper() {
		return token.NoPos
	}
	for n := range r.Loop.MayRun {
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

// knowsHelper reports whether the package can name what a package of the helper has.
func (r *Reading) knowsHelper() bool {
	imports := func(imp *ast.ImportSpec) bool {
		path, err := strconv.Unquote(imp.Path.Value)
		return err == nil && r.isHelper(path)
	}
	return r.isHelper(r.Pkg.Types.Path()) || slices.ContainsFunc(r.Pkg.Files, func(f *ast.File) bool { return slices.ContainsFunc(f.Imports, imports) })
}

// ofHelper reports whether obj is of a package of the helper.
func (r *Reading) ofHelper(obj types.Object) bool {
	return obj != nil && obj.Pkg() != nil && r.isHelper(obj.Pkg().Path())
}

// isHelper reports whether path is that of a package of the helper.
func (r *Reading) isHelper(path string) bool {
	for _, own := range r.Helper.Imports {
		if path == own || strings.HasSuffix(path, "/vendor/"+own) {
			return path != "context" && path != "time" && path != "errors"
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
