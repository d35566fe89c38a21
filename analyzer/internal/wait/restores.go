package wait

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// restoresAny reports whether what comes behind one of the delays must not be left out. Then
// none of them ends with the context: the loop goes on when it has ended, or it does not.
func (w *waiting) restoresAny() bool {
	return slices.ContainsFunc(code.InOrder(w.Pauses), w.restores)
}

// restores reports whether something is done behind the delay s, in the same pass, to what
// the pass has made, or undoes what it has done, before: to leave at s would leave that out.
//
//	mu.Unlock()
//	time.Sleep(delay)
//	mu.Lock()
func (w *waiting) restores(s ast.Stmt) bool {
	var before []ast.Stmt
	if w.Loop.Init != nil {
		before = append(before, w.Loop.Init)
	}
	for _, list := range w.Loop.Lists() {
		for _, x := range list {
			if x.End() <= s.Pos() {
				before = append(before, x)
			}
		}
	}
	behind := w.behind(s)
	return w.UndoneIn(before, behind, true) != nil || slices.ContainsFunc(behind, func(x ast.Stmt) bool {
		return slices.ContainsFunc(w.ActsOf(x), func(a write.Act) bool {
			v, ok := a.On.(*types.Var)
			return ok && !a.Tries && w.Loop.InBody(v.Pos()) && v.Pos() < s.Pos()
		})
	})
}

// behind returns what a pass goes through behind the delay s.
func (w *waiting) behind(s ast.Stmt) (list []ast.Stmt) {
	for _, in := range slices.Backward(w.Loop.Lists()) { // the inner ones first
		i := slices.IndexFunc(in, func(x ast.Stmt) bool { return code.Within(x, s) })
		if i < 0 {
			continue
		}
		list = append(list, in[i+1:]...)
		if code.Jumps(in) && !code.EndsIn(in, token.BREAK) && !code.FallsThrough(in) { // which may leave a switch
			break
		}
	}
	if w.Loop.Post != nil {
		list = append(list, w.Loop.Post)
	}
	return list
}
