package reading

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// leavesBefore reports whether a pass may end before the delay s, by what an
// earlier pass has found.
func (r *Reading) leavesBefore(s ast.Stmt) bool {
	carried := func(v *types.Var) bool { return r.Loop.Assigns(v) && (r.Counter == nil || v != r.Counter.Obj) }
	return slices.ContainsFunc(r.Exits, func(e pass.Exit) bool {
		if e.Kind == pass.Again || e.Node == nil || e.Node.Pos() > s.Pos() {
			return false
		}
		return r.Loop.Any(func(n ast.Node) bool {
			x, ok := n.(*ast.IfStmt)
			return ok && code.Within(x, e.Node) && x.Init == nil && code.AnyLocal(r.Info, x.Cond, carried)
		})
	})
}

// notFirst reports whether s stands in an if, or is one, that the first pass leaves out.
func (r *Reading) notFirst(s ast.Stmt) bool {
	return r.Loop.Any(func(n ast.Node) bool {
		x, ok := n.(*ast.IfStmt)
		if !ok || x != s && !code.Within(x.Body, s) {
			return false
		}
		cmp, ok := ast.Unparen(x.Cond).(*ast.BinaryExpr)
		if ok && code.IsComparison(cmp.Op) && r.Counter != nil {
			if holds, known := r.counted().At(cmp, 1); known && !holds {
				return true
			}
		}
		return r.When(x.Cond) == loop.ExceptFirst
	})
}
