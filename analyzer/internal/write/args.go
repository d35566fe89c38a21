package write

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// Args returns what the call is given.
func (w *Writer) Args() (a helper.Args, refusal reason.Refusal) {
	a.Ctx = w.UseCtx
	if a.Delay, a.MaxDelay, refusal = w.Delays(); refusal != nil {
		return a, refusal
	}
	w.inlineDelay(&a)
	w.InlineConsts(&a, w.Removed())
	switch refusal = w.lacks(a); {
	case refusal != nil:
		return a, refusal
	case !w.Bounded && a.Ctx == "" && a.MaxDelay == a.Delay:
		return a, reason.WaitsAlike.At(w.DelayPos())
	case !w.Bounded:
		return a, nil
	}
	a.Attempts, a.IsConst, a.AttemptsType = w.attempts()
	return a, nil
}

// lacks returns what the helper cannot do of bounds and delays.
func (w *Writer) lacks(a helper.Args) reason.Refusal {
	h := w.Helper
	switch {
	case w.Bounded && !h.Supports(helper.Attempts):
		return reason.LacksAttempts
	case !w.Bounded && h.NoLimitUnsaid:
		return reason.NoLimitUnsaid
	case !w.Bounded && !h.Supports(helper.Unbounded):
		return reason.LacksUnbounded
	case a.MaxDelay != "" && !h.Supports(helper.MaxDelay):
		return reason.LacksMaxDelay
	}
	return nil
}

// attempts writes the number of attempts.
func (w *Writer) attempts() (text string, isConst bool, typ string) {
	n := w.Attempts
	if n.Constant() {
		if e, beside := w.namedLimit(n.Offset); e != nil {
			return Plus(w.Text(e), beside, " "), false, w.typeOfNumber(e)
		}
		return Itoa(n.Offset), true, ""
	}
	of := n.Expr
	if of == nil {
		of = n.Less
	}
	return w.limitSource(), false, w.typeOfNumber(of)
}

// LimitExprs returns what the text of the number of attempts names.
func (w *Writer) LimitExprs() []ast.Expr {
	n := w.Attempts
	switch {
	case !w.Bounded:
		return nil
	case n.Constant():
		e, _ := w.namedLimit(n.Offset)
		return []ast.Expr{e}
	}
	return []ast.Expr{n.Expr, n.Less}
}

// typeOfNumber returns the type of e as [helper.Args] has it.
func (w *Writer) typeOfNumber(e ast.Expr) string {
	t, ok := types.Unalias(w.Info.TypeOf(e)).(*types.Basic)
	switch {
	case !ok:
		name, _ := w.Scope.TypeString(w.Info.TypeOf(e))
		return name
	case t.Info()&types.IsUntyped != 0 || w.untypedConst(e):
		return helper.Untyped
	case t.Kind() == types.Int:
		return ""
	}
	return t.Name()
}

// untypedConst reports whether e names a constant without a type.
func (w *Writer) untypedConst(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	c, ok := w.Info.ObjectOf(id).(*types.Const)
	if !ok {
		return false
	}
	b, ok := c.Type().(*types.Basic)
	return ok && b.Info()&types.IsUntyped != 0
}

// namedLimit returns the constant with a name that the attempts are compared with, or
// counted down from, if n is that or one beside it, and what n is beside it; nil if
// there is none. A variable that is given a value once, and stays, is one as well.
func (w *Writer) namedLimit(n int64) (found ast.Expr, beside int64) {
	look := func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.Ident, *ast.SelectorExpr:
			e := x.(ast.Expr)
			number := w.onlyNumber(e)
			than := n - number.Offset
			if number.Constant() && w.namedBefore(e) && (found == nil && -1 <= than && than <= 1 || than == 0 && beside != 0) {
				found, beside = e, than
			}
			return false
		case *ast.BinaryExpr:
			if number := loop.NumberOf(w.Info, x); x.Op == token.QUO && found == nil && number == (loop.Number{Offset: n}) && w.namedBefore(x) {
				found = x // a time divided by the delay
			}
			return found != x
		case *ast.ParenExpr:
			return true
		case *ast.CallExpr:
			return w.Info.Types[x.Fun].IsType()
		}
		return false
	}
	for _, x := range w.limits() {
		ast.Inspect(x, look)
	}
	return found, beside
}

// onlyNumber returns e as a number: a local variable that is only given one, and which
// something else than the header reads as well, as that.
func (w *Writer) onlyNumber(e ast.Expr) loop.Number {
	number := loop.NumberOf(w.Info, e)
	v := code.Local(w.Info, e)
	if v == nil || v.Kind() != types.LocalVar || w.Loop.Has(v.Pos()) {
		return number
	}
	writes := w.Pkg.Writes(v)
	if len(writes) != 1 {
		return number
	}
	a, ok := writes[0].At.Node().(*ast.AssignStmt)
	if !ok || len(a.Lhs) != len(a.Rhs) {
		return number
	}
	read := 0
	for _, x := range w.limits() {
		read += code.Count(w.Info, x, v)
	}
	if n, ok := code.Int(w.Info, a.Rhs[writes[0].Index]); ok && code.Count(w.Info, w.Loop.Decl, v) > read+1 {
		return loop.Number{Offset: n}
	}
	return number
}

// limits returns what tells the number of attempts: in the header or, if that does not,
// where a pass asks whether it is the last.
func (w *Writer) limits() (list []ast.Expr) {
	if r, ok := w.Loop.Cycle.(*ast.RangeStmt); ok {
		list = append(list, r.X)
	} else if w.Loop.Cond != nil {
		list = append(list, w.Loop.Cond)
	}
	if c := w.Counter; c != nil && c.Step < 0 && c.Start != nil {
		list = append(list, c.Start)
	}
	if w.CountedByHeader() {
		return list
	}
	w.Loop.Inspect(func(n ast.Node) bool {
		if cmp, ok := n.(*ast.BinaryExpr); ok && code.IsComparison(cmp.Op) {
			if when := w.When(cmp); when == loop.LastOnly || when == loop.ExceptLast {
				list = append(list, cmp)
			}
		}
		return true
	})
	return list
}

// limitSource writes the number of attempts as the source gives it.
func (w *Writer) limitSource() string {
	n := w.Attempts
	text := Itoa(n.Offset)
	if n.Expr != nil {
		text = w.Text(n.Expr)
	}
	if n.Less != nil {
		less := w.Text(n.Less)
		if _, ok := n.Less.(*ast.BinaryExpr); ok {
			less = "(" + less + ")"
		}
		text += " - " + less
	}
	if n.Expr != nil {
		text = Plus(text, n.Offset, " ")
	}
	if w.Floor {
		return "max(" + text + ", 1)"
	}
	return text
}

// Plus writes x + k, with space around the sign.
func Plus(x string, k int64, space string) string {
	switch {
	case k == 0:
		return x
	case k < 0:
		return x + space + "-" + space + Itoa(-k)
	}
	return x + space + "+" + space + Itoa(k)
}

// Moved writes e + k. Less is whether that is in place of a number that e has already: e
// is one, or something less one.
func (w *Writer) Moved(e ast.Expr, k int64) (text string, less bool) {
	if n, ok := w.Literal(e); ok {
		return Itoa(n + k), true
	}
	sum, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok || sum.Op != token.ADD && sum.Op != token.SUB {
		return Plus(w.Text(e), k, ""), false
	}
	by, ok := w.Literal(sum.Y)
	if !ok {
		return Plus(w.Text(e), k, ""), false
	}
	if sum.Op == token.SUB {
		by = -by
	}
	return Plus(w.Text(sum.X), k+by, ""), by < 0
}

// Literal returns the integer that e is, if it is written as one.
func (w *Writer) Literal(e ast.Expr) (int64, bool) {
	if lit, ok := ast.Unparen(e).(*ast.BasicLit); ok {
		return code.Int(w.Info, lit)
	}
	return 0, false
}

// Itoa writes n in decimal.
func Itoa(n int64) string { return strconv.FormatInt(n, 10) }
