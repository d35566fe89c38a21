package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// mostAsked is how many statements a function has that only asks.
const mostAsked = 3

// Asked returns the context of which a function of this package says whether it has
// ended, as call gives it to that, or nil.
func (p *Package) Asked(call *ast.CallExpr) ast.Expr {
	fn := p.Callee(call)
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok && p.Info.Selections[sel] != nil && p.Info.Selections[sel].Kind() == types.MethodExpr {
		return nil // what it is called of is the first argument
	}
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
// has ended, and does and asks nothing else; or nil.
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
	given := p.Asked(call)
	if given == nil || slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return !code.Repeatable(p.Info, e) }) {
		return nil
	}
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok && !code.Repeatable(p.Info, sel.X) {
		return nil
	}
	fn := p.Callee(call)
	asked := p.Signature(fn).Params().At(slices.Index(call.Args, given))
	body := fn.Body.List
	switch first := body[0].(type) {
	case *ast.ReturnStmt:
		if p.saysEnded(first, asked) {
			return given
		}
	case *ast.SelectStmt:
		if len(body) == 1 && len(first.Body.List) == 2 || len(body) == 2 && p.says(body[1], false) {
			if p.selectsEnded(first, asked) {
				return given
			}
		}
	}
	return nil
}

// saysEnded reports whether ret is `return ctx.Err() != nil`.
func (p *Package) saysEnded(ret *ast.ReturnStmt, ctx *types.Var) bool {
	if len(ret.Results) != 1 {
		return false
	}
	cmp, ok := ast.Unparen(ret.Results[0]).(*ast.BinaryExpr)
	return ok && cmp.Op == token.NEQ && code.IsNil(p.Info, cmp.Y) && code.Local(p.Info, code.ContextOf(p.Info, cmp.X, "Err")) == ctx
}

// selectsEnded reports whether sel returns true where ctx has ended, and otherwise goes on, or
// returns false.
func (p *Package) selectsEnded(sel *ast.SelectStmt, ctx *types.Var) bool {
	asks := false
	for _, c := range sel.Body.List {
		c := c.(*ast.CommClause)
		switch {
		case c.Comm == nil:
			if len(c.Body) > 1 || len(c.Body) == 1 && !p.says(c.Body[0], false) {
				return false
			}
		case asks || code.Local(p.Info, code.DoneOf(p.Info, c.Comm)) != ctx || len(c.Body) != 1 || !p.says(c.Body[0], true):
			return false
		default:
			asks = true
		}
	}
	return asks && len(sel.Body.List) == 2
}

// says reports whether s returns the constant want.
func (p *Package) says(s ast.Stmt, want bool) bool {
	ret, ok := s.(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return false
	}
	v := p.Info.Types[ret.Results[0]].Value
	return want && code.IsTrue(v) || !want && code.IsFalse(v)
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
