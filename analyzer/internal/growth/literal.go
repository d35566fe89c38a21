package growth

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// givenAnytime reports whether a function literal gives obj another value that the cycle
// is not seen to call, and that may run meanwhile: it is kept, handed over or a goroutine.
func (ev *evaluator) givenAnytime(obj types.Object) bool {
	return slices.ContainsFunc(ev.defsOf(obj), func(d def) bool {
		return d.inLiteral(obj) && !ev.covers(d.pos) && !code.Within(d.inner, ev.site.Cycle) && !ev.onlyCalled(d.inner.(*ast.FuncLit))
	})
}

// onlyCalled reports whether nothing is done with a literal but to call it where it stands,
// or by the name of the variable that it is the value of.
func (ev *evaluator) onlyCalled(lit *ast.FuncLit) bool {
	decl := ev.pkg.DeclAt(lit.Pos())
	if decl == nil {
		return false
	}
	var name types.Object
	called := make(map[ast.Expr]bool)
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			return ast.Unparen(n.Call.Fun) != ast.Expr(lit)
		case *ast.CallExpr:
			called[ast.Unparen(n.Fun)] = true
		case *ast.AssignStmt:
			if i := slices.Index(n.Rhs, ast.Expr(lit)); i >= 0 && len(n.Lhs) == len(n.Rhs) {
				name = ev.object(n.Lhs[i])
				called[n.Lhs[i]] = true
			}
		case *ast.ValueSpec:
			if i := slices.Index(n.Values, ast.Expr(lit)); i >= 0 && len(n.Names) == len(n.Values) {
				name = ev.info.Defs[n.Names[i]]
			}
		}
		return true
	})
	if name == nil {
		return called[lit]
	}
	return code.IsLocal(name) && !code.Any(decl, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		return ok && ev.info.Uses[id] == name && !called[id]
	})
}
