package wait

import (
	"go/ast"
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

// replaceEnded replaces a delay that something ended early: what was done then
// stays.
func (w *waiting) replaceEnded(s ast.Stmt, p *pass.Pause, a helper.Args) {
	call := w.Expand(w.Helper.Wait, a)
	switch s := s.(type) {
	case *ast.SelectStmt:
		w.replaceSelect(s, p, call)
	case *ast.IfStmt:
		w.replaceTest(s, p, call)
	case *ast.ExprStmt:
		w.Put(s, w.unlessLast(s, w.forgotten(call)))
	case *ast.AssignStmt: // ok := sleep(ctx, d)
		if w.last[s] && !w.lastNoLonger() {
			w.Refusal = reason.WaitsBehind.At(s.Pos())
		}
		if w.Helper.TellsByBool != code.IsBool(w.Info.TypeOf(s.Lhs[0])) {
			w.Refusal = reason.DelayIsInside.At(s.Pos())
			return
		}
		w.Put(p.Delay.Node, call)
	}
}

// replaceTest replaces the delay in `if err := sleep(ctx, d); err != nil {` or
// `if !sleep(ctx, d) {`.
func (w *waiting) replaceTest(s *ast.IfStmt, p *pass.Pause, call string) {
	err, named := s.Init.(*ast.AssignStmt)
	head := "if " + call + " != nil "
	switch {
	case w.Helper.TellsByBool && named && p.Ctx == nil:
		w.Refusal = reason.StopChannel.At(s.Pos())
		return
	case w.Helper.TellsByBool:
		head = "if !" + call + " "
	case named:
		head = "if " + w.Text(err.Lhs[0]) + " := " + call + "; " + w.Text(s.Cond) + " "
	}
	asked := w.unlessLast(s, head)
	if wrapped, ok := strings.CutSuffix(asked, "\n}"); ok {
		asked = wrapped
		w.Inside = append(w.Inside, edit.Insert(s.End(), "\n}"))
	}
	w.Inside = append(w.Inside, edit.Span(s.Pos(), s.Body.Lbrace, asked))
	if w.Helper.TellsByBool && named {
		w.nameError(s.Body, w.Info.ObjectOf(err.Lhs[0].(*ast.Ident)), w.Text(p.Ctx)+".Err()")
	}
}

// nameError puts text in the place of err, which body reads; in its own place if that is
// more than one.
func (w *waiting) nameError(body *ast.BlockStmt, err types.Object, text string) {
	var uses []*ast.Ident
	ast.Inspect(body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && w.Info.Uses[id] == err {
			uses = append(uses, id)
		}
		return true
	})
	switch len(uses) {
	case 0:
	case 1:
		w.Put(uses[0], text)
	default:
		w.Inside = append(w.Inside, edit.Insert(body.Lbrace+1, "\n"+err.Name()+" := "+text))
	}
}

// replaceSelect replaces a select that waits, or ends early.
func (w *waiting) replaceSelect(sel *ast.SelectStmt, p *pass.Pause, call string) {
	if code.Breaks(p.Exit) || code.Breaks(p.Then) {
		w.Refusal = reason.CancelBranch.At(sel.Pos())
		return
	}
	var exit, then string
	name := "err"
	for _, c := range sel.Body.List {
		c := c.(*ast.CommClause)
		if code.Within(c.Comm, p.Delay.Node) {
			then = w.clauseText(c, w.leftIn(p.Then))
			continue
		}
		if slices.ContainsFunc(c.Body, func(x ast.Stmt) bool { return write.NamesIdent(x, "err") }) {
			name = w.Scope.Fresh(w.Loop.Decl, "waitErr")
		}
		edits := w.leftIn(p.Exit)
		if p.Ctx != nil && !w.Helper.TellsByBool {
			edits = append(edits, w.errorEdits(p, name)...)
		}
		exit = w.clauseText(c, edits)
	}
	var text string
	switch {
	case then != "" && !code.Jumps(p.Exit):
		if text = w.eitherWay(call, exit, then, p); text == "" {
			w.Refusal = reason.CancelBranch.At(sel.Pos())
		}
		if w.last[sel] && !w.lastNoLonger() {
			w.Refusal = reason.WaitsBehind.At(sel.Pos())
		}
		w.Put(sel, text)
		return
	case exit != "":
		text = w.checked(call, name, exit)
	default:
		text = w.forgotten(call)
	}
	w.putWait(sel, strings.TrimSpace(w.unlessLast(sel, text)+"\n"+then))
}

// eitherWay writes a call with what follows a wait that nothing ended, and what follows
// one that ended early and goes on behind; "" if the error of the call would be lost.
//
//	if w.Wait(ctx) {
//		continue
//	}
func (w *waiting) eitherWay(call, exit, then string, p *pass.Pause) string {
	switch {
	case exit != "" && !w.Helper.TellsByBool:
		return ""
	case !w.Helper.TellsByBool:
		call += " == nil"
	case exit != "" && code.Jumps(p.Then):
		exit = "\n" + exit
	case exit != "":
		exit = " else {\n" + exit + "\n}"
	}
	return "if " + call + " {\n" + then + "\n}" + exit
}

// errorEdits puts the error of the wait in the place of ctx.Err(): the helper
// may have ended the wait before the context ends.
func (w *waiting) errorEdits(p *pass.Pause, err string) (edits []edit.Edit) {
	for _, x := range p.Exit {
		ast.Inspect(x, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if ok && w.Text(call) == w.Text(p.Ctx)+".Err()" {
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
		for _, e := range w.Inside {
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
	for _, g := range code.Comments(w.File, end, w.Loop.End()) { // behind the last statement, in its line
		if strings.Contains(w.Between(end, g.Pos()), "\n") {
			break
		}
		end = g.End()
	}
	from := c.Colon + 1
	for i, e := range edits {
		if e.Pos < from || e.End > end { // its line begins or ends outside
			edits[i] = edit.Span(max(e.Pos, from), min(e.End, end), e.Text)
		}
	}
	return strings.Trim(write.Squeeze(w.Apply(from, end, edits)), " \t\n")
}

// answersAlike reports whether a stop in the last attempt is answered in the same way where
// p is left out behind that: with the error of the context, which that of the attempt may
// stand for, or as what follows the loop does.
func (w *waiting) answersAlike(p *pass.Pause) bool {
	end := func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		if v := code.Local(w.Info, e); ok && v != nil && p.Stmt.Pos() <= v.Pos() && v.Pos() < p.Stmt.End() {
			return true // if err := sleep(ctx, d); err != nil
		}
		return ok && p.Ctx != nil && w.Text(e) == w.Text(p.Ctx)
	}
	exit, after := w.texts(p.Exit), w.texts(w.Loop.After)
	return slices.ContainsFunc(p.Exit, func(s ast.Stmt) bool { return code.Any(s, end) }) || slices.Equal(exit, after) ||
		len(exit) == 0 || len(after) == 0 && w.Loop.Last && slices.Equal(exit, []string{"return"})
}

// texts returns the text of each of list.
func (w *waiting) texts(list []ast.Stmt) (texts []string) {
	for _, s := range list {
		texts = append(texts, w.Text(s))
	}
	return texts
}

// untold says why the wait at s cannot be left out behind the last attempt.
func (w *waiting) untold(s ast.Stmt) reason.Refusal {
	asked := w.counts()
	if r, ok := w.Loop.Cycle.(*ast.RangeStmt); ok {
		asked = []ast.Expr{r.X}
	}
	for _, e := range asked {
		if !w.Loop.Steady(e) {
			return reason.LimitChanges.At(e.Pos())
		}
	}
	return reason.WaitsBehind.At(s.Pos())
}
