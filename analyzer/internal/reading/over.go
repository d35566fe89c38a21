package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// serves reports whether the context v may end the waits of a loop that uses it or not: it
// is there, may be running when the loop begins, and was not made for something else.
func (r *Reading) serves(v *types.Var) bool {
	used := r.Loop.Uses(v)
	for n := range ast.Preorder(r.Loop.Decl) {
		if n.Pos() >= r.Loop.Outer.Pos() {
			break
		}
		switch n := n.(type) {
		case *ast.ValueSpec: // var ctx context.Context
			if len(n.Values) == 0 && !used && slices.ContainsFunc(n.Names, func(id *ast.Ident) bool { return r.Info.Defs[id] == v }) {
				return false
			}
		case *ast.BinaryExpr: // ctx != nil
			if !used && code.IsNil(r.Info, n.Y) && code.Local(r.Info, n.X) == v {
				return false
			}
		case *ast.AssignStmt:
			if code.Gives(r.Info, n, v) && (r.endedBefore(n) || !used && (r.derived(n, v) || code.Local(r.Info, n.Lhs[0]) != v)) { // of a group, which may end it
				return false
			}
		case *ast.CallExpr:
			if asked := code.ContextOf(r.Info, n, "Err", "Done"); asked != nil && code.Local(r.Info, asked) == v && r.mayHaveEnded(n) {
				return false
			}
		}
	}
	return true
}

// endedBefore reports whether the context that a makes is ended before the loop, other
// than where the function ends:
//
//	ctx, cancel := context.WithCancel(parent)
//	cancel()
func (r *Reading) endedBefore(a *ast.AssignStmt) bool {
	if len(a.Lhs) != 2 {
		return false
	}
	cancel := code.Local(r.Info, a.Lhs[1])
	ended := false
	ast.Inspect(r.Loop.Decl, func(n ast.Node) bool {
		s, ok := n.(*ast.ExprStmt)
		if ok && a.End() <= s.Pos() && s.End() <= r.Loop.Outer.Pos() {
			call, isCall := s.X.(*ast.CallExpr)
			ended = ended || isCall && cancel != nil && code.Local(r.Info, call.Fun) == cancel
		}
		_, lit := n.(*ast.FuncLit)
		return !lit
	})
	return ended
}

// derived reports whether a makes v, which it declares, of another context: it is for what
// uses v.
func (r *Reading) derived(a *ast.AssignStmt, v *types.Var) bool {
	call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
	if !ok || v.Pos() < a.Pos() || v.Pos() >= a.End() {
		return false
	}
	return slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return code.IsContext(r.Info.TypeOf(e)) })
}

// detached reports whether the loop makes contexts of its own that the one in scope does not
// end.
func (r *Reading) detached() bool {
	return r.Loop.Any(func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		return ok && (r.isBackground(call) || code.Callee(r.Info, call) == "context.WithoutCancel")
	})
}

// mayHaveEnded reports whether the loop may be reached where a context has ended, which
// asks stands before the loop for:
//
//	<-ctx.Done()
//	if ctx.Err() != nil { loop }
func (r *Reading) mayHaveEnded(asks *ast.CallExpr) (may bool) {
	ast.Inspect(r.Loop.Decl, func(n ast.Node) bool {
		if n == nil || !code.Within(n, asks) {
			return false
		}
		switch n := n.(type) {
		case *ast.ExprStmt:
			may = true
		case *ast.CommClause:
			if code.Within(n.Comm, asks) {
				plain, isBranch := code.Last(n.Body).(*ast.BranchStmt)
				may = code.Within(n, r.Loop.Outer) || !code.Jumps(n.Body) || isBranch && plain.Tok == token.BREAK && plain.Label == nil
				return false
			}
		case *ast.IfStmt:
			if code.Within(n.Cond, asks) && code.NotEnded(r.Info, n.Cond) == nil {
				may = code.Within(n.Body, r.Loop.Outer) || !code.Jumps(n.Body.List)
				return false
			}
		}
		return true
	})
	return may
}
