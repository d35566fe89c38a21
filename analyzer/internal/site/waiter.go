package site

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// neverWaits reports whether what stands at cur lets the code go on at once: a
// case beside a default, or a call that another goroutine makes.
func neverWaits(cur inspector.Cursor) bool {
	if _, ok := cur.Parent().Node().(*ast.GoStmt); ok {
		return true
	}
	if _, ok := cur.Parent().Node().(*ast.DeferStmt); ok {
		return true
	}
	if _, ok := cur.Node().(*ast.UnaryExpr); !ok {
		return false
	}
	for c := range cur.Enclosing((*ast.CommClause)(nil), (*ast.SelectStmt)(nil), (*ast.FuncLit)(nil)) {
		switch n := c.Node().(type) {
		case *ast.CommClause:
			if n.Comm == nil || n.Comm.End() < cur.Node().End() {
				return false // in the case's body
			}
		case *ast.SelectStmt:
			return hasDefault(n)
		default:
			return false
		}
	}
	return false
}

func hasDefault(s *ast.SelectStmt) bool {
	for _, clause := range s.Body.List {
		if clause, ok := clause.(*ast.CommClause); ok && clause.Comm == nil {
			return true
		}
	}
	return false
}

// onlyWaits reports whether fn, which holds d, does nothing but wait: it
// returns at most what a wait has to tell, and calls nothing else that can fail.
// A function that attempts something as well is an operation, not a delay.
func onlyWaits(pkg *source.Package, fn *source.Func, d *Delay) bool {
	sig := pkg.Signature(fn)
	if sig == nil || !tellsAtMost(sig) {
		return false
	}
	only := true
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if n != d.Node && canFail(pkg, n) {
				only = false
			}
		}
		return only
	})
	return only
}

// canFail reports whether call returns an error that it did not merely make or
// hand on.
func canFail(pkg *source.Package, call *ast.CallExpr) bool {
	t := pkg.Info.TypeOf(call)
	if t == nil {
		return false
	}
	if fn, ok := typeutil.Callee(pkg.Info, call).(*types.Func); ok && fn.Pkg() != nil {
		switch fn.Pkg().Path() {
		case "context", "errors", "fmt":
			return false
		}
	}
	if _, sleeps := sleepCall(pkg, call); sleeps {
		return false
	}
	for _, arg := range call.Args {
		if code.IsError(pkg.Info.TypeOf(arg)) {
			return false
		}
	}
	if tuple, ok := t.(*types.Tuple); ok {
		return tuple.Len() > 0 && code.IsError(tuple.At(tuple.Len()-1).Type())
	}
	return code.IsError(t)
}

// durationArg returns the duration that a call of a waiter is given.
func durationArg(pkg *source.Package, call *ast.CallExpr) ast.Expr {
	for _, arg := range call.Args {
		if IsDuration(pkg.Info.TypeOf(arg)) {
			return arg
		}
	}
	return nil
}
