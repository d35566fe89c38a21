package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// byError writes a loop behind which a value tells of failure so that the error does:
//
//	for range 3 {
//		if conn, err = dial(); err == nil {
//			break
//		}
//		time.Sleep(d)
//	}
//	if conn == nil { ... }
//
// asks for `err != nil`; nil unless what gives the value returns nil beside an error and
// nowhere else.
func (r *restater) byError() *Form {
	if len(r.loop.After) == 0 || !r.runsOnce() {
		return nil
	}
	test, ok := r.loop.After[0].(*ast.IfStmt)
	if !ok || test.Init != nil {
		return nil
	}
	cmp, ok := test.Cond.(*ast.BinaryExpr)
	if !ok || cmp.Op != token.EQL && cmp.Op != token.NEQ || !code.IsNil(r.info, cmp.Y) {
		return nil
	}
	value := code.Local(r.info, cmp.X)
	a := r.gives(value)
	if a == nil || !r.Pkg.NilOnlyFailed(a.Rhs[0].(*ast.CallExpr)) {
		return nil
	}
	pos, end := r.loop.Outer.Pos(), test.End()
	text := r.Between(pos, cmp.Pos()) + r.Text(a.Lhs[1]) + " " + code.Opposite[cmp.Op].String() + " nil" + r.Between(cmp.End(), end)
	form := newForm(r.Site, pos, end, text, r.Indent(pos))
	if form != nil {
		form.sameDelays = true
		form.Fits = calls // a loop that stays may as well ask for the value
	}
	return form
}

// gives returns the statement by which each pass begins, if it gives v, and an error
// beside it, what a call returns, and nothing else in the loop gives them a value; nil if
// there is none, or others see them.
func (r *restater) gives(v *types.Var) *ast.AssignStmt {
	first := r.loop.Body[0]
	if test, ok := first.(*ast.IfStmt); ok && test.Init != nil {
		first = test.Init
	}
	a, ok := first.(*ast.AssignStmt)
	if !ok || v == nil || a.Tok != token.ASSIGN || len(a.Lhs) != 2 || len(a.Rhs) != 1 {
		return nil
	}
	if _, ok := a.Rhs[0].(*ast.CallExpr); !ok || code.Local(r.info, a.Lhs[0]) != v {
		return nil
	}
	if t, ok := r.info.TypeOf(a.Rhs[0]).(*types.Tuple); !ok || !types.Identical(t.At(0).Type(), v.Type()) {
		return nil // a pointer that is nil is not nil in an interface
	}
	err := code.Local(r.info, a.Lhs[1])
	if err == nil || !code.IsError(err.Type()) || slices.ContainsFunc([]*types.Var{v, err}, func(v *types.Var) bool { return r.writes(v) > 1 || r.seen(v) }) {
		return nil
	}
	return a
}

// runsOnce reports whether there is at least one pass, as far as constants tell.
func (r *restater) runsOnce() bool {
	switch s := r.loop.Cycle.(type) {
	case *ast.RangeStmt:
		n, known := code.Int(r.info, s.X)
		return known && n > 0
	case *ast.ForStmt:
		if s.Cond == nil {
			return true
		}
		cmp, ok := s.Cond.(*ast.BinaryExpr)
		if !ok || s.Init == nil || cmp.Op != token.LSS && cmp.Op != token.LEQ {
			return false
		}
		start, one := declaresOne(s.Init)
		first, known := code.Int(r.info, start)
		n, known2 := code.Int(r.info, cmp.Y)
		c := r.loop.Counter()
		return one && known && known2 && c != nil && code.Local(r.info, cmp.X) == c.Obj && first < n
	}
	return false
}
