package growth

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// attemptBefore reports whether an attempt that the loop repeats stands before
// it. Have:
//
//	err := op()
//	for i := 0; i < n && err != nil; i++ {
//		err = op()
//	}
func (ev *evaluator) attemptBefore() bool {
	var body *ast.BlockStmt
	switch c := ev.site.Cycle.(type) {
	case *ast.ForStmt:
		body = c.Body
	case *ast.RangeStmt:
		body = c.Body
	default:
		return false
	}
	inside := map[string]bool{}
	for _, s := range body.List {
		inside[ev.attempt(s)] = true
	}
	list := ev.justBefore()
	for i, s := range list {
		text := ev.attempt(s)
		if text != "" && inside[text] && !slices.ContainsFunc(list[i:], func(x ast.Stmt) bool { return ev.leavesFailed(x, s) }) {
			return true
		}
	}
	return false
}

// leavesFailed reports whether x does not go on to the loop where the attempt s before it has
// failed: that is none of the loop's.
func (ev *evaluator) leavesFailed(x, s ast.Stmt) bool {
	if test, ok := s.(*ast.IfStmt); ok {
		s = test.Init
	}
	test, ok := x.(*ast.IfStmt)
	if !ok || !code.ComparesToNil(ev.info, test.Cond) || !code.Jumps(test.Body.List) {
		return false
	}
	a := s.(*ast.AssignStmt)
	err := code.Local(ev.info, a.Lhs[len(a.Lhs)-1])
	return err != nil && err == code.Local(ev.info, ast.Unparen(test.Cond).(*ast.BinaryExpr).X)
}

// justBefore returns the two statements before the cycle, which may be the
// attempt and what looks at its outcome.
func (ev *evaluator) justBefore() (list []ast.Stmt) {
	ast.Inspect(ev.site.Func.Body, func(n ast.Node) bool {
		if n, ok := n.(*ast.BlockStmt); ok {
			for i, s := range n.List {
				if s == ev.site.Cycle {
					list = n.List[max(0, i-2):i]
				}
			}
		}
		return list == nil
	})
	return list
}

// attempt returns the text of the call in s if s is `..., err = call()`, or an
// if statement that begins so.
func (ev *evaluator) attempt(s ast.Stmt) string {
	if s, ok := s.(*ast.IfStmt); ok {
		if s.Init == nil {
			return ""
		}
		return ev.attempt(s.Init)
	}
	a, ok := s.(*ast.AssignStmt)
	if !ok || len(a.Rhs) != 1 || !isError(ev.info.TypeOf(a.Lhs[len(a.Lhs)-1])) {
		return ""
	}
	if call, ok := a.Rhs[0].(*ast.CallExpr); ok {
		return types.ExprString(call)
	}
	return ""
}
