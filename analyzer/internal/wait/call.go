package wait

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// replacePauses replaces each delay by a call that waits.
func (w *waiting) replacePauses() {
	for _, s := range code.InOrder(w.Pauses) {
		p := w.Pauses[s]
		a := w.args
		if d := w.each[s]; d != nil {
			a.Delay = w.AsDuration(d)
		}
		if w.Helper.Wait.Uses("err") {
			a.Err = w.errorBefore(s)
		}
		e := w.endOf(s)
		a.Ctx, a.Done = e.ctx, e.done
		switch {
		case s == w.Loop.Cycle:
			w.replaceRange(s.(*ast.RangeStmt), a)
		case e.before != nil:
			w.waitInstead(s, e, w.Expand(w.Helper.Wait, a))
		case plain(p):
			w.putWait(s, strings.TrimSpace(w.unlessLast(s, w.plainWait(a, e.then))+"\n"+w.behindWait(s, p)))
		case w.wakes(p):
			w.Refusal = reason.StopChannel.At(s.Pos())
		case !w.Helper.Supports(helper.Context):
			w.Refusal = reason.LacksContext
		case p.Ctx == nil && !w.Helper.Wait.Uses("done"):
			w.Refusal = reason.StopChannel.At(s.Pos())
		default:
			w.replaceEnded(s, p, a)
		}
	}
}

// putWait puts text in the place of the delay s. A test for the wait that stands alone in a branch
// joins the test around it:
//
//	if i > 0 && !b.Wait(ctx.Done()) {
func (w *waiting) putWait(s ast.Stmt, text string) {
	head, _, _ := strings.Cut(text, "\n")
	test, asks := strings.CutPrefix(text, "if ")
	if x := w.aroundAlone(s); x != nil && asks && !strings.Contains(head, "; ") && strings.Index(text, "\n}") == len(text)-2 {
		cond := w.Text(x.Cond)
		if len(code.Operands(x.Cond, token.LOR)) > 1 {
			cond = "(" + cond + ")"
		}
		w.Put(x, "if "+cond+" && "+test)
		return
	}
	w.Put(s, text)
}

// aroundAlone returns the branch that s alone stands in, which has no other, no comment, and no
// success beside it or behind; or nil.
func (w *waiting) aroundAlone(s ast.Stmt) (found *ast.IfStmt) {
	w.Loop.Inspect(func(n ast.Node) bool {
		x, ok := n.(*ast.IfStmt)
		if ok && !(w.anew != nil && w.anew.branch() == n) && x.Init == nil && x.Else == nil && len(x.Body.List) == 1 && x.Body.List[0] == s && len(code.Comments(w.File, x.Pos(), x.End())) == 0 {
			found = x
		}
		return true
	})
	return found
}

// behindWait returns what a select of one case does behind the delay p.
func (w *waiting) behindWait(s ast.Stmt, p *pass.Pause) string {
	sel, ok := s.(*ast.SelectStmt)
	switch {
	case !ok:
		return ""
	case code.Breaks(p.Then):
		w.Refusal = reason.CancelBranch.At(s.Pos())
	}
	return w.clauseText(sel.Body.List[0].(*ast.CommClause), w.leftIn(p.Then))
}

// plainWait writes the call for a delay that nothing has ended, and what leaves where
// something does now, if that is not "".
func (w *waiting) plainWait(a helper.Args, then string) string {
	call := w.Expand(w.Helper.Wait, a)
	if then != "" {
		return w.checked(call, "err", then)
	}
	return w.forgotten(call) // it cannot fail without a context, or the next pass asks that
}

// forgotten writes a call whose error, if it has one, nothing looks at: the loop goes on
// all the same.
func (w *waiting) forgotten(call string) string {
	if w.Helper.Supports(helper.Context) && !w.Helper.TellsByBool && !w.Helper.TellsNothing {
		return "_ = " + call
	}
	return call
}

// replaceRange lets the loop's condition wait, in place of a range over the time.
//
//	for range time.Tick(delay) {
func (w *waiting) replaceRange(ticks *ast.RangeStmt, a helper.Args) {
	cond := w.Expand(w.Helper.Wait, a)
	if w.Helper.TellsNothing {
		w.Inside = append(w.Inside, edit.Span(ticks.For, ticks.Body.Lbrace+1, "for {\n"+cond))
		return
	}
	if !w.Helper.TellsByBool {
		cond += " == nil"
	}
	w.Inside = append(w.Inside, edit.Span(ticks.For, ticks.Body.Lbrace, "for "+cond+" "))
}

// leaving returns what ends the delay s, which nothing has ended, and what is done then: the
// context in scope, or what a pass asks elsewhere. Where the header waits, nothing may follow
// the loop.
func (w *waiting) leaving(s ast.Stmt) (e ending) {
	if then, ok := w.onCancel(s); ok {
		if e.ctx = w.name; !w.NeverEnds(w.name) {
			e.done, e.then = w.name+".Done()", then
		}
	} else if w.elsewhere.done != "" && w.meansThere(w.elsewhere.asks, s.Pos()) {
		e = w.elsewhere
	}
	if s == w.Loop.Cycle && (e.then != "return" || !w.Loop.Last || len(w.Loop.After) > 0) {
		return ending{}
	}
	return e
}

// onCancel returns what is done where the context in scope ends the delay s.
func (w *waiting) onCancel(s ast.Stmt) (string, bool) {
	root, _, _ := strings.Cut(w.name, ".") // r of r.Context()
	if w.name == "" || !w.endsWith(w.Pkg.LookupAt(root, s.Pos()), w.Scope.Lookup(root)) {
		return "", false
	}
	if w.Releases(w.Passes()) || w.EndsActing() || w.restoresAny() {
		return "", false
	}
	inside := w.ReturnsInLast() || w.endsInside() || w.FailsInside(w.Passes())
	stays := w.CleansUp() || w.GoesOnBehind(w.Passes())
	if !stays || w.LoopAsks(w.name) || inside { // it returns at once itself
		return w.cancelled()
	}
	return w.breakAt(s), !w.Loop.IsGoto() && w.FailsBehind(w.Passes()) && w.toldAt(s)
}

// endsWith reports whether v is the context ctx, or one that a pass makes of that and that
// nothing else ends: alone, or with a span.
//
//	ctx := context.WithValue(ctx, key, n)
//	ctx, span := tracer.Start(ctx, "attempt")
func (w *waiting) endsWith(v, ctx types.Object) bool {
	return ctx != nil && (v == ctx || v != nil && code.IsContext(v.Type()) && w.Loop.Any(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || a.Tok != token.DEFINE || a.Lhs[0].Pos() != v.Pos() || !code.Mentions(w.Info, a.Rhs[0], ctx) {
			return false
		}
		return len(a.Lhs) == 1 || len(a.Lhs) == 2 && w.isSpan(w.Info.TypeOf(a.Lhs[1]))
	}))
}

// isSpan reports whether t is a span of a trace: what has a method that ends it and none that
// may fail.
func (w *waiting) isSpan(t types.Type) bool {
	ends := false
	for m := range types.NewMethodSet(t).Methods() {
		sig := m.Obj().(*types.Func).Signature()
		res := sig.Results()
		if res.Len() > 0 && code.IsError(res.At(res.Len()-1).Type()) {
			return false
		}
		ends = ends || m.Obj().Name() == "End" && res.Len() == 0
	}
	return ends
}

// endsInside reports whether the last attempt ends in the body, and does not come to what
// stands behind the loop.
func (w *waiting) endsInside() bool {
	passes := w.Passes()
	return write.AsksForLast(passes) && !slices.ContainsFunc(passes, func(e pass.Exit) bool {
		return e.Kind == pass.Leaves && e.Facts.Of(w.OpErr) != pass.IsNil
	})
}

// leavesAtEnd reports whether statements right in the loop's body end by leaving
// the loop.
func (w *waiting) leavesAtEnd(list []ast.Stmt) bool {
	b, ok := code.Last(list).(*ast.BranchStmt)
	return w.leavesFromAny(list) || ok && b.Tok == token.BREAK && b.Label == nil
}

// leavesFromAny reports whether list ends by leaving the loop, also if it stands in a
// select: by its label, with the function, or with the process.
func (w *waiting) leavesFromAny(list []ast.Stmt) bool {
	switch s := code.Last(list).(type) {
	case *ast.BlockStmt:
		return w.leavesFromAny(s.List)
	case *ast.IfStmt:
		return s.Else != nil && w.leavesFromAny(s.Body.List) && w.leavesFromAny([]ast.Stmt{s.Else})
	case *ast.BranchStmt:
		return s.Tok == token.BREAK && s.Label != nil && s.Label.Name == w.Loop.Label
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		return ok && !w.Pkg.MayReturn(call)
	}
	return code.EndsInReturn(list)
}

// goesOn reports whether s may go on to the next pass of a loop around it.
func goesOn(s ast.Stmt) bool {
	return code.Any(s, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		return ok && b.Tok == token.CONTINUE
	})
}

// cancelled returns what leaves the function when its context is cancelled.
func (w *waiting) cancelled() (string, bool) {
	if w.LosesCancel() {
		return "", false
	}
	zeros, ok := w.Failed()
	if !w.ReturnsInLast() {
		zeros = w.ValuesBehind(zeros)
	}
	switch {
	case w.MayReturn(w.name), w.ReturnsFailed(w.name):
		return "return", true
	case w.Helper.TellsByBool:
		return write.Return(zeros, w.name+".Err()"), ok
	}
	return write.Return(zeros, "err"), ok
}

// checked writes a call with what is done if it fails. An error that is not
// looked at is not named.
func (w *waiting) checked(call, err, then string) string {
	if w.Helper.TellsByBool {
		return "if !" + call + " {\n" + then + "\n}"
	}
	if !write.Names(then, err) {
		return "if " + call + " != nil {\n" + then + "\n}"
	}
	return "if " + err + " := " + call + "; " + err + " != nil {\n" + then + "\n}"
}

// means reports whether name is obj at pos.
func (w *waiting) means(name string, pos token.Pos, obj types.Object) bool {
	return obj != nil && w.Pkg.LookupAt(name, pos) == obj
}

// errorBefore returns the name of the operation's error where s stands.
func (w *waiting) errorBefore(s ast.Stmt) string {
	var found types.Object
	if a := w.outcome(); a != nil {
		found = w.Loop.ErrorVar(a.Lhs[len(a.Lhs)-1])
	}
	if found == nil || !w.means(found.Name(), s.Pos(), found) {
		w.Refusal = reason.ErrorNotKnown.At(s.Pos())
		return "nil"
	}
	return found.Name()
}
