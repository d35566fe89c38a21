package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// tells reports whether x asks alone for what a wait tells, which a gives to a variable from
// around: it may as well be one of x, since a pass gives it something else before it is read
// again.
//
//	if err = sleep(ctx, d); err != nil {
//		return err
//	}
func (n *normalizer) tells(a *ast.AssignStmt, x *ast.IfStmt) bool {
	v := code.Local(n.info, a.Lhs[0])
	if a.Tok != token.ASSIGN || len(a.Lhs) != 1 || v == nil || !slices.Contains(n.Waits, ast.Node(ast.Unparen(a.Rhs[0]))) || !types.Identical(v.Type(), n.info.TypeOf(a.Rhs[0])) {
		return false
	}
	if n.seen(v) || n.loop.ReadsAfter(v, nil) || n.loop.Any(func(n ast.Node) bool { b, ok := n.(*ast.BranchStmt); return ok && b.Tok == token.GOTO }) {
		return false
	}
	for _, list := range n.loop.Lists() {
		if i := slices.IndexFunc(list, func(s ast.Stmt) bool { return code.Within(s, x) }); i >= 0 && n.readsFirst(list[i+1:], v) {
			return false
		}
	}
	header := []ast.Stmt{n.loop.Post}
	if n.loop.Cond != nil {
		header = append(header, &ast.ExprStmt{X: n.loop.Cond})
	}
	return n.loop.InBody(v.Pos()) || !n.readsFirst(append(header, n.loop.Body...), v)
}

// readsFirst reports whether list may read v before it gives it something else.
func (n *normalizer) readsFirst(list []ast.Stmt, v *types.Var) bool {
	for _, s := range list {
		if s == nil || !code.Mentions(n.info, s, v) {
			continue
		}
		if x, ok := s.(*ast.IfStmt); ok && x.Init != nil {
			s = x.Init
		}
		a, ok := s.(*ast.AssignStmt)
		return !ok || !code.Gives(n.info, a, v) || slices.ContainsFunc(a.Rhs, func(e ast.Expr) bool { return code.Mentions(n.info, e, v) })
	}
	return false
}
