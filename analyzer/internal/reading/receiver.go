package reading

import (
	"go/ast"
	"go/types"
)

// A method that tells a delay may name fields of its receiver. Where the loop is,
// these are fields of what the method is called on.

// receivers returns what e names by receivers of methods, as the function around the
// loop writes it.
func (r *Reading) receivers(e ast.Expr) (list []ast.Expr) {
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if of := r.Growth.Receivers[r.Info.ObjectOf(id)]; of != nil {
				list = append(append(list, of), r.receivers(of)...)
			}
		}
		return true
	})
	return list
}

// WithReceivers returns list with what receivers in it are; nil expressions are left
// out.
func (r *Reading) WithReceivers(list ...ast.Expr) (all []ast.Expr) {
	for _, e := range list {
		if e != nil {
			all = append(append(all, e), r.receivers(e)...)
		}
	}
	return all
}

// fromHere reports whether n stands in the declaration that the loop is in.
func (r *Reading) fromHere(n ast.Node) bool {
	return r.Loop.Decl.Pos() <= n.Pos() && n.End() <= r.Loop.Decl.End()
}

// Words writes e as the function around the loop does.
func (r *Reading) Words(e ast.Expr) string {
	if r.fromHere(e) {
		return r.Text(e)
	}
	return types.ExprString(r.translated(e))
}

// translated returns a copy of e in which receivers are what they are around the
// loop.
func (r *Reading) translated(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.Ident:
		if of := r.Growth.Receivers[r.Info.ObjectOf(e)]; of != nil {
			return r.translated(of)
		}
	case *ast.SelectorExpr:
		return &ast.SelectorExpr{X: r.translated(e.X), Sel: e.Sel}
	case *ast.ParenExpr:
		return &ast.ParenExpr{X: r.translated(e.X)}
	case *ast.StarExpr:
		return &ast.StarExpr{X: r.translated(e.X)}
	case *ast.UnaryExpr:
		return &ast.UnaryExpr{Op: e.Op, X: r.translated(e.X)}
	case *ast.BinaryExpr:
		return &ast.BinaryExpr{X: r.translated(e.X), Op: e.Op, Y: r.translated(e.Y)}
	case *ast.IndexExpr:
		return &ast.IndexExpr{X: r.translated(e.X), Index: r.translated(e.Index)}
	}
	return e
}
