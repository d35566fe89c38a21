package write

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// goes reports whether a comment goes with one of the statements that are left out, or
// says no more than the length of a delay that stays.
func (w *Writer) goes(g *ast.CommentGroup) bool {
	if !w.AboutWait(g) {
		return false
	}
	at := func(s ast.Stmt) bool {
		if s == w.Loop.Cycle {
			return false // a range over the time: its body stays
		}
		above, behind := w.Attached(s)
		return above == g || behind == g || w.Below(s) == g || code.Within(s, g)
	}
	stays := w.Helper.Shape == helper.Wait && !w.OnlyLength(g)
	return !stays && slices.ContainsFunc(code.InOrder(w.Pauses), at) || slices.ContainsFunc(code.InOrder(w.Gone), at)
}

// LeaveLengths leaves out the comments that say no more than how long the delays are,
// which the policy does now.
func (k *Keeper) LeaveLengths() {
	for _, s := range code.InOrder(k.Pauses) {
		if s != k.Loop.Cycle {
			k.Inside = append(k.Inside, k.DropLengths(s)...)
		}
	}
}
