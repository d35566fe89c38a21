package site

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A loop that only counts, such as one that shows each second how long it is to the
// next attempt, waits for the cycle around it.

// countdown returns how many times loop waits at d if it does nothing but wait and
// count, or nil.
func countdown(pkg *source.Package, loop ast.Node, d *Delay) ast.Expr {
	var body *ast.BlockStmt
	var count ast.Expr
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		if !code.IsInteger(pkg.Info.TypeOf(loop.X)) {
			return nil
		}
		body, count = loop.Body, loop.X
	case *ast.ForStmt:
		body, count = loop.Body, counted(pkg, loop)
	}
	if count == nil || !onlyTells(pkg, body, d) {
		return nil
	}
	return count
}

// counted returns what a loop counts to, or from, if a count ends it.
func counted(pkg *source.Package, loop *ast.ForStmt) ast.Expr {
	var count ast.Expr
	steps := make(map[types.Object]token.Token)
	var tests []ast.Expr
	if loop.Cond != nil {
		tests = append(tests, loop.Cond)
	}
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IncDecStmt:
			if id, ok := n.X.(*ast.Ident); ok {
				steps[pkg.Info.ObjectOf(id)] = n.Tok
			}
		case *ast.IfStmt:
			if ends(n.Body) {
				tests = append(tests, n.Cond)
			}
		}
		return true
	})
	for _, test := range tests {
		cmp, ok := ast.Unparen(test).(*ast.BinaryExpr)
		if !ok {
			continue
		}
		id, ok := ast.Unparen(cmp.X).(*ast.Ident)
		if !ok {
			continue
		}
		switch steps[pkg.Info.ObjectOf(id)] {
		case token.INC:
			count = cmp.Y
		case token.DEC:
			count = id
		}
	}
	return count
}

// ends reports whether body leaves what is around it.
func ends(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	switch s := body.List[len(body.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.BREAK
	}
	return false
}

// onlyTells reports whether body, but for d, only tells what goes on: nothing that
// it calls returns anything that it looks at, or can fail.
func onlyTells(pkg *source.Package, body *ast.BlockStmt, d *Delay) bool {
	only := true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			only = false
		case *ast.ExprStmt:
			call, ok := n.X.(*ast.CallExpr)
			if ok && call != d.Node && !canFail(pkg, call) {
				return false
			}
		case *ast.CallExpr:
			sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
			if ok && code.IsContext(pkg.Info.TypeOf(sel.X)) {
				return false
			}
			tv := pkg.Info.Types[n.Fun]
			only = only && (tv.IsType() || tv.IsBuiltin() || code.Within(d.Node, n) || computes(pkg, n))
		}
		return only
	})
	return only
}

// computes reports whether call is of a package that only computes something.
func computes(pkg *source.Package, call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(pkg.Info, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "errors", "fmt", "math", "strconv", "strings", "time":
		return true
	}
	return false
}
