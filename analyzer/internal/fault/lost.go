package fault

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// losesError reports whether the attempts end with a return that does not hold the
// error of the last one: neither that error nor one that wraps it.
func (r *reader) losesError() bool {
	sig := r.pkg.Signature(r.site.Func)
	if sig == nil || sig.Results().Len() == 0 || !code.IsError(sig.Results().At(sig.Results().Len()-1).Type()) || !r.tellsByError() {
		return false
	}
	for _, ret := range r.givesUp() {
		if n := len(ret.Results); n == sig.Results().Len() && r.without(ret.Results[n-1]) {
			return true
		}
	}
	return false
}

// tellsByError reports whether the operation returns an error.
func (r *reader) tellsByError() bool {
	call, ok := r.verdict.Operation.(*ast.CallExpr)
	if !ok {
		return false
	}
	switch t := r.pkg.Info.TypeOf(call).(type) {
	case *types.Tuple:
		return t.Len() > 0 && code.IsError(t.At(t.Len()-1).Type())
	default:
		return code.IsError(t)
	}
}

// givesUp returns the statements by which the function returns when there have been
// enough attempts: those in the loop that a count decides, or the one behind a loop that
// nothing but its header ends.
func (r *reader) givesUp() []*ast.ReturnStmt {
	var list []*ast.ReturnStmt
	body := cycleBody(r.site.Cycle)
	if body == nil {
		return nil
	}
	steps := r.steps()
	ast.Inspect(body, func(n ast.Node) bool {
		s, ok := n.(*ast.IfStmt)
		if !ok {
			_, literal := n.(*ast.FuncLit)
			return !literal
		}
		if ret := onlyReturn(s.Body); ret != nil && r.counts(s.Cond, steps) {
			list = append(list, ret)
		}
		return true
	})
	if len(list) == 0 && r.bounds.Counted && r.headerEnds() && !r.breaks(body) {
		if ret, ok := r.behind().(*ast.ReturnStmt); ok {
			list = append(list, ret)
		}
	}
	return list
}

// headerEnds reports whether the loop's header says when it ends.
func (r *reader) headerEnds() bool {
	loop, ok := r.site.Cycle.(*ast.ForStmt)
	return !ok || loop.Cond != nil && loop.Post != nil && len(code.Comparisons(loop.Cond)) == 1 && isComparison(loop.Cond)
}

func isComparison(e ast.Expr) bool {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	return ok && code.IsComparison(b.Op) && b.Op != token.NEQ && b.Op != token.EQL
}

// breaks reports whether a break or goto in body may leave the loop.
func (r *reader) breaks(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			found = found || n.Tok == token.BREAK || n.Tok == token.GOTO
		}
		return !found
	})
	return found
}

// behind returns the statement right behind the loop, or nil.
func (r *reader) behind() (next ast.Stmt) {
	code.EachList(r.site.Func.Body, func(list []ast.Stmt) {
		for i, s := range list[:max(len(list)-1, 0)] {
			if l, ok := s.(*ast.LabeledStmt); ok {
				s = l.Stmt
			}
			if s == r.site.Cycle {
				next = list[i+1]
			}
		}
	})
	return next
}

// steps returns the variables that the loop counts.
func (r *reader) steps() map[types.Object]bool {
	steps := make(map[types.Object]bool)
	ast.Inspect(r.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IncDecStmt:
			if id, ok := n.X.(*ast.Ident); ok {
				steps[r.pkg.Info.ObjectOf(id)] = true
			}
		case *ast.RangeStmt:
			if id, ok := n.Key.(*ast.Ident); ok && n == r.site.Cycle && code.IsInteger(r.pkg.Info.TypeOf(n.X)) {
				steps[r.pkg.Info.ObjectOf(id)] = true
			}
		}
		return true
	})
	return steps
}

// counts reports whether cond holds where one of the variables has come to its limit.
func (r *reader) counts(cond ast.Expr, steps map[types.Object]bool) bool {
	return slices.ContainsFunc(code.Operands(cond, token.LOR), func(e ast.Expr) bool { return r.comesTo(e, steps) })
}

// comesTo reports whether cond compares one of the variables with its limit.
func (r *reader) comesTo(cond ast.Expr, steps map[types.Object]bool) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	id, ok := ast.Unparen(cmp.X).(*ast.Ident)
	if !ok || !steps[r.pkg.Info.ObjectOf(id)] {
		return false
	}
	zero := r.pkg.Info.Types[cmp.Y].Value != nil && constant.Sign(constant.ToInt(r.pkg.Info.Types[cmp.Y].Value)) == 0
	return cmp.Op == token.GEQ || cmp.Op == token.GTR || cmp.Op == token.EQL && !zero
}

// onlyReturn returns the return statement that body ends with, or nil.
func onlyReturn(body *ast.BlockStmt) *ast.ReturnStmt {
	if len(body.List) == 0 {
		return nil
	}
	ret, _ := body.List[len(body.List)-1].(*ast.ReturnStmt)
	return ret
}

// without reports whether e is an error that does not hold that of an attempt.
func (r *reader) without(e ast.Expr) bool {
	e = ast.Unparen(e)
	if r.pkg.Info.Types[e].IsNil() {
		return true
	}
	if code.IsSentinel(r.pkg.Info, e) {
		return true
	}
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	name := code.LastName(call.Fun)
	switch {
	case name == "New" && len(call.Args) == 1:
		return !r.hasError(call.Args[0], false)
	case name == "Errorf" && len(call.Args) > 0:
		format := r.pkg.Info.Types[call.Args[0]].Value
		if format == nil || format.Kind() != constant.String || strings.Contains(constant.StringVal(format), "%w") {
			return false
		}
		return r.pkg.Info.TypeOf(call.Fun) != nil && !r.wraps(call)
	}
	return false
}

// wraps reports whether a call of another Errorf than that of package fmt is given an
// error apart from its text.
func (r *reader) wraps(call *ast.CallExpr) bool {
	return code.Callee(r.pkg.Info, call) != "fmt.Errorf" && r.hasError(call.Args[0], true)
}

// hasError reports whether e mentions an error, not only its text.
func (r *reader) hasError(e ast.Expr, whole bool) bool {
	return slices.ContainsFunc([]ast.Expr{e}, func(e ast.Expr) bool {
		t := r.pkg.Info.TypeOf(e)
		return t != nil && code.IsError(t) && whole
	})
}
