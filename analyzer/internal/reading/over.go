package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// serves reports whether the context v may end the waits of a loop that uses it or not: it
// is there, may be running when the loop begins, and was not made for something else.
func (r *Reading) serves(v *types.Var) bool {
	serves, used := true, r.HandsOn(v)
	if !used && r.runsApart() {
		return false
	}
	kin := map[types.Object]bool{v: true}  // contexts made of v, and what came with them
	cancels := make(map[types.Object]bool) // what ends v
	given := make(map[types.Object]bool)   // the errors of what v was given to: it may have ended that
	spawned := false                       // whether something runs apart that is given v
	ast.PreorderStack(r.Loop.Decl, nil, func(n ast.Node, stack []ast.Node) bool {
		if !serves || n.Pos() >= r.Loop.Outer.Pos() {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return code.Within(n, r.Loop.Outer) // others may run at any time
		case *ast.BlockStmt:
			serves = used || !r.afterFailure(n, stack, given)
		case *ast.ValueSpec: // var ctx context.Context
			serves = used || len(n.Values) > 0 || !slices.ContainsFunc(n.Names, func(id *ast.Ident) bool { return r.Info.Defs[id] == v })
		case *ast.BinaryExpr: // ctx != nil
			serves = used || !code.IsNil(r.Info, n.Y) || code.Local(r.Info, n.X) != v
		case *ast.AssignStmt:
			serves = used || !r.mayHaveEndedIn(n, stack, kin)
			if last := code.Local(r.Info, n.Lhs[len(n.Lhs)-1]); last != nil && code.IsError(last.Type()) {
				given[last] = slices.ContainsFunc(n.Rhs, func(e ast.Expr) bool { return code.Mentions(r.Info, e, v) })
			}
			if code.Gives(r.Info, n, v) {
				for _, lhs := range n.Lhs[1:] {
					cancels[code.Local(r.Info, lhs)] = true
				}
				serves = serves && (used || !r.derived(n, v) && code.Local(r.Info, n.Lhs[0]) == v) // not of a group, which may end it
			}
		case *ast.ExprStmt: // cancel()
			if call := code.CallOf(n); call != nil {
				of := code.Local(r.Info, call.Fun)
				serves = (of == nil || !cancels[of]) && (used || !r.mayHaveEndedIn(n, stack, kin))
			}
		case *ast.GoStmt:
			spawned = spawned || code.Mentions(r.Info, n, v)
		case *ast.UnaryExpr: // <-done
			serves = used || n.Op != token.ARROW || !spawned
		case *ast.CallExpr:
			spawned = spawned || r.isMethod(n, "Go", 1) && code.Mentions(r.Info, n, v)
			asked := code.ContextOf(r.Info, n, "Err", "Done")
			serves = asked == nil || code.Local(r.Info, asked) != v || !r.mayHaveEnded(n, stack)
			serves = serves && (used || !(spawned && r.isMethod(n, "Wait", 0)) && (isApart(stack) || !r.untilEnded(n, v)))
		}
		return serves
	})
	return serves
}

// mayHaveEndedIn reports whether s, in the nodes of stack, calls something that is given a
// context of kin, and that may have failed where what follows is reached: as the context has
// ended, for all that is known. Contexts that s makes are of kin as well, and what comes with
// them.
//
//	g, ctx := errgroup.WithContext(ctx)
func (r *Reading) mayHaveEndedIn(s ast.Stmt, stack []ast.Node, kin map[types.Object]bool) bool {
	if !code.AnyLocal(r.Info, s, func(v *types.Var) bool { return kin[v] }) {
		return false
	}
	if a, ok := s.(*ast.AssignStmt); ok && slices.ContainsFunc(a.Lhs, func(e ast.Expr) bool { return code.IsContext(r.Info.TypeOf(e)) }) {
		for _, lhs := range a.Lhs {
			if v := code.Local(r.Info, lhs); v != nil {
				kin[v] = true
			}
		}
	}
	return r.mayHaveFailed(s, stack[len(stack)-1])
}

// isApart reports whether the call in the nodes of stack is one of a go or a defer.
func isApart(stack []ast.Node) bool {
	switch stack[len(stack)-1].(type) {
	case *ast.GoStmt, *ast.DeferStmt:
		return true
	}
	return false
}

// isMethod reports whether call is one of a method of that name, with so many arguments, such
// as those of a group of goroutines.
func (r *Reading) isMethod(call *ast.CallExpr, name string, args int) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == name && len(call.Args) == args && r.Info.Selections[sel] != nil
}

// untilEnded reports whether call is of a function at hand that is given v, tells nothing, and
// waits for the end of a context.
func (r *Reading) untilEnded(call *ast.CallExpr, v types.Object) bool {
	fn := r.Pkg.Reach(call)
	if fn == nil || fn.Body == nil || fn.Type.Results != nil || !code.Mentions(r.Info, call, v) {
		return false
	}
	waits := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if recv, ok := n.(*ast.UnaryExpr); ok && recv.Op == token.ARROW {
			waits = waits || code.ContextOf(r.Info, recv.X, "Done") != nil
		}
		_, apart := n.(*ast.FuncLit)
		return !apart
	})
	return waits
}

// afterFailure reports whether the loop comes after the failure of what gave one of errs: it
// stands in the block n of an if, or behind that.
//
//	if err := use(ctx); err != nil { loop }
//	if err == nil { return nil }
func (r *Reading) afterFailure(n *ast.BlockStmt, stack []ast.Node, errs map[types.Object]bool) bool {
	test, ok := stack[len(stack)-1].(*ast.IfStmt)
	if !ok || !code.AnyLocal(r.Info, test.Cond, func(err *types.Var) bool { return errs[err] }) {
		return false
	}
	worked := code.EqualsNil(r.Info, test.Cond) != nil
	if code.Within(n, r.Loop.Outer) {
		return (n == test.Body) != worked
	}
	return n == test.Body && worked && code.Jumps(n.List) && code.Within(stack[len(stack)-2], r.Loop.Outer)
}

// derived reports whether a makes v, which it declares, of another context: it is for what
// uses v.
func (r *Reading) derived(a *ast.AssignStmt, v *types.Var) bool {
	call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
	if !ok || v.Pos() < a.Pos() || v.Pos() >= a.End() {
		return false
	}
	return slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return code.IsContext(r.Info.TypeOf(e)) })
}

// detached reports whether the loop makes contexts of its own that the one in scope does not
// end, for more than a line of the log.
func (r *Reading) detached() (found bool) {
	r.Loop.Inspect(func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ExprStmt:
			return !r.Loop.OnlyLogs(n)
		case *ast.CallExpr:
			found = found || r.isBackground(n) || code.Callee(r.Info, n) == "context.WithoutCancel"
		}
		return !found
	})
	return found
}

// leadsOn reports whether list, in the nodes of stack, does not leave for somewhere else than
// the loop: it goes on, or leaves a loop that stands before that.
func (r *Reading) leadsOn(list []ast.Stmt, stack []ast.Node) bool {
	earlier := slices.ContainsFunc(stack, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return n.End() <= r.Loop.Outer.Pos()
		}
		return false
	})
	return !code.Jumps(list) || earlier && code.EndsIn(list, token.BREAK)
}

// mayHaveEnded reports whether the loop may be reached where a context has ended, which
// asks stands before the loop for, in the nodes of stack:
//
//	<-ctx.Done()
//	if ctx.Err() != nil { loop }
func (r *Reading) mayHaveEnded(asks ast.Node, stack []ast.Node) bool {
	for i, n := range slices.Backward(stack) {
		switch n := n.(type) {
		case *ast.ExprStmt:
			if _, isCase := stack[max(i-1, 0)].(*ast.CommClause); !isCase {
				return code.Received(n) != nil
			}
		case *ast.CommClause:
			if code.Within(n.Comm, asks) {
				b, ok := code.Last(n.Body).(*ast.BranchStmt)
				leavesSelect := ok && b.Tok == token.BREAK && b.Label == nil
				return code.Within(n, r.Loop.Outer) || leavesSelect || r.leadsOn(n.Body, stack[:i])
			}
		case *ast.IfStmt:
			if code.Within(n.Cond, asks) && r.Pkg.NotEnded(n.Cond) == nil {
				return code.Within(n.Body, r.Loop.Outer) || r.leadsOn(n.Body.List, stack[:i])
			}
		case *ast.ForStmt:
			if n.Cond != nil && code.Within(n.Cond, asks) {
				return n.End() <= r.Loop.Outer.Pos()
			}
		}
	}
	return false
}
