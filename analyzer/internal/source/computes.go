package source

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// maxCalls is how deep calls are followed for what they do.
const maxCalls = 4

// Computes reports whether a call does nothing but compute a number, as of a delay:
// the functions that it reaches are at hand, and do nothing else.
func (p *Package) Computes(call *ast.CallExpr) bool {
	if !code.IsNumeric(p.Info.TypeOf(call)) {
		return false
	}
	fn := p.Reach(call)
	return fn != nil && p.computes(fn, 0, false)
}

// Acts reports whether a call does something that can be seen from outside, as far as
// functions are at hand.
func (p *Package) Acts(call *ast.CallExpr) bool {
	fn := p.Reach(call)
	return fn != nil && !p.computes(fn, 0, true)
}

// computes reports whether fn does nothing but compute; trusting is whether what is
// not at hand counts as that.
func (p *Package) computes(fn *Func, depth int, trusting bool) bool {
	if fn.Body == nil || depth > maxCalls {
		return trusting
	}
	if fn.Home != nil {
		p = fn.Home
	}
	own := func(e ast.Expr) bool {
		v := code.Local(p.Info, e)
		return v != nil && fn.Node.Pos() <= v.Pos() && v.Pos() < fn.Node.End()
	}
	only := true
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ExprStmt:
			call, ok := n.X.(*ast.CallExpr)
			only = only && ok && !p.MayReturn(call)
			return false // what ends the program is not called
		case *ast.GoStmt, *ast.DeferStmt, *ast.SendStmt, *ast.FuncLit:
			only = false
		case *ast.UnaryExpr:
			only = only && (trusting || code.Pure(p.Info, n))
		case *ast.IncDecStmt:
			only = only && own(n.X)
		case *ast.RangeStmt:
			only = only && n.Tok != token.ASSIGN && ranges(p.Info.TypeOf(n.X))
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				only = only && own(lhs)
			}
		case *ast.CallExpr:
			only = only && p.callComputes(n, depth, trusting)
		}
		return only
	})
	return only
}

// ranges reports whether to go over what has the type t does nothing: nothing is
// received or called.
func ranges(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Chan, *types.Signature:
		return false
	}
	return true
}

func (p *Package) callComputes(call *ast.CallExpr, depth int, trusting bool) bool {
	if p.Info.Types[call.Fun].IsType() || code.PureCall(p.Info, call) {
		return true
	}
	if fn := p.Reach(call); fn != nil {
		return p.computes(fn, depth+1, trusting)
	}
	return trusting
}
