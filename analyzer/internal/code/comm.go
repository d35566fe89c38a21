package code

import (
	"go/ast"
	"go/token"
	"go/types"
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
	call, ok := ast.Unparen(Received(comm)).(*ast.CallExpr)
	if !ok {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Done" || !servesAsContext(info.TypeOf(sel.X)) {
		return nil
	}
	return sel.X
}
