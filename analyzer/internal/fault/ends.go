package fault

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/loggers"
)

// mayEnd reports whether something may end the attempts that is neither seen as a
// bound nor an outcome: a policy that is asked, a state, or what is counted.
func (r *reader) mayEnd(counted map[string]bool) bool {
	may, leaving := false, 0
	type open struct {
		node    ast.Node
		leaving int // before it
	}
	var stack []open
	ast.Inspect(r.body, func(n ast.Node) bool {
		if n == nil {
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			may = may || leaving > top.leaving && r.decidesOf(top.node, counted)
			return false
		}
		if lit, ok := n.(*ast.FuncLit); may || ok && lit != r.body {
			return false
		}
		if leaves(n) || r.mayEndAbroad(n) {
			leaving++
		}
		if loop, ok := n.(*ast.ForStmt); ok && loop == r.site.Cycle && loop.Cond != nil {
			may = r.decides(loop.Cond, counted, 0)
		}
		stack = append(stack, open{n, leaving})
		return true
	})
	return may
}

// decidesOf is [reader.decides] for what leads to the statements in n.
func (r *reader) decidesOf(n ast.Node, counted map[string]bool) bool {
	switch n := n.(type) {
	case *ast.IfStmt:
		return r.decides(n.Cond, counted, 0)
	case *ast.CaseClause:
		return slices.ContainsFunc(n.List, func(e ast.Expr) bool {
			return code.IsBool(r.pkg.Info.TypeOf(e)) && r.decides(e, counted, 0)
		})
	}
	return false
}

// mayEndAbroad reports whether n is a block that ends by a call which may end the process.
func (r *reader) mayEndAbroad(n ast.Node) bool {
	body, ok := n.(*ast.BlockStmt)
	if !ok {
		return false
	}
	call := code.CallOf(code.Last(body.List))
	if call == nil {
		return false
	}
	fn, ok := typeutil.Callee(r.pkg.Info, call).(*types.Func)
	return ok && !loggers.Like(fn) && r.pkg.MayEndAbroad(call)
}

// leaves reports whether n is a statement that may leave a loop.
func leaves(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return n.Tok == token.BREAK || n.Tok == token.GOTO
	}
	return false
}

// countedTexts returns, as they are written, the variables, fields and elements that
// the cycle counts or makes longer.
func (r *reader) countedTexts() map[string]bool {
	texts := make(map[string]bool)
	ast.Inspect(r.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IncDecStmt:
			texts[types.ExprString(n.X)] = true
		case *ast.AssignStmt:
			if n.Tok != token.ASSIGN && n.Tok != token.DEFINE {
				texts[types.ExprString(n.Lhs[0])] = true
			}
		}
		return true
	})
	return texts
}

// decides reports whether e asks a count, or a function that is told nothing of the
// failure.
func (r *reader) decides(e ast.Expr, counted map[string]bool, depth int) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = found || n != r.verdict.Operation && !r.computes(n) && !r.aboutFailure(n)
		case *ast.BinaryExpr:
			if n.Op == token.LAND || n.Op == token.LOR {
				return true // of conditions, which may be long
			}
			found = found || counted[types.ExprString(n.X)] || counted[types.ExprString(n.Y)] || code.IsComparison(n.Op) && (r.isState(n.X) || r.isState(n.Y))
		case *ast.Ident:
			if v, ok := r.pkg.Info.ObjectOf(n).(*types.Var); ok && code.IsBool(v.Type()) && depth < 2 {
				found = found || growth.SaysStop(n.Name) || r.assignedFrom(v, counted, depth)
			}
		}
		return !found
	})
	return found
}

// assignedFrom reports whether the cycle gives the flag v something that decides.
func (r *reader) assignedFrom(v *types.Var, counted map[string]bool, depth int) bool {
	found := false
	ast.Inspect(r.body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == len(a.Rhs) {
			for i, lhs := range a.Lhs {
				if id, ok := lhs.(*ast.Ident); ok && r.pkg.Info.ObjectOf(id) == v {
					found = found || r.decides(a.Rhs[i], counted, depth+1)
				}
			}
		}
		return !found
	})
	return found
}

// aboutFailure reports whether call is told of the failure, or of an answer: by what
// it is given, or what it is a method of.
func (r *reader) aboutFailure(call *ast.CallExpr) bool {
	parts := call.Args
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		parts = append([]ast.Expr{sel.X}, parts...)
	}
	for _, e := range parts {
		about := false
		ast.Inspect(e, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if t := r.pkg.Info.TypeOf(e); t != nil && (code.ImplementsError(t) || code.IsReply(t)) {
					about = true
				}
			}
			return !about
		})
		if about {
			return true
		}
	}
	return false
}

// endsItself reports whether an error of the operation ends the loop, which goes on
// after another outcome: the operation may see to it that there is an end.
func (r *reader) endsItself() bool {
	var errs []types.Object
	ast.Inspect(r.body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Rhs) == 1 && ast.Unparen(a.Rhs[0]) == r.verdict.Operation {
			if id, ok := a.Lhs[len(a.Lhs)-1].(*ast.Ident); ok && code.IsError(r.pkg.Info.TypeOf(id)) {
				errs = append(errs, r.pkg.Info.ObjectOf(id))
			}
		}
		return true
	})
	ends := false
	ast.Inspect(r.body, func(n ast.Node) bool {
		s, ok := n.(*ast.IfStmt)
		if !ok {
			return !ends
		}
		cmp, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
		if ok && cmp.Op == token.NEQ && code.IsNil(r.pkg.Info, cmp.Y) && onlyReturn(s.Body) != nil {
			id, ok := ast.Unparen(cmp.X).(*ast.Ident)
			ends = ends || ok && slices.Contains(errs, r.pkg.Info.ObjectOf(id))
		}
		return true
	})
	return ends
}

// closable reports whether whoever closes what the operation works with may end the
// loop: the loop asks for that, or the operation is a method without arguments, such
// as Accept.
func (r *reader) closable() bool {
	asks := false
	ast.Inspect(r.body, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			asks = asks || sel.Sel.Name == "EOF" || strings.HasSuffix(sel.Sel.Name, "Closed") && strings.HasPrefix(sel.Sel.Name, "Err")
		}
		return !asks
	})
	if asks {
		return true
	}
	call, ok := r.verdict.Operation.(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return false
	}
	_, method := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return method
}

// computes reports whether call is a conversion, a builtin or a context's.
func (r *reader) computes(call *ast.CallExpr) bool {
	tv := r.pkg.Info.Types[call.Fun]
	return tv.IsType() || tv.IsBuiltin() || code.ContextOf(r.pkg.Info, call, "Err", "Done") != nil
}

// isState reports whether e is a field of something that the loop does not make: it may
// say that there is an end.
func (r *reader) isState(e ast.Expr) bool {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok || r.pkg.Info.Selections[sel] == nil || code.IsReply(r.pkg.Info.TypeOf(sel.X)) {
		return false
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return true
	}
	v := r.pkg.Info.ObjectOf(id)
	return v != nil && !code.Writes(r.pkg.Info, r.body, v)
}
