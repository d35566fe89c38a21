package write

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// AsksForKinds reports whether the statement behind the loop tells errors apart,
// and so may take another one for success.
func (w *Writer) AsksForKinds() bool {
	if len(w.Loop.After) == 0 {
		return false
	}
	switch s := w.Loop.After[0].(type) {
	case *ast.SwitchStmt, *ast.TypeSwitchStmt:
		return w.readsError(s)
	case *ast.IfStmt:
		return w.readsError(s.Cond) && !w.parts(s.Cond)
	}
	return false
}

// readsError reports whether n reads an error that the loop gives.
func (w *Writer) readsError(n ast.Node) bool {
	return code.AnyName(n, func(id *ast.Ident) bool {
		v := w.Loop.ErrorVar(id)
		return v != nil && w.Loop.Assigns(v)
	})
}

// parts reports whether cond parts success from every error.
func (w *Writer) parts(cond ast.Expr) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	isTest := func(e ast.Expr, op token.Token) bool {
		t, ok := ast.Unparen(e).(*ast.BinaryExpr)
		return ok && t.Op == op && w.readsError(t.X) && code.IsNil(w.Info, t.Y)
	}
	switch cmp.Op {
	case token.LOR: // err != nil || s == ""
		return w.parts(cmp.X) || w.parts(cmp.Y)
	case token.LAND: // err == nil && s != ""
		return isTest(cmp.X, token.EQL) || isTest(cmp.Y, token.EQL)
	}
	return isTest(cmp, token.EQL) || isTest(cmp, token.NEQ)
}

// ReturnsError reports whether the function's last result is an error.
func (w *Writer) ReturnsError() bool {
	res := w.Loop.Sig.Results()
	return res.Len() > 0 && code.IsError(res.At(res.Len()-1).Type())
}

// WrapsError reports whether a function makes an error of one that is not nil,
// for certain.
func WrapsError(name string) bool {
	switch name {
	case "errors.Join", "github.com/pkg/errors.Wrap", "github.com/pkg/errors.Wrapf", "github.com/pkg/errors.WithMessage",
		"github.com/pkg/errors.WithMessagef", "github.com/pkg/errors.WithStack":
		return true
	}
	return code.MakesError(name)
}
