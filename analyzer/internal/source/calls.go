package source

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// A Call is a call with the last name of what it calls, by which most calls are
// told apart; "" if there is none, as of a function literal.
type Call struct {
	At   inspector.Cursor
	Name string
}

// CallsIn returns the calls in a file of the package, in source order.
func (p *Package) CallsIn(file inspector.Cursor) []Call {
	calls, ok := p.callsIn[file]
	if !ok {
		if p.callsIn == nil {
			p.callsIn = make(map[inspector.Cursor][]Call)
		}
		for cur := range file.Preorder((*ast.CallExpr)(nil)) {
			calls = append(calls, Call{cur, calledName(cur.Node().(*ast.CallExpr).Fun)})
		}
		p.callsIn[file] = calls
	}
	return calls
}

// calledName returns the last name of a function that is called, or "".
func calledName(fun ast.Expr) string {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	case *ast.ParenExpr:
		return calledName(fun.X)
	case *ast.IndexExpr:
		return calledName(fun.X)
	case *ast.IndexListExpr:
		return calledName(fun.X)
	}
	return ""
}

// Calls returns what fn calls by name, in its own body and in the function
// literals inside it.
func (p *Package) Calls(fn *Func) map[types.Object]bool {
	if calls, ok := p.calls[fn.Node]; ok {
		return calls
	}
	calls := make(map[types.Object]bool)
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if obj := typeutil.Callee(p.Info, call); obj != nil {
				calls[obj] = true
			}
		}
		return true
	})
	if p.calls == nil {
		p.calls = make(map[ast.Node]map[types.Object]bool)
	}
	p.calls[fn.Node] = calls
	return calls
}
