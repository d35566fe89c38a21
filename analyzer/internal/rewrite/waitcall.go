package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// replacePauses replaces each delay by a call that waits.
func (w *waiting) replacePauses() {
	for _, s := range code.InOrder(w.pauses) {
		p := w.pauses[s]
		a := w.args
		if d := w.each[s]; d != nil {
			a.Delay = w.asDuration(d)
		}
		if w.Helper.Wait.Uses("err") {
			a.Err = w.errorBefore(s)
		}
		switch {
		case s == w.loop.cycle:
			w.replaceRange(s.(*ast.RangeStmt), a)
		case p.exit == nil && p.ctx == nil && p.done == nil && !p.told:
			w.put(s, w.plainWait(s, a))
		case !w.Helper.Supports(helper.Context):
			w.refusal = lacksContext
		case p.ctx == nil && !w.Helper.Wait.Uses("done"):
			w.refusal = stopChannel.At(s.Pos())
		default:
			w.replaceEnded(s, p, w.endedBy(a, p))
		}
	}
}

// plainWait writes the call for a delay that nothing ended.
func (w *waiting) plainWait(s ast.Stmt, a helper.Args) string {
	if w.asksNext(s) {
		a.Ctx, a.Done = w.asked.ctx, w.asked.done
	} else if leave, ok := w.leaving(s); ok {
		a.Ctx, a.Done = w.name, w.name+".Done()"
		return w.checked(w.expand(w.Helper.Wait, a), "err", leave)
	}
	call := w.expand(w.Helper.Wait, a)
	if w.Helper.Supports(helper.Context) && !w.Helper.TellsByBool {
		return "_ = " + call // it cannot fail without a context, or the next pass asks that
	}
	return call
}

// replaceRange lets the loop's condition wait, in place of a range over the time.
//
//	for range time.Tick(delay) {
func (w *waiting) replaceRange(loop *ast.RangeStmt, a helper.Args) {
	if leave, ok := w.leaving(loop); ok && leave == "return" { // nothing follows
		a.Ctx, a.Done = w.name, w.name+".Done()"
	}
	cond := w.expand(w.Helper.Wait, a)
	if !w.Helper.TellsByBool {
		cond += " == nil"
	}
	w.inside = append(w.inside, edit.Span(loop.For, loop.Body.Lbrace, "for "+cond+" "))
}

// leaving returns what is done where the context in scope ends a delay that
// nothing ended, if it can.
func (w *waiting) leaving(s ast.Stmt) (string, bool) {
	if w.name == "" || !w.means(w.name, s.Pos(), w.scope.Lookup(w.name)) {
		return "", false
	}
	if !w.cleansUp() || w.loopAsks(w.name) || w.returnsInLast() { // it returns at once itself
		return w.cancelled()
	}
	return "break", w.failsBehind(w.passes()) && !w.breaksInner(s)
}

// leavesAtEnd reports whether statements right in the loop's body end by leaving
// the loop.
func (w *waiting) leavesAtEnd(list []ast.Stmt) bool {
	if code.EndsInReturn(list) {
		return true
	}
	b, ok := list[len(list)-1].(*ast.BranchStmt)
	return ok && b.Tok == token.BREAK && (b.Label == nil || b.Label.Name == w.loop.label)
}

// goesOn reports whether s may go on to the next pass of a loop around it.
func goesOn(s ast.Stmt) bool {
	found := false
	ast.Inspect(s, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		found = found || ok && b.Tok == token.CONTINUE
		return !found
	})
	return found
}

// passes returns how the passes end.
func (w *waiting) passes() []exit {
	wk := w.walker()
	wk.run(newFacts()) // what it refuses stays where it is here
	return wk.exits
}

// breaksInner reports whether a break in the place of s would not leave the loop.
func (w *waiting) breaksInner(s ast.Stmt) bool {
	inner := w.loop.isGoto()
	w.loop.inspect(func(n ast.Node) bool {
		switch n.(type) {
		case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			inner = inner || n != ast.Node(s) && code.Within(n, s)
		}
		return !inner
	})
	return inner
}

// cancelled returns what leaves the function when its context is cancelled.
func (w *waiting) cancelled() (string, bool) {
	res := w.loop.sig.Results()
	switch {
	case res.Len() == 0 && w.loop.last && len(w.loop.after) == 0:
		return "return", true
	case !w.returnsError():
		return "", false
	}
	zeros, ok := w.zeros()
	if !ok {
		return "", false
	}
	if zeros != "" {
		zeros += ", "
	}
	if w.Helper.TellsByBool {
		return "return " + zeros + w.name + ".Err()", true
	}
	return "return " + zeros + "err", true
}

// checked writes a call with what is done if it fails. An error that is not
// looked at is not named.
func (w *waiting) checked(call, err, then string) string {
	if w.Helper.TellsByBool {
		return "if !" + call + " {\n" + then + "\n}"
	}
	if !names(then, err) {
		return "if " + call + " != nil {\n" + then + "\n}"
	}
	return "if " + err + " := " + call + "; " + err + " != nil {\n" + then + "\n}"
}

// names reports whether the statements in text use the identifier name.
func names(text, name string) bool {
	s := edit.ParseSnippet(text)
	return s == nil || slices.ContainsFunc(s.List, func(x ast.Stmt) bool { return namesIdent(x, name) })
}

// means reports whether name is obj at pos.
func (w *waiting) means(name string, pos token.Pos, obj types.Object) bool {
	inner := w.pkg.Types.Scope().Innermost(pos)
	if inner == nil || obj == nil {
		return false
	}
	_, found := inner.LookupParent(name, pos)
	return found == obj
}

// endedBy returns a with what ends p early.
func (w *waiting) endedBy(a helper.Args, p *pause) helper.Args {
	if p.ctx == nil {
		a.Done = w.Text(p.done)
		return a
	}
	a.Ctx = w.Text(p.ctx)
	a.Done = a.Ctx + ".Done()"
	return a
}

// replaceEnded replaces a delay that something ended early: what was done then
// stays.
func (w *waiting) replaceEnded(s ast.Stmt, p *pause, a helper.Args) {
	call := w.expand(w.Helper.Wait, a)
	switch s := s.(type) {
	case *ast.SelectStmt:
		w.replaceSelect(s, p, call)
	case *ast.IfStmt:
		w.replaceTest(s, p, call)
	case *ast.AssignStmt: // ok := sleep(ctx, d)
		if w.Helper.TellsByBool != code.IsBool(w.info.TypeOf(s.Lhs[0])) {
			w.refusal = delayIsInside.At(s.Pos())
			return
		}
		w.put(p.delay.Node, call)
	}
}

// replaceTest replaces the delay in `if err := sleep(ctx, d); err != nil {` or
// `if !sleep(ctx, d) {`.
func (w *waiting) replaceTest(s *ast.IfStmt, p *pause, call string) {
	assign, named := s.Init.(*ast.AssignStmt)
	switch {
	case !named && w.Helper.TellsByBool:
		w.put(p.delay.Node, call)
	case !named:
		w.put(s.Cond, call+" != nil")
	case !w.Helper.TellsByBool:
		w.put(p.delay.Node, call)
	case p.ctx == nil:
		w.refusal = stopChannel.At(s.Pos())
	default:
		w.inside = append(w.inside, edit.Span(s.Init.Pos(), s.Cond.End(), "!"+call))
		err := w.info.ObjectOf(assign.Lhs[0].(*ast.Ident))
		ast.Inspect(s.Body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && w.info.Uses[id] == err {
				w.put(id, w.Text(p.ctx)+".Err()")
			}
			return true
		})
	}
}

// replaceSelect replaces a select that waits, or ends early.
func (w *waiting) replaceSelect(sel *ast.SelectStmt, p *pause, call string) {
	if code.Breaks(p.exit) || code.Breaks(p.then) {
		w.refusal = cancelBranch.At(sel.Pos())
		return
	}
	var exit, then string
	name := "err"
	for _, c := range sel.Body.List {
		c := c.(*ast.CommClause)
		if code.Within(c.Comm, p.delay.Node) {
			then = w.clauseText(c, w.leftIn(p.then))
			continue
		}
		if slices.ContainsFunc(c.Body, func(x ast.Stmt) bool { return namesIdent(x, "err") }) {
			name = w.scope.Fresh(w.loop.decl, "waitErr")
		}
		edits := w.leftIn(p.exit)
		if p.ctx != nil && !w.Helper.TellsByBool {
			edits = append(edits, w.errorEdits(p, name)...)
		}
		exit = w.clauseText(c, edits)
	}
	text := call
	switch {
	case exit != "":
		text = w.checked(call, name, exit)
	case !w.Helper.TellsByBool:
		text = "_ = " + call // the loop goes on all the same
	}
	w.put(sel, strings.TrimSpace(text+"\n"+then))
}

// namesIdent reports whether n uses the identifier name.
func namesIdent(n ast.Node, name string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			found = true
		}
		return !found
	})
	return found
}

// errorEdits puts the error of the wait in the place of ctx.Err(): the helper
// may have ended the wait before the context ends.
func (w *waiting) errorEdits(p *pause, err string) (edits []edit.Edit) {
	for _, x := range p.exit {
		ast.Inspect(x, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if ok && w.Text(call) == w.Text(p.ctx)+".Err()" {
				edits = append(edits, edit.Replace(call, err))
			}
			return true
		})
	}
	return edits
}

// leftIn returns the edits that leave out what list has of the delays.
func (w *waiting) leftIn(list []ast.Stmt) (edits []edit.Edit) {
	for _, x := range list {
		for _, e := range w.inside {
			if x.Pos() <= e.Pos && e.Pos < x.End() || e.Pos < x.Pos() && x.End() <= e.End {
				edits = append(edits, e)
			}
		}
	}
	return edits
}

// clauseText returns the body of a clause with its comments.
func (w *waiting) clauseText(c *ast.CommClause, edits []edit.Edit) string {
	end := c.End()
	for _, g := range w.File.Comments { // behind the last statement, in its line
		if g.Pos() >= end && !strings.Contains(w.Between(end, g.Pos()), "\n") && g.End() < w.loop.end() {
			end = g.End()
		}
	}
	from := c.Colon + 1
	for i, e := range edits {
		if e.Pos < from || e.End > end { // its line begins or ends outside
			edits[i] = edit.Span(max(e.Pos, from), min(e.End, end), e.Text)
		}
	}
	return strings.Trim(squeeze(w.Apply(from, end, edits)), " \t\n")
}

// errorBefore returns the name of the operation's error where s stands.
func (w *waiting) errorBefore(s ast.Stmt) string {
	var found types.Object
	w.loop.inspect(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if ok && len(a.Rhs) == 1 && ast.Unparen(a.Rhs[0]) == w.Verdict.Operation {
			found = w.walker().errorVar(a.Lhs[len(a.Lhs)-1])
		}
		return true
	})
	if found == nil || !w.means(found.Name(), s.Pos(), found) {
		w.refusal = errorNotKnown.At(s.Pos())
		return "nil"
	}
	return found.Name()
}
