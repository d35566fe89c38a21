package code

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// Received returns the channel that comm receives from and forgets the value of,
// or nil.
func Received(comm ast.Stmt) ast.Expr {
	s, ok := comm.(*ast.ExprStmt)
	if !ok {
		return nil
	}
	if recv, ok := ast.Unparen(s.X).(*ast.UnaryExpr); ok && recv.Op == token.ARROW {
		return recv.X
	}
	return nil
}

// DoneOf returns ctx of the communication <-ctx.Done(), or nil.
func DoneOf(info *types.Info, comm ast.Stmt) ast.Expr {
	return ContextOf(info, Received(comm), "Done")
}

// ContextOf returns ctx of the call ctx.Done() or ctx.Err(), by the name of one of
// methods; nil if e is none. A nil e is none. context.Cause(ctx) asks as Err does.
func ContextOf(info *types.Info, e ast.Expr, methods ...string) ast.Expr {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	switch {
	case !ok:
		return nil
	case slices.Contains(methods, "Err") && Callee(info, call) == "context.Cause":
		return call.Args[0]
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains(methods, sel.Sel.Name) || !servesAsContext(info.TypeOf(sel.X)) {
		return nil
	}
	return sel.X
}

// ContextCall returns the variable that n asks for the context that it has all along: r of
// r.Context(); nil if n is none.
func ContextCall(info *types.Info, n ast.Node) *types.Var {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Context" || !IsContext(info.TypeOf(call)) || !hasContext(info.TypeOf(sel.X)) {
		return nil
	}
	return Local(info, sel.X)
}

// hasContext reports whether t is a type whose method Context returns the same each time.
func hasContext(t types.Type) bool {
	if IsRequest(t) {
		return true
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	return IsNamed(t, "github.com/spf13/cobra", "Command") || IsTest(t)
}

// IsRequest reports whether t is an *http.Request.
func IsRequest(t types.Type) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	return ok && IsNamed(p.Elem(), "net/http", "Request")
}

// IsTest reports whether t is the type of a test, a benchmark or a fuzz test, or what they
// have in common.
func IsTest(t types.Type) bool {
	return slices.ContainsFunc([]string{"T", "B", "F", "TB"}, func(name string) bool { return IsNamed(t, "testing", name) })
}

// NotEnded returns ctx of the condition `ctx.Err() == nil`; nil if e is none. A nil e is
// none.
func NotEnded(info *types.Info, e ast.Expr) ast.Expr {
	cmp, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok || cmp.Op != token.EQL || !IsNil(info, cmp.Y) {
		return nil
	}
	if ctx := ContextOf(info, cmp.X, "Err"); ctx != nil && IsContext(info.TypeOf(ctx)) {
		return ctx
	}
	return nil
}
