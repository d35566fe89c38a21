package site

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// WaitsGiven reports whether d waits as long as its Duration says: a function that waits
// hands on what it is given, and neither changes it nor knows another delay.
func (d *Delay) WaitsGiven(pkg *source.Package) bool {
	call, ok := d.Node.(*ast.CallExpr)
	switch {
	case d.Waiter == nil:
		return true
	case !ok || d.Inner == nil || d.Duration == nil || !d.Inner.WaitsGiven(pkg):
		return false
	}
	info := pkg.Info
	if d.Waiter.Home != nil {
		info = d.Waiter.Home.Info
	}
	param := paramOf(info, d.Waiter.Type, slices.Index(call.Args, d.Duration))
	told := []ast.Expr{d.Inner.Duration}
	if d.Inner.Duration == nil {
		told = timersIn(info, d.Waiter.Body)
	}
	return param != nil && len(told) > 0 && !slices.ContainsFunc(told, func(e ast.Expr) bool { return code.Local(info, code.Unconverted(info, e)) != param }) &&
		!code.Any(d.Waiter.Body, func(n ast.Node) bool { return code.Gives(info, n, param) })
}

// paramOf returns the i-th parameter of a function of type t, or nil.
func paramOf(info *types.Info, t *ast.FuncType, i int) types.Object {
	for _, f := range t.Params.List {
		if i < len(f.Names) && i >= 0 {
			return info.Defs[f.Names[i]]
		}
		i -= max(len(f.Names), 1)
	}
	return nil
}

// timersIn returns what the timers in body are set to.
func timersIn(info *types.Info, body ast.Node) (list []ast.Expr) {
	for n := range ast.Preorder(body) {
		if call, ok := n.(*ast.CallExpr); ok {
			list = append(list, slices.DeleteFunc(slices.Clone(call.Args), func(e ast.Expr) bool { return !IsDuration(info.TypeOf(e)) })...)
		}
	}
	return list
}
