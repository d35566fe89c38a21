package write

import (
	"go/ast"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// IgnoresContext reports whether a context is in scope that the helper is not given.
func (w *Writer) IgnoresContext() bool { return w.UseCtx == "" && w.InScope(w.Scope) != "" }

// AnswersItself reports whether the body asks the context that is in scope, and
// returns something else than its error then: the helper would be faster.
func (w *Writer) AnswersItself() bool {
	return w.Loop.Any(func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			return (w.Asks(n.Cond, w.UseCtx) || n.Init != nil && w.Asks(n.Init, w.UseCtx)) && w.hasAnswer(n.Body.List, n.Init)
		case *ast.CommClause:
			return n.Comm != nil && w.Asks(n.Comm, w.UseCtx) && w.hasAnswer(n.Body, nil)
		}
		return false
	})
}

// hasAnswer reports whether statements do something else than to return the error
// of the context, which init may have given a name.
func (w *Writer) hasAnswer(list []ast.Stmt, init ast.Stmt) bool {
	err := code.LastResult(code.Last(list))
	if err == nil || !w.ReturnsError() {
		return false
	}
	if v := code.Local(w.Info, err); v != nil && init != nil {
		err = code.ValueGiven(w.Info, init, v)
	}
	return len(list) > 1 || err == nil || w.Text(err) != w.UseCtx+".Err()"
}

// MayReturn reports whether a function that tells nothing by its results, and has nothing
// behind the loop, may just return when ctx has ended. Where a failure ends the goroutine
// or the process, a return means success, unless the loop asks ctx itself.
func (w *Writer) MayReturn(ctx string) bool {
	if w.Loop.Sig.Results().Len() > 0 || !w.Loop.Last || len(w.Loop.After) > 0 {
		return false
	}
	return w.LoopAsks(ctx) || len(w.Pass().Walk(pass.Watch{}).Stops) == 0
}

// Return writes the return of an error, behind other values.
func Return(others, err string) string {
	if others != "" {
		err = others + ", " + err
	}
	return "return " + err
}

// Zeros returns the zero values of the results before the error; not ok if there
// is none.
func (w *Writer) Zeros() (string, bool) {
	if !w.ReturnsError() {
		return "", false
	}
	var parts []string
	res := w.Loop.Sig.Results()
	for i := range res.Len() - 1 {
		z, ok := w.Scope.Zero(res.At(i).Type())
		if !ok {
			return "", false
		}
		parts = append(parts, z)
	}
	return strings.Join(parts, ", "), true
}
