package write

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strconv"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// Args returns what the call is given.
func (w *Writer) Args() (a helper.Args, refusal reason.Refusal) {
	a.Ctx = w.UseCtx
	if a.Delay, a.MaxDelay, refusal = w.Delays(); refusal != nil {
		return a, refusal
	}
	if refusal = w.lacks(a); refusal != nil || !w.Bounded {
		return a, refusal
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
		if e := w.namedLimit(n.Offset); e != nil {
			return w.Text(e), false, w.typeOfNumber(e)
		}
		return strconv.FormatInt(n.Offset, 10), true, ""
	}
	if text = w.limitText; text == "" {
		text = w.limitSource()
	}
	of := n.Expr
	if of == nil {
		of = n.Less
	}
	return text, false, w.typeOfNumber(of)
}

// LimitExprs returns what the text of the number of attempts names.
func (w *Writer) LimitExprs() []ast.Expr {
	n := w.Attempts
	switch {
	case !w.Bounded:
		return nil
	case n.Constant():
		return []ast.Expr{w.namedLimit(n.Offset)}
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

// namedLimit returns the constant that the loop's header compares with, or counts
// down from, if it has a name and is n.
func (w *Writer) namedLimit(n int64) ast.Expr {
	var found ast.Expr
	look := func(x ast.Node) bool {
		e, ok := x.(ast.Expr)
		if !ok {
			return true
		}
		switch e := e.(type) {
		case *ast.Ident, *ast.SelectorExpr:
			if v := w.Info.Types[e].Value; v != nil && v.Kind() == constant.Int && w.namedBefore(e) {
				if got, ok := constant.Int64Val(v); ok && got == n {
					found = e
				}
			}
			return false
		case *ast.BinaryExpr, *ast.ParenExpr:
			return true
		}
		return false
	}
	if r, ok := w.Loop.Cycle.(*ast.RangeStmt); ok {
		ast.Inspect(r.X, look)
	} else if w.Loop.Cond != nil {
		ast.Inspect(w.Loop.Cond, look)
	}
	if c := w.Counter; found == nil && c != nil && c.Step < 0 && c.Start != nil {
		ast.Inspect(c.Start, look)
	}
	return found
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
	switch {
	case n.Expr == nil:
	case n.Offset > 0:
		text += " + " + Itoa(n.Offset)
	case n.Offset < 0:
		text += " - " + Itoa(-n.Offset)
	}
	if w.Floor && w.limitText == "" {
		return "max(" + text + ", 1)"
	}
	return text
}

// Itoa writes n in decimal.
func Itoa(n int64) string {
	if n < 0 {
		return "-" + Itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return Itoa(n/10) + string(rune('0'+n%10))
}
