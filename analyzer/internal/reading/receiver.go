package reading

import (
	"go/ast"
	"go/types"
)

// A method that tells a delay may name fields of its receiver. Where the loop is,
// these are fields of what the method is called on.

// receivers returns what e names by receivers of methods, as the function around the
// loop writes it.
func (b *Reading) receivers(e ast.Expr) (list []ast.Expr) {
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if of := b.Growth.Receivers[b.Info.ObjectOf(id)]; of != nil {
				list = append(append(list, of), b.receivers(of)...)
			}
		}
		return true
	})
	return list
}

// WithReceivers returns list with what receivers in it are; nil expressions are left
// out.
func (b *Reading) WithReceivers(list ...ast.Expr) (all []ast.Expr) {
	for _, e := range list {
		if e != nil {
			all = append(append(all, e), b.receivers(e)...)
		}
	}
	return all
}

// fromHere reports whether n stands in the declaration that the loop is in.
func (b *Reading) fromHere(n ast.Node) bool {
	return b.Loop.Decl.Pos() <= n.Pos() && n.End() <= b.Loop.Decl.End()
}

// Words writes e as the function around the loop does.
func (b *Reading) Words(e ast.Expr) string {
	if b.fromHere(e) {
		return b.Text(e)
	}
	return types.ExprString(b.translated(e))
}

// translated returns a copy of e in which receivers are what they are around the
// loop.
func (b *Reading) translated(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.Ident:
		if of := b.Growth.Receivers[b.Info.ObjectOf(e)]; of != nil {
			return b.translated(of)
		}
	case *ast.SelectorExpr:
		return &ast.SelectorExpr{X: b.translated(e.X), Sel: e.Sel}
	case *ast.ParenExpr:
		return &ast.ParenExpr{X: b.translated(e.X)}
	case *ast.StarExpr:
		return &ast.StarExpr{X: b.translated(e.X)}
	case *ast.UnaryExpr:
		return &ast.UnaryExpr{Op: e.Op, X: b.translated(e.X)}
	case *ast.BinaryExpr:
		return &ast.BinaryExpr{X: b.translated(e.X), Op: e.Op, Y: b.translated(e.Y)}
	case *ast.IndexExpr:
		return &ast.IndexExpr{X: b.translated(e.X), Index: b.translated(e.Index)}
	}
	return e
}
