package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// answers are the variables of a pass that an attempt tells something by: what a
// call returns that can fail, and what is computed of that.
type answers struct {
	r    *Reading
	vars map[types.Object]bool // nil if nobody has asked
	are  bool                  // they may be a part of the answer, not only chosen by it
}

// answers tells of them; of those that may be a part of an answer, if only these are asked
// for.
func (r *Reading) answers(are bool) *answers { return &answers{r: r, are: are} }

// has reports whether v is one of them.
func (a *answers) has(v *types.Var) bool {
	if a.vars == nil {
		a.vars = make(map[types.Object]bool)
		for n := -1; n != len(a.vars); {
			n = len(a.vars)
			a.r.Loop.Inspect(func(n ast.Node) bool {
				a.note(n)
				return true
			})
		}
	}
	return a.vars[v]
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
			if a.gives(n.Rhs[min(i, len(n.Rhs)-1)]) {
				add(lhs)
			}
		}
	case *ast.ValueSpec:
		if slices.ContainsFunc(n.Values, a.gives) {
			for _, id := range n.Names {
				add(id)
			}
		}
	case *ast.CallExpr: // errors.As(err, &busy)
		if !a.tells(n) {
			return // double(&delay)
		}
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
			found = found || ok && (a.vars[v] || code.IsReply(v.Type()) || a.has(v))
		}
		return !found
	})
	return found
}

// gives reports whether e tells, and not only by what a function of the package asks of
// an answer to choose something else, where that is no part of one.
func (a *answers) gives(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || !a.are || !a.tells(e) {
		return a.tells(e)
	}
	fn := a.r.Pkg.Callee(call)
	return fn == nil || fn.Body == nil || a.r.handsOn(fn)
}

// handsOn reports whether fn returns something that it makes of an answer which it is given.
func (r *Reading) handsOn(fn *source.Func) bool {
	inner := &answers{r: r, vars: make(map[types.Object]bool)}
	hands := false
	for n := -1; n != len(inner.vars); {
		n = len(inner.vars)
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			inner.note(n)
			if ret, ok := n.(*ast.ReturnStmt); ok {
				hands = hands || len(ret.Results) == 0 || slices.ContainsFunc(ret.Results, inner.tells)
			}
			return true
		})
	}
	return hands
}

// canFail reports whether call is the operation, or another one that returns an
// error, or an answer that it got; what only computes, such as to parse a text, gets none.
func (r *Reading) canFail(call *ast.CallExpr) bool {
	switch {
	case ast.Node(call) == r.Verdict.Operation:
		return true
	case code.PureCall(r.Info, call):
		return false
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

// Decides returns what reports whether an attempt may decide a condition, or what is not
// known.
func (r *Reading) Decides() func(cond ast.Expr) bool { return r.answers(false).decides }

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
