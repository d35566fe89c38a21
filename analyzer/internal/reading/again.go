package reading

import (
	"go/ast"

	"golang.org/x/tools/go/types/typeutil"
)

// AgainBehind returns the call right behind the loop that makes one more attempt, or nil:
// the delay behind the last attempt in the loop stands between two then.
//
//	for n := 3; n > 0 && open() != nil; n-- {
//		time.Sleep(time.Second)
//	}
//	return open()
func (r *Reading) AgainBehind() (again ast.Node) {
	op, ok := r.Verdict.Operation.(*ast.CallExpr)
	if !ok || len(r.Loop.After) == 0 {
		return nil
	}
	ast.Inspect(r.Loop.After[0], func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if r.Text(n.Fun) == r.Text(op.Fun) && typeutil.Callee(r.Info, n) == typeutil.Callee(r.Info, op) && !r.otherConstants(n, op) {
				again = n
			}
		}
		return again == nil
	})
	return again
}

// otherConstants reports whether two calls of a function are given different constants: they
// are for something else.
func (r *Reading) otherConstants(x, y *ast.CallExpr) bool {
	for i := range min(len(x.Args), len(y.Args)) {
		v, w := r.Info.Types[x.Args[i]].Value, r.Info.Types[y.Args[i]].Value
		if v != nil && w != nil && v.ExactString() != w.ExactString() {
			return true
		}
	}
	return false
}
