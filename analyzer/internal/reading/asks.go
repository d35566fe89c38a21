package reading

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// Asks reports whether n asks ctx whether it has ended.
func (r *Reading) Asks(n ast.Node, ctx string) bool {
	return code.Any(n, func(n ast.Node) bool { return r.asks(n, ctx) })
}

// LoopAsks reports whether anything in the loop does.
func (r *Reading) LoopAsks(ctx string) bool {
	return r.Loop.Any(func(n ast.Node) bool { return r.asks(n, ctx) })
}

func (r *Reading) asks(n ast.Node, ctx string) bool {
	var asked ast.Expr
	switch e := n.(type) {
	case *ast.Ident:
		asked = r.answerIn(r.Info.Uses[e])
	case *ast.CallExpr:
		asked = r.Asked(e)
	}
	return asked != nil && r.Text(asked) == ctx
}

// Asked returns the context that call asks whether it has ended, or nil.
func (r *Reading) Asked(call *ast.CallExpr) ast.Expr {
	if ctx := code.ContextOf(r.Info, call, "Err", "Done"); ctx != nil {
		return ctx
	}
	return r.askedInside(call)
}

// answerIn returns the context of which the variable v has the error or the channel, and
// never anything else; or nil.
//
//	done := ctx.Done()
func (r *Reading) answerIn(v types.Object) ast.Expr {
	if r.asking != nil {
		return r.asking[v]
	}
	r.asking = make(map[types.Object]ast.Expr)
	for n := range ast.Preorder(r.Loop.Decl) {
		for _, id := range code.Assigned(n) {
			obj, given := code.Local(r.Info, id), ast.Expr(nil)
			if s, ok := n.(ast.Stmt); ok {
				given = code.ContextOf(r.Info, code.ValueGiven(r.Info, s, obj), "Err", "Done")
			}
			if other, known := r.asking[obj]; obj == nil || known && (given == nil || other == nil || r.Text(other) != r.Text(given)) {
				given = nil
			}
			r.asking[obj] = given
		}
	}
	return r.asking[v]
}

// mostAsked is how many statements a function has that only asks.
const mostAsked = 3

// askedInside returns the context of which a function of this package says whether it has
// ended, as call gives it to that, or nil.
func (r *Reading) askedInside(call *ast.CallExpr) ast.Expr {
	fn := r.Pkg.Callee(call)
	if fn == nil || fn.Body == nil || len(fn.Body.List) > mostAsked || !code.IsBool(r.Info.TypeOf(call)) {
		return nil
	}
	var asked *types.Var
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && asked == nil {
			asked = code.Local(r.Info, code.ContextOf(r.Info, e, "Err", "Done"))
		}
		return asked == nil
	})
	sig := r.Pkg.Signature(fn)
	for i := 0; asked != nil && sig != nil && i < min(sig.Params().Len(), len(call.Args)); i++ {
		if sig.Params().At(i) == asked {
			return call.Args[i]
		}
	}
	return nil
}
