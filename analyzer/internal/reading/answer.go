package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// answers are the variables of a pass that an attempt tells something by: what a
// call returns that can fail, and what is computed of that.
type answers struct {
	r    *Reading
	vars map[types.Object]bool
}

// answers finds them.
func (r *Reading) answers() *answers {
	a := &answers{r: r, vars: make(map[types.Object]bool)}
	for n := -1; n != len(a.vars); {
		n = len(a.vars)
		r.Loop.Inspect(func(n ast.Node) bool {
			a.note(n)
			return true
		})
	}
	return a
}

// note adds what n gives an answer.
func (a *answers) note(n ast.Node) {
	info := a.r.Info
	add := func(e ast.Expr) {
		if v := code.Local(info, e); v != nil {
			a.vars[v] = true
		}
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			if len(n.Lhs) != len(n.Rhs) && a.tells(n.Rhs[0]) || len(n.Lhs) == len(n.Rhs) && a.tells(n.Rhs[i]) {
				add(lhs)
			}
		}
	case *ast.ValueSpec:
		if slices.ContainsFunc(n.Values, a.tells) {
			for _, id := range n.Names {
				add(id)
			}
		}
	case *ast.CallExpr: // errors.As(err, &busy)
		for _, arg := range n.Args {
			if u, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && u.Op == token.AND {
				add(u.X)
			}
		}
	}
}

// tells reports whether e depends on what an attempt has answered: it names an
// answer or an error, or is the call of something that can fail.
func (a *answers) tells(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			found = found || a.r.canFail(n)
		case *ast.Ident:
			v, ok := a.r.Info.Uses[n].(*types.Var)
			found = found || ok && (a.vars[v] || code.IsReply(v.Type()))
		}
		return !found
	})
	return found
}

// canFail reports whether call is the operation, or another one that returns an
// error, or an answer that it got.
func (r *Reading) canFail(call *ast.CallExpr) bool {
	if ast.Node(call) == r.Verdict.Operation {
		return true
	}
	t := r.Info.TypeOf(call)
	if tuple, ok := t.(*types.Tuple); ok {
		return slices.ContainsFunc(slices.Collect(tuple.Variables()), func(v *types.Var) bool { return code.IsReply(v.Type()) })
	}
	return code.IsReply(t)
}

// decides reports whether cond asks for more than what stays the same, and numbers
// that the loop computes itself: such as how late it is.
func (a *answers) decides(cond ast.Expr) bool {
	if a.tells(cond) || code.Any(cond, a.r.asksClock) || !code.Pure(a.r.Info, cond) || !a.r.Loop.Steady(cond) {
		return true
	}
	return code.AnyLocal(a.r.Info, cond, func(v *types.Var) bool { return a.r.Loop.Assigns(v) && !a.r.onlyComputed(v) })
}

// asksClock reports whether n is the call of a function that reads the clock.
func (r *Reading) asksClock(n ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return false
	}
	switch code.Callee(r.Info, call) {
	case "time.Now", "time.Since", "time.Until":
		return true
	}
	return false
}
