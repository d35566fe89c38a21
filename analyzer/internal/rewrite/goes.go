package rewrite

import (
	"go/ast"
	"slices"
)

// goes reports whether a comment goes with one of the statements that are left
// out.
func (w *writer) goes(g *ast.CommentGroup) bool {
	if !w.aboutWait(g) {
		return false
	}
	at := func(s ast.Stmt) bool {
		above, behind := w.attached(s)
		return above == g || behind == g || within(s, g)
	}
	return slices.ContainsFunc(inOrder(w.pauses), at) || slices.ContainsFunc(inOrder(w.binder.gone), at)
}
