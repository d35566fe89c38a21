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

// NeverEnds reports whether the context ctx, which is in scope, is a background one, or
// one that ends where the function does.
func (r *Reading) NeverEnds(ctx types.Object) bool {
	given, lasts := 0, 0
	ast.Inspect(r.Loop.Decl, func(n ast.Node) bool {
		if slices.ContainsFunc(code.Assigned(n), func(id *ast.Ident) bool { return r.Info.ObjectOf(id) == ctx }) {
			given++
			if a, ok := n.(*ast.AssignStmt); ok && (r.isBackground(code.ValueGiven(r.Info, a, ctx)) || r.endsDeferred(a)) {
				lasts++
			}
		}
		return true
	})
	return given == 1 && lasts == 1
}

// isBackground reports whether e is a context that never ends.
func (r *Reading) isBackground(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	return ok && slices.Contains([]string{"context.Background", "context.TODO"}, code.Callee(r.Info, call))
}

// endsDeferred reports whether a makes a context that nothing ends before the function
// around the loop returns.
//
//	ctx, cancel := context.WithCancel(context.Background())
//	defer cancel()
func (r *Reading) endsDeferred(a *ast.AssignStmt) bool {
	call, ok := a.Rhs[0].(*ast.CallExpr)
	if !ok || code.Callee(r.Info, call) != "context.WithCancel" || !r.isBackground(call.Args[0]) || len(a.Lhs) != 2 {
		return false
	}
	cancel, deferred := code.Local(r.Info, a.Lhs[1]), make(map[ast.Node]bool)
	for _, s := range r.Loop.Func.Body.List {
		if d, ok := s.(*ast.DeferStmt); ok {
			deferred[d.Call.Fun] = true
		}
	}
	only := cancel != nil
	ast.Inspect(r.Loop.Decl, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && r.Info.Uses[id] == cancel {
			only = only && deferred[id]
		}
		return only
	})
	return only
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
