package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// guarded returns a number that the variable id is not below where the loop begins,
// by a test that stands before it:
//
//	if n < 1 {
//		n = 1
//	}
func (r *Reading) guarded(id *ast.Ident) (lowest int64, ok bool) {
	v := code.Local(r.Info, id)
	if v == nil || code.Shared(r.Info, r.Loop.Decl, v) {
		return 0, false
	}
	code.EachList(r.Loop.Func.Body, func(list []ast.Stmt) {
		for i, s := range list {
			if !code.Within(s, r.Loop.Outer) {
				continue
			}
			for _, before := range list[:i] {
				x, isIf := before.(*ast.IfStmt)
				if !isIf || r.writtenBehind(v, x.End()) {
					continue
				}
				if n, known := r.guardOf(x, v); known {
					lowest, ok = n, true
				}
			}
		}
	})
	return lowest, ok
}

// guardOf returns the number that v is not below behind x.
func (r *Reading) guardOf(x *ast.IfStmt, v *types.Var) (int64, bool) {
	cmp, isCmp := ast.Unparen(x.Cond).(*ast.BinaryExpr)
	if !isCmp || x.Init != nil || x.Else != nil || code.Local(r.Info, cmp.X) != v {
		return 0, false
	}
	least, isConst := code.Int(r.Info, cmp.Y)
	switch {
	case !isConst:
		return 0, false
	case cmp.Op == token.LEQ:
		least++
	case cmp.Op != token.LSS:
		return 0, false
	}
	if code.EndsInReturn(x.Body.List) {
		return least, true
	}
	given := code.ValueGiven(r.Info, code.Last(x.Body.List), v)
	if given == nil {
		return 0, false
	}
	n, known := code.Int(r.Info, given)
	return min(n, least), known
}

// writtenBehind reports whether the function gives v a value behind pos.
func (r *Reading) writtenBehind(v *types.Var, pos token.Pos) bool {
	return code.Any(r.Loop.Decl, func(n ast.Node) bool {
		return slices.ContainsFunc(code.Assigned(n), func(id *ast.Ident) bool { return id.Pos() >= pos && r.Info.ObjectOf(id) == v })
	})
}
