package loop

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// Meant returns the condition that the variable id holds; nil if it is not known, or may not be
// what it was where the pass asked for it.
//
//	last := i == attempts-1
//	...
//	if last {
func (l *Loop) Meant(id *ast.Ident) ast.Expr {
	v := code.Local(l.Info, id)
	if v == nil || !code.IsBool(v.Type()) || !l.InBody(v.Pos()) || l.Kept(v) {
		return nil
	}
	var def *ast.AssignStmt
	writes := 0
	l.Inspect(func(n ast.Node) bool {
		if code.Gives(l.Info, n, v) {
			def, _ = n.(*ast.AssignStmt)
			writes++
		}
		return true
	})
	if writes != 1 || def == nil || def.Tok != token.DEFINE || len(def.Lhs) != 1 || len(def.Rhs) != 1 || !asks(def.Rhs[0]) {
		return nil
	}
	of := code.Named(l.Info, def.Rhs[0])
	changes := l.Any(func(n ast.Node) bool {
		return n != nil && def.End() <= n.Pos() && n.Pos() < id.Pos() && givesAny(l.Info, n, of)
	})
	if changes {
		return nil
	}
	return def.Rhs[0]
}

// asks reports whether e is a comparison, or several of them.
func asks(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		return e.Op == token.NOT && asks(e.X)
	case *ast.BinaryExpr:
		if e.Op == token.LAND || e.Op == token.LOR {
			return asks(e.X) && asks(e.Y)
		}
		return code.IsComparison(e.Op)
	}
	return false
}

// givesAny reports whether n, without what is in it, gives one of objs a value.
func givesAny(info *types.Info, n ast.Node, objs []types.Object) bool {
	for _, obj := range objs {
		if v, ok := obj.(*types.Var); ok && code.Gives(info, n, v) {
			return true
		}
	}
	return false
}
