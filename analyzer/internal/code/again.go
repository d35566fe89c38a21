package code

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// CallsAgain returns the call in s that does what op does once more, or nil: of the same
// function or method, and not for another constant.
//
//	for n := 3; n > 0 && open() != nil; n-- {
//		time.Sleep(time.Second)
//	}
//	return open()
func CallsAgain(info *types.Info, s ast.Stmt, op *ast.CallExpr) (again *ast.CallExpr) {
	if s == nil {
		return nil
	}
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit, *ast.DeferStmt, *ast.GoStmt:
			return false
		case *ast.CallExpr:
			if types.ExprString(n.Fun) == types.ExprString(op.Fun) && typeutil.Callee(info, n) == typeutil.Callee(info, op) && !otherConstants(info, n, op) {
				again = n
			}
		}
		return again == nil
	})
	return again
}

// otherConstants reports whether two calls of a function are given different constants: they
// are for something else.
func otherConstants(info *types.Info, x, y *ast.CallExpr) bool {
	for i := range min(len(x.Args), len(y.Args)) {
		v, w := info.Types[x.Args[i]].Value, info.Types[y.Args[i]].Value
		if v != nil && w != nil && v.ExactString() != w.ExactString() {
			return true
		}
	}
	return false
}
