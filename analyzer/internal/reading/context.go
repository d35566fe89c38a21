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
	if name != "" && r.Loop.Assigns(s.Lookup(name)) || r.cancels() || r.detached() {
		return ""
	}
	if name == "" {
		return r.ofRequest(s)
	}
	return name
}

// ofRequest returns the call by which each pass asks something, such as a request or a
// test, for its context, or "".
//
//	err = fetch(r.Context())
func (r *Reading) ofRequest(s *edit.Scope) (text string) {
	asked := false // before the loop
	for n := range ast.Preorder(r.Loop.Decl) {
		switch v := code.ContextCall(r.Info, n); {
		case v == nil || s.Lookup(v.Name()) != v || r.Loop.Assigns(v):
		case r.Loop.Has(n.Pos()) && text == "":
			text = r.Text(n)
		case n.Pos() < r.Loop.Outer.Pos():
			asked = true
		}
	}
	if asked {
		return ""
	}
	return text
}

// NeverEnds reports whether the context that is in scope, as it is written, is a background
// one, that of a test, or one that ends where the function does.
func (r *Reading) NeverEnds(ctx string) bool {
	obj := r.Pkg.LookupAt(ctx, r.Loop.Outer.Pos())
	if obj == nil {
		return r.Loop.Any(func(n ast.Node) bool { return r.isOfTest(n) && r.Text(n) == ctx })
	}
	given, lasts := 0, 0
	for n := range ast.Preorder(r.Loop.Decl) {
		if !code.Gives(r.Info, n, obj) {
			continue
		}
		given++
		if a, ok := n.(*ast.AssignStmt); ok {
			if e := code.ValueGiven(r.Info, a, obj); e != nil && (r.isBackground(e) || r.isOfTest(e)) || r.endsDeferred(a) {
				lasts++
			}
		}
	}
	return given == 1 && lasts == 1
}

// isOfTest reports whether n is the context of the test that the loop is part of, which
// ends behind it.
func (r *Reading) isOfTest(n ast.Node) bool {
	v, fn := code.ContextCall(r.Info, n), r.Loop.Func.Node
	if v == nil || v.Pos() < fn.Pos() || v.Pos() >= fn.End() {
		return false
	}
	t := v.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	return slices.ContainsFunc([]string{"T", "B", "F", "TB"}, func(name string) bool { return code.IsNamed(t, "testing", name) })
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
