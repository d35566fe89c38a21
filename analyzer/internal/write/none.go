package write

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// AsksNone writes the condition that there is no attempt at all, `n <= 0`; "" if the
// number of attempts cannot be asked twice.
func (w *Writer) AsksNone() string {
	n := w.Attempts
	if n.Expr == nil || n.Less != nil || !code.Repeatable(w.Info, n.Expr) {
		return ""
	}
	is := " <= " + Itoa(-n.Offset)
	switch {
	case n.Offset == 1:
		is = " < 0"
	case n.Offset == 0 && w.notNegative(n.Expr):
		is = " == 0"
	}
	return w.Text(n.Expr) + is
}

// ReturnBehind writes the return that stands right behind the loop, if it only computes;
// "" otherwise.
func (w *Writer) ReturnBehind() string {
	if len(w.Loop.After) == 0 {
		return ""
	}
	ret, ok := w.Loop.After[0].(*ast.ReturnStmt)
	if !ok || slices.ContainsFunc(ret.Results, func(e ast.Expr) bool { return !code.Repeatable(w.Info, e) }) {
		return ""
	}
	return w.Text(ret)
}

// notNegative reports whether the number e is never less than 0: it is unsigned, or the
// length of something.
func (w *Writer) notNegative(e ast.Expr) bool {
	if basic, ok := w.Info.TypeOf(e).Underlying().(*types.Basic); ok && basic.Info()&types.IsUnsigned != 0 {
		return true
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && typeutil.Callee(w.Info, call) == types.Universe.Lookup("len")
}
