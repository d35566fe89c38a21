package reading

import (
	"go/ast"
	"go/types"
	"go/version"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// limitStays reports whether the loop's condition compares the counter with what
// stays the same.
func (r *Reading) limitStays() bool {
	moves := func(id *ast.Ident) bool {
		v, ok := r.Info.Uses[id].(*types.Var)
		return ok && v != r.Counter.Obj && r.Loop.Assigns(v) && !r.Loop.Liftable(v)
	}
	return r.Counter == nil || !slices.ContainsFunc(code.Comparisons(r.Loop.Cond), func(cmp *ast.BinaryExpr) bool {
		return code.Mentions(r.Info, cmp, r.Counter.Obj) && (!r.Loop.Steady(cmp) || code.AnyName(cmp, moves))
	})
}

// mayOverflow reports whether n is computed from a number of a small type, which
// may turn around.
func (r *Reading) mayOverflow(n loop.Number) bool {
	if n.Expr == nil || n.Offset == 0 && n.Less == nil {
		return false
	}
	basic, ok := r.Info.TypeOf(n.Expr).Underlying().(*types.Basic)
	return ok && (basic.Kind() == types.Int8 || basic.Kind() == types.Int16 || basic.Kind() == types.Uint8 || basic.Kind() == types.Uint16)
}

// countsApart reports whether each pass has a counter of its own, as the
// language has it since Go 1.22.
func (r *Reading) countsApart() bool { return version.Compare(r.GoVersion, "go1.22") >= 0 }

// computesOnly reports whether the functions of the package that tell the delays
// do nothing else: the helper does not call them.
func (r *Reading) computesOnly() bool {
	acts := func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		return ok && r.Pkg.Acts(call)
	}
	return !slices.ContainsFunc(r.pauses(), func(p *pass.Pause) bool {
		return slices.ContainsFunc(append(slices.Concat(r.tellers(p)...), p.Delay.Duration), func(e ast.Expr) bool { return code.Any(e, acts) })
	})
}

// AsksAtomic reports whether e, or a function of the package that it calls, reads an
// atomic: others may change that at any time, which is what it is for.
func (r *Reading) AsksAtomic(e ast.Expr) bool {
	isAtomic := func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return false
		}
		fn, ok := typeutil.Callee(r.Info, call).(*types.Func)
		return ok && fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic"
	}
	return code.Any(e, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return false
		}
		fn := r.Pkg.Callee(call)
		return isAtomic(call) || fn != nil && fn.Body != nil && code.Any(fn.Body, isAtomic)
	})
}
