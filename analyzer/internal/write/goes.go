package write

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// goes reports whether a comment goes with one of the statements that are left
// out.
func (w *Writer) goes(g *ast.CommentGroup) bool {
	if !w.AboutWait(g) {
		return false
	}
	at := func(s ast.Stmt) bool {
		if s == w.Loop.Cycle {
			return false // a range over the time: its body stays
		}
		above, behind := w.Attached(s)
		return above == g || behind == g || code.Within(s, g)
	}
	return slices.ContainsFunc(code.InOrder(w.Pauses), at) || slices.ContainsFunc(code.InOrder(w.Gone), at)
}
