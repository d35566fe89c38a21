package reading

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// InScope returns the context that is in scope, though the loop does not ask it,
// or "". It is not one that the loop changes, or may end itself. A goroutine may
// go on when the context of the function around it has ended, but not where it
// uses that itself.
func (r *Reading) InScope(s *edit.Scope) string {
	name := s.ContextIn(r.Loop.Func.Node, r.loopUses)
	if name == "" || r.Loop.Assigns(s.Lookup(name)) || r.cancels() {
		return ""
	}
	return name
}

// NeverEnds reports whether the context ctx, which is in scope, is a background one.
func (r *Reading) NeverEnds(ctx types.Object) bool {
	given, background := 0, 0
	ast.Inspect(r.Loop.Decl, func(n ast.Node) bool {
		s, ok := n.(ast.Stmt)
		if !ok || !slices.ContainsFunc(code.Assigned(n), func(id *ast.Ident) bool { return r.Info.ObjectOf(id) == ctx }) {
			return true
		}
		given++
		if call, ok := code.ValueGiven(r.Info, s, ctx).(*ast.CallExpr); ok {
			switch code.Callee(r.Info, call) {
			case "context.Background", "context.TODO":
				background++
			}
		}
		return true
	})
	return given == 1 && background == 1
}

// loopUses reports whether v is used in the loop.
func (r *Reading) loopUses(v *types.Var) bool {
	found := false
	r.Loop.Inspect(func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && r.Info.Uses[id] == v
		return !found
	})
	return found
}

// cancels reports whether the loop calls what ends a context.
func (r *Reading) cancels() bool {
	found := false
	r.Loop.Inspect(func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			named, ok := types.Unalias(r.Info.TypeOf(call.Fun)).(*types.Named)
			v := code.Local(r.Info, call.Fun)
			found = found || ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && (v == nil || !r.Loop.Has(v.Pos()))
		}
		return !found
	})
	return found
}

// Asks reports whether n asks ctx whether it has ended.
func (r *Reading) Asks(n ast.Node, ctx string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && (sel.Sel.Name == "Done" || sel.Sel.Name == "Err") && r.Text(sel.X) == ctx {
			found = true
		}
		return !found
	})
	return found
}

// LoopAsks reports whether anything in the loop does.
func (r *Reading) LoopAsks(ctx string) bool {
	found := false
	r.Loop.Inspect(func(n ast.Node) bool {
		found = found || n != nil && r.Asks(n, ctx)
		return false
	})
	return found
}
