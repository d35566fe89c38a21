package source

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// mostAsked is how many statements a function has that only asks.
const mostAsked = 3

// Asked returns the context of which a function of this package says whether it has
// ended, as call gives it to that, or nil.
func (p *Package) Asked(call *ast.CallExpr) ast.Expr {
	fn := p.Callee(call)
	if fn == nil || fn.Body == nil || len(fn.Body.List) > mostAsked || !code.IsBool(p.Info.TypeOf(call)) {
		return nil
	}
	var asked *types.Var
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && asked == nil {
			asked = code.Local(p.Info, code.ContextOf(p.Info, e, "Err", "Done"))
		}
		return asked == nil
	})
	sig := p.Signature(fn)
	for i := 0; asked != nil && sig != nil && i < min(sig.Params().Len(), len(call.Args)); i++ {
		if sig.Params().At(i) == asked {
			return call.Args[i]
		}
	}
	return nil
}

// Ended returns the context of which call, of a function of this package, says by a true that it
// has ended; or nil.
//
//	func isOver(ctx context.Context) bool {
//		select {
//		case <-ctx.Done():
//			return true
//		default:
//			return false
//		}
//	}
func (p *Package) Ended(call *ast.CallExpr) ast.Expr {
	ctx := p.Asked(call)
	if ctx == nil {
		return nil
	}
	says := func(n ast.Node, is func(constant.Value) bool) bool {
		ret, ok := n.(*ast.ReturnStmt)
		return ok && len(ret.Results) == 1 && is(p.Info.Types[ret.Results[0]].Value)
	}
	body := p.Callee(call).Body.List
	sel, ok := body[0].(*ast.SelectStmt)
	if !ok {
		ret, returns := body[0].(*ast.ReturnStmt)
		if !returns || len(ret.Results) != 1 {
			return nil
		}
		cmp, compares := ast.Unparen(ret.Results[0]).(*ast.BinaryExpr)
		if !compares || cmp.Op != token.NEQ || code.ContextOf(p.Info, cmp.X, "Err") == nil {
			return nil
		}
		return ctx
	}
	behind := code.Last(body)
	for _, c := range sel.Body.List {
		c := c.(*ast.CommClause)
		switch asks := code.DoneOf(p.Info, c.Comm) != nil; {
		case c.Comm != nil && !asks, asks && !(len(c.Body) == 1 && says(c.Body[0], code.IsTrue)):
			return nil
		case c.Comm == nil && len(c.Body) > 0:
			behind = c.Body[0]
		}
	}
	if !says(behind, code.IsFalse) {
		return nil
	}
	return ctx
}

// NotEnded returns ctx of the condition that it has not ended, `ctx.Err() == nil` or what says
// so; or nil.
func (p *Package) NotEnded(cond ast.Expr) ast.Expr {
	if not, ok := ast.Unparen(cond).(*ast.UnaryExpr); ok && not.Op == token.NOT {
		if call, ok := ast.Unparen(not.X).(*ast.CallExpr); ok {
			return p.Ended(call)
		}
	}
	return code.NotEnded(p.Info, cond)
}
