package reading

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// InScope returns the context that is in scope, though the loop does not ask it,
// or "". It is not one that the loop changes, or may end itself, nor one that may be
// over. A goroutine may go on when the context of the function around it has ended, but
// not where it uses that itself.
func (r *Reading) InScope(s *edit.Scope) string {
	name := s.ContextIn(r.Loop.Func.Node, r.HandsOn, r.serves)
	v := s.Lookup(name)
	if name != "" && r.Loop.Assigns(v) || r.cancels() || r.detached() {
		return ""
	}
	if name != "" && (r.HandsOn(v) || !r.givesAnother(v)) {
		return name
	}
	return r.handedOn(s)
}

// handedOn returns the context that the passes hand on and that no variable holds, as it is
// written, or "": that of a request or a test that the function is given, or a field or a
// variable of a package that stays. It is not one that has been asked before whether it has
// ended, nor one of the latter where something has been ended before.
//
//	err = fetch(r.Context())
//	resp, err = client.Do(r)
//	err = fetch(s.ctx)
func (r *Reading) handedOn(s *edit.Scope) (text string) {
	for n := range ast.Preorder(r.Loop.Decl) {
		call, ok := n.(*ast.CallExpr)
		if !ok || call.Pos() >= r.Loop.Outer.Pos() {
			continue
		}
		asked := code.ContextOf(r.Info, call, "Err", "Done")
		if code.ContextCall(r.Info, asked) != nil || r.isHeld(asked) || r.isCancel(call) {
			return ""
		}
	}
	own := func(v *types.Var) bool { return v != nil && s.Lookup(v.Name()) == v && r.stays(v) }
	if op, ok := r.Verdict.Operation.(*ast.CallExpr); ok {
		text = r.contextOfCall(op, own)
	}
	r.Loop.Inspect(func(n ast.Node) bool {
		v := code.ContextCall(r.Info, n)
		if text == "" && own(v) && !r.isApartFrom(v) {
			text = r.Text(n)
		}
		x, ok := n.(*ast.ExprStmt)
		return text == "" && !(ok && r.Loop.OnlyLogs(x))
	})
	return text
}

// isApartFrom reports whether the loop runs apart from the function that is given v.
func (r *Reading) isApartFrom(v *types.Var) bool {
	return v.Pos() < r.Loop.Func.Node.Pos() || v.Pos() >= r.Loop.Func.Node.End() || r.runsApart()
}

// contextOfCall returns the context of call, which no variable holds, as it is written, or "".
// It is that of a variable for which own holds, or a field.
func (r *Reading) contextOfCall(call *ast.CallExpr, own func(*types.Var) bool) (text string) {
	for _, e := range call.Args {
		switch v := code.Local(r.Info, e); {
		case own(code.ContextCall(r.Info, e)), r.isHeldForGood(e):
			return r.Text(e)
		case v != nil && code.IsRequest(v.Type()) && own(v) && r.sends(call) && !r.isApartFrom(v):
			return v.Name() + ".Context()"
		}
	}
	return ""
}

// sends reports whether call has the answer to a request: what only reads one does not fail
// where it has ended.
func (r *Reading) sends(call *ast.CallExpr) bool {
	results, ok := r.Info.TypeOf(call).(*types.Tuple)
	if !ok || results.Len() == 0 {
		return false
	}
	p, ok := results.At(0).Type().(*types.Pointer)
	return ok && code.IsNamed(p.Elem(), "net/http", "Response")
}

// isHeldForGood reports whether e holds the same context in each pass, which nothing asks for
// being nil, and can be named before the loop.
func (r *Reading) isHeldForGood(e ast.Expr) bool {
	return r.isHeld(e) && code.Repeatable(r.Info, e) && r.Loop.VisibleBefore(e) && r.Loop.SteadyDelay(e) && !code.Any(r.Loop.Decl, func(n ast.Node) bool {
		cmp, ok := n.(*ast.BinaryExpr)
		return ok && code.IsNil(r.Info, cmp.Y) && r.Text(cmp.X) == r.Text(e)
	})
}

// isHeld reports whether e is a field, or a variable of a package, that holds a context.
func (r *Reading) isHeld(e ast.Expr) bool {
	switch ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr:
		return code.IsContext(r.Info.TypeOf(e)) && code.Local(r.Info, e) == nil
	}
	return false
}

// stays reports whether v is handed to the function, and is not nil, and nothing sets it.
func (r *Reading) stays(v *types.Var) bool {
	return v.Kind() == types.ParamVar && !r.Loop.Kept(v) && !code.Any(r.Loop.Decl, func(n ast.Node) bool {
		cmp, ok := n.(*ast.BinaryExpr)
		return ok && code.Local(r.Info, cmp.X) == v || code.Gives(r.Info, n, v)
	})
}

// NeverEnds reports whether ctx, which is how the context in scope is written, is a background
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
	return code.IsTest(t)
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
		if !ok || !r.isCancel(call) {
			return false
		}
		v := code.Local(r.Info, call.Fun)
		return v == nil || !r.Loop.Has(v.Pos())
	})
}

// isCancel reports whether call ends a context.
func (r *Reading) isCancel(call *ast.CallExpr) bool {
	t := r.Info.TypeOf(call.Fun)
	return code.IsNamed(t, "context", "CancelFunc") || code.IsNamed(t, "context", "CancelCauseFunc")
}

// LosesCancel reports whether a context is made before the loop that does not end there, nor
// whenever the function returns: another return would be a way out that leaves it.
//
//	ctx, cancel := context.WithTimeout(ctx, time.Minute)
//	for { ... }
//	cancel()
func (r *Reading) LosesCancel() bool {
	pending := make(map[*types.Var]bool)
	ends := func(n ast.Node) {
		maps.DeleteFunc(pending, func(v *types.Var, _ bool) bool { return code.Mentions(r.Info, n, v) })
	}
	ast.PreorderStack(r.Loop.Decl, nil, func(n ast.Node, stack []ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			call, ok := n.Rhs[0].(*ast.CallExpr)
			if !ok || len(n.Lhs) != 2 || n.End() > r.Loop.Outer.Pos() || !strings.HasPrefix(code.Callee(r.Info, call), "context.With") {
				break
			}
			if cancel := code.Local(r.Info, n.Lhs[1]); cancel != nil {
				pending[cancel] = true
			}
		case *ast.ExprStmt:
			if call := code.CallOf(n); call != nil && n.End() <= r.Loop.Outer.Pos() && code.Within(stack[len(stack)-1], r.Loop.Outer) {
				ends(call.Fun)
			}
		case *ast.DeferStmt:
			ends(n)
		}
		return true
	})
	return len(pending) > 0
}
