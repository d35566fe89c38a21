package wait

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// seenToSucceed reports whether the operation is a function of the package that returns nil
// for its error somewhere.
func (w *waiting) seenToSucceed() bool {
	call, ok := w.Verdict.Operation.(*ast.CallExpr)
	return ok && w.returnsNil(w.Pkg.Callee(call), maxInner)
}

// maxInner is how many functions are looked at one inside the other.
const maxInner = 3

// returnsNil reports whether fn, which may be nil, returns nil for its error somewhere, by
// itself or by a function that it ends with: other than where a context has ended.
func (w *waiting) returnsNil(fn *source.Func, inner int) (found bool) {
	if fn == nil || inner == 0 {
		return false
	}
	sig := w.Pkg.Signature(fn)
	if sig == nil {
		return false
	}
	res := sig.Results()
	if res.Len() == 0 || !code.IsError(res.At(res.Len()-1).Type()) {
		return false
	}
	ast.PreorderStack(fn.Body, nil, func(n ast.Node, stack []ast.Node) bool {
		if ret, ok := n.(*ast.ReturnStmt); ok && !found && !w.holds(stack, w.tellsEnd) {
			err := code.LastResult(ret)
			call, calls := ast.Unparen(err).(*ast.CallExpr)
			switch {
			case err == nil:
				found = !w.holds(stack, func(cond ast.Node) bool { return w.asksFor(cond, res.At(res.Len()-1)) })
			case calls:
				found = w.returnsNil(w.Pkg.Callee(call), inner-1)
			default:
				found = code.IsNil(w.Info, err)
			}
		}
		_, literal := n.(*ast.FuncLit)
		return !literal
	})
	return found
}

// holds reports whether a condition that tells something holds where stack leads: that of an
// if, in its body, or of a case of a select.
func (w *waiting) holds(stack []ast.Node, tells func(ast.Node) bool) bool {
	for i, n := range stack {
		switch n := n.(type) {
		case *ast.IfStmt:
			if i+1 < len(stack) && stack[i+1] == ast.Node(n.Body) && tells(n.Cond) {
				return true
			}
		case *ast.CommClause:
			if n.Comm != nil && tells(n.Comm) {
				return true
			}
		}
	}
	return false
}

// tellsEnd reports whether n, a condition or a communication, tells that a context has ended.
func (w *waiting) tellsEnd(n ast.Node) bool {
	if comm, ok := n.(ast.Stmt); ok {
		return code.DoneOf(w.Info, comm) != nil
	}
	return slices.ContainsFunc(code.Comparisons(n.(ast.Expr)), func(cmp *ast.BinaryExpr) bool {
		return cmp.Op == token.NEQ && code.ContextOf(w.Info, cmp.X, "Err") != nil
	})
}

// asksFor reports whether n is a condition that the error v is one.
func (w *waiting) asksFor(n ast.Node, v *types.Var) bool {
	cond, ok := n.(ast.Expr)
	return ok && slices.ContainsFunc(code.Comparisons(cond), func(cmp *ast.BinaryExpr) bool {
		return cmp.Op == token.NEQ && code.Local(w.Info, cmp.X) == v && code.IsNil(w.Info, cmp.Y)
	})
}
