package reading

import (
	"go/ast"
	"go/types"
	"go/version"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
)

// limitStays reports whether the loop's condition compares the counter with what
// stays the same.
func (r *Reading) limitStays() bool {
	stays := true
	ast.Inspect(r.Loop.Cond, func(n ast.Node) bool {
		cmp, ok := n.(*ast.BinaryExpr)
		if !ok || !code.IsComparison(cmp.Op) || r.Counter == nil || !code.Mentions(r.Info, cmp, r.Counter.Obj) {
			return true
		}
		stays = stays && r.Loop.Steady(cmp)
		ast.Inspect(cmp, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && r.Info.Uses[id] != r.Counter.Obj {
				v, ok := r.Info.Uses[id].(*types.Var)
				stays = stays && !(ok && r.Loop.Assigns(v) && !r.Loop.Liftable(v))
			}
			return stays
		})
		return false
	})
	return stays
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
	only := true
	for _, s := range code.InOrder(r.Pauses) {
		p := r.Pauses[s]
		if p.Delay.Duration == nil {
			continue
		}
		ast.Inspect(p.Delay.Duration, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return only
			}
			only = only && !r.Pkg.Acts(call)
			return only
		})
	}
	return only
}
