package reading

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// InScope returns the context that is in scope, though the loop does not ask it,
// or "". It is not one that the loop changes, or may end itself, nor one that may be
// over. A goroutine may go on when the context of the function around it has ended, but
// not where it uses that itself.
func (r *Reading) InScope(s *edit.Scope) string {
	name := s.ContextIn(r.Loop.Func.Node, r.Loop.Uses, r.serves)
	if name == "" || r.Loop.Assigns(s.Lookup(name)) || r.cancels() || r.detached() {
		return ""
	}
	return name
}

// NeverEnds reports whether the context ctx, which is in scope, is a background one, or
// one that ends where the function does.
func (r *Reading) NeverEnds(ctx types.Object) bool {
	given, lasts := 0, 0
	for n := range ast.Preorder(r.Loop.Decl) {
		if !code.Gives(r.Info, n, ctx) {
			continue
		}
		given++
		if a, ok := n.(*ast.AssignStmt); ok && (r.isBackground(code.ValueGiven(r.Info, a, ctx)) || r.endsDeferred(a)) {
			lasts++
		}
	}
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
	return cancel != nil && !code.AnyName(r.Loop.Decl, func(id *ast.Ident) bool { return r.Info.Uses[id] == cancel && !deferred[id] })
}

// cancels reports whether the loop calls what ends a context.
func (r *Reading) cancels() bool {
	return r.Loop.Any(func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return false
		}
		t, v := r.Info.TypeOf(call.Fun), code.Local(r.Info, call.Fun)
		ends := code.IsNamed(t, "context", "CancelFunc") || code.IsNamed(t, "context", "CancelCauseFunc")
		return ends && (v == nil || !r.Loop.Has(v.Pos()))
	})
}
