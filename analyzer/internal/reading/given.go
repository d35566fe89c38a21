package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// HandsOn reports whether the passes give the context v to what they do, or ask it whether it has
// ended. A line of the log is not stopped by it, nor is what only asks it for a value.
//
//	log.InfoContext(ctx, "again")
//	user := ctx.Value(userKey)
func (r *Reading) HandsOn(v types.Object) bool {
	found := false
	visit := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ExprStmt:
			return !found && !r.Loop.OnlyLogs(n)
		case *ast.CallExpr:
			return !found && code.MethodOf(r.Info, n, v) != "Value"
		case *ast.Ident:
			found = found || r.Info.Uses[n] == v
		}
		return !found
	}
	r.Loop.Inspect(visit)
	if call, ok := r.Verdict.Operation.(*ast.CallExpr); ok {
		if lit := r.Pkg.LitOf(call); lit != nil {
			ast.Inspect(lit.Body, visit)
		}
	}
	return found
}

// givesAnother reports whether the operation is given a context, and not v.
func (r *Reading) givesAnother(v types.Object) bool {
	call, ok := r.Verdict.Operation.(*ast.CallExpr)
	return ok && !code.Mentions(r.Info, call, v) && slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return code.IsContext(r.Info.TypeOf(e)) })
}

// runsApart reports whether the function around the loop runs apart from what calls it: such as
// at its end, when its context may be over, or, to try a few times, beside it.
//
//	defer c.flush(ctx)
//	go c.notify(ctx)
func (r *Reading) runsApart() bool {
	if lit, ok := r.Loop.Func.Node.(*ast.FuncLit); ok {
		return code.Any(r.Loop.Decl, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				return ast.Unparen(n.Call.Fun) == lit
			case *ast.DeferStmt:
				return ast.Unparen(n.Call.Fun) == lit
			}
			return false
		})
	}
	decl, ok := r.Loop.Func.Node.(*ast.FuncDecl)
	if !ok {
		return false
	}
	fn := r.Info.Defs[decl.Name]
	for _, c := range r.Pkg.CallsOf(fn) {
		for at := range c.Enclosing((*ast.DeferStmt)(nil), (*ast.GoStmt)(nil)) {
			if _, deferred := at.Node().(*ast.DeferStmt); deferred || r.Bounded {
				return true
			}
		}
	}
	return false
}

// mayHaveFailed reports whether what follows s, in the node around it, is reached although the
// call in s has failed.
//
//	err := work(ctx)
//	for { ... }
//	return err
func (r *Reading) mayHaveFailed(s ast.Stmt, around ast.Node) bool {
	var err ast.Expr
	switch s := s.(type) {
	case *ast.AssignStmt:
		if code.ContextOf(r.Info, s.Rhs[0], "Err") == nil {
			err = s.Lhs[len(s.Lhs)-1]
		}
	case *ast.ExprStmt:
		return code.IsError(r.Info.TypeOf(s.X))
	}
	if err == nil || !code.IsError(r.Info.TypeOf(err)) {
		return false
	}
	test, ok := around.(*ast.IfStmt)
	if block, isBlock := around.(*ast.BlockStmt); isBlock {
		if i := slices.Index(block.List, s); i+1 < len(block.List) {
			test, ok = block.List[i+1].(*ast.IfStmt)
		}
	}
	if !ok {
		return true
	}
	if worked := code.Operands(test.Cond, token.LAND); code.Within(test.Body, r.Loop.Outer) {
		return !slices.ContainsFunc(worked, func(e ast.Expr) bool { x := code.EqualsNil(r.Info, e); return x != nil && code.SameName(x, err) })
	}
	return !code.Terminating(test.Body.List) || !slices.ContainsFunc(code.Operands(test.Cond, token.LOR), func(e ast.Expr) bool {
		return code.ComparesToNil(r.Info, e) && code.SameName(ast.Unparen(e).(*ast.BinaryExpr).X, err)
	})
}
