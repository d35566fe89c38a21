package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// Asks reports whether n asks ctx whether it has ended.
func (r *Reading) Asks(n ast.Node, ctx string) bool {
	return code.Any(n, func(n ast.Node) bool { return r.asks(n, ctx) })
}

// LoopAsks reports whether anything in the loop does.
func (r *Reading) LoopAsks(ctx string) bool {
	return r.Loop.Any(func(n ast.Node) bool { return r.asks(n, ctx) })
}

func (r *Reading) asks(n ast.Node, ctx string) bool {
	var asked ast.Expr
	switch e := n.(type) {
	case *ast.Ident:
		asked = r.answerIn(r.Info.Uses[e])
	case *ast.CallExpr:
		asked = r.Asked(e)
	}
	return asked != nil && r.Text(asked) == ctx
}

// asksKind reports whether n asks for the error of a context that has ended, and not for
// any other.
func (r *Reading) asksKind(n ast.Node) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			return n.Op != token.NOT
		case *ast.BinaryExpr:
			return n.Op != token.NEQ
		case *ast.Ident:
			v, ok := r.Info.Uses[n].(*types.Var)
			found = found || ok && v.Pkg() != nil && v.Pkg().Path() == "context" && code.IsError(v.Type())
		}
		return !found
	})
	return found
}

// Related returns the contexts that end with ctx, or that ctx ends with, as they are
// written: those made of it, those that it is made of, and ctx.
//
//	child, cancel := context.WithTimeout(ctx, time.Minute)
func (r *Reading) Related(ctx string) []string {
	all := []string{ctx}
	for n := range ast.Preorder(r.Loop.Decl) {
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 {
			continue
		}
		call, ok := a.Rhs[0].(*ast.CallExpr)
		if !ok || !strings.HasPrefix(code.Callee(r.Info, call), "context.With") {
			continue
		}
		child, parent := r.Text(a.Lhs[0]), r.Text(call.Args[0])
		switch {
		case slices.Contains(all, parent):
			all = append(all, child)
		case slices.Contains(all, child):
			all = append(all, parent)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Asked returns the context that call asks whether it has ended, or nil.
func (r *Reading) Asked(call *ast.CallExpr) ast.Expr {
	if ctx := code.ContextOf(r.Info, call, "Err", "Done"); ctx != nil {
		return ctx
	}
	return r.Pkg.Asked(call)
}

// answerIn returns the context of which the variable v has the error or the channel, and
// never anything else; or nil.
//
//	done := ctx.Done()
func (r *Reading) answerIn(v types.Object) ast.Expr {
	if r.asking != nil {
		return r.asking[v]
	}
	r.asking = make(map[types.Object]ast.Expr)
	for n := range ast.Preorder(r.Loop.Decl) {
		for _, id := range code.Assigned(n) {
			obj, given := code.Local(r.Info, id), ast.Expr(nil)
			if s, ok := n.(ast.Stmt); ok {
				given = code.ContextOf(r.Info, code.ValueGiven(r.Info, s, obj), "Err", "Done")
			}
			if other, known := r.asking[obj]; obj == nil || known && (given == nil || other == nil || r.Text(other) != r.Text(given)) {
				given = nil
			}
			r.asking[obj] = given
		}
	}
	return r.asking[v]
}
