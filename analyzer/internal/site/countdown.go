package site

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A loop that only counts, such as one that shows each second how long it is to the
// next attempt, waits for the cycle around it.

// A counting is what is known of a loop that may only wait and count.
type counting struct {
	count ast.Expr        // what it counts to, or from; nil if it does something else for certain
	calls []*ast.CallExpr // what it calls and looks at, which only the delay may do
}

// countdown returns how many times loop waits at d if it does nothing but wait and
// count, or nil.
func (f *finder) countdown(loop ast.Node, d *Delay) ast.Expr {
	c, ok := f.counts[loop]
	if !ok {
		c = countingOf(f.pkg, loop)
		f.counts[loop] = c
	}
	other := func(call *ast.CallExpr) bool { return !code.Within(d.Node, call) }
	if c.count == nil || slices.ContainsFunc(c.calls, other) || code.Any(d.Node, isLiteral) {
		return nil
	}
	return c.count
}

func isLiteral(n ast.Node) bool { _, ok := n.(*ast.FuncLit); return ok }

// countingOf looks at a loop, once for all delays in it.
func countingOf(pkg *source.Package, loop ast.Node) (c counting) {
	var body *ast.BlockStmt
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		if code.IsInteger(pkg.Info.TypeOf(loop.X)) {
			body, c.count = loop.Body, loop.X
		}
	case *ast.ForStmt:
		body, c.count = loop.Body, counted(pkg, loop)
	}
	if c.count != nil && !c.tells(pkg, body) {
		c.count = nil
	}
	return c
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

// tells reports whether body may only wait, count and tell what goes on: nothing that
// it calls, but for a delay, returns anything that it looks at, or can fail.
func (c *counting) tells(pkg *source.Package, body *ast.BlockStmt) bool {
	only := true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			only = false
		case *ast.ExprStmt:
			if call, ok := n.X.(*ast.CallExpr); ok && !canFail(pkg, call) {
				return false
			}
		case *ast.CallExpr:
			sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
			if ok && code.IsContext(pkg.Info.TypeOf(sel.X)) {
				return false
			}
			if tv := pkg.Info.Types[n.Fun]; !tv.IsType() && !tv.IsBuiltin() && !computes(pkg, n) {
				c.calls = append(c.calls, n)
			}
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
