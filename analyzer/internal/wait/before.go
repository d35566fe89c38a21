package wait

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// A loop may ask right in front of a delay whether a context has ended, or a channel says
// stop, to leave. What it does then is done as well where that ends the delay:
//
//	if ctx.Err() != nil {
//		return ctx.Err()
//	}
//	time.Sleep(delay)
//
// becomes `if !b.Wait(ctx.Done()) { return ctx.Err() }`.

// askedBefore returns what the question in front of the delay s asks; nothing if there is no
// question, if it is to be asked where there is no delay, or if more than the delay would go.
func (w *waiting) askedBefore(s ast.Stmt) ending {
	p := w.Pauses[s]
	if !plain(p) || len(p.Then) > 0 || w.TimerOf(p) != nil || w.last[s] || !w.Helper.Supports(helper.Context) || w.Helper.TellsNothing {
		return ending{}
	}
	for _, list := range w.Loop.Lists() {
		i := slices.Index(list, s)
		if i < 1 {
			continue
		}
		ask := list[i-1]
		e := w.askedBy(ask)
		if e.done == "" || e.ctx == "" && !w.Helper.Wait.Uses("done") || w.doesMore(ask) || w.restores(s) {
			return ending{}
		}
		if !slices.Equal(list, w.Loop.Body) && !w.leavesFromAny(answer(ask)) || len(code.Comments(w.File, ask.Pos(), w.EndOf(s))) > 0 {
			return ending{}
		}
		e.before = ask
		return e
	}
	return ending{}
}

// plain reports whether nothing ends p.
func plain(p *pass.Pause) bool { return p.Exit == nil && p.Ctx == nil && p.Done == nil && !p.Told }

// doesMore reports whether a question does something where nothing has ended, or is where a
// label stands, and whether its answer sets or declares something, where the error that the
// question has named cannot be told in another way.
func (w *waiting) doesMore(ask ast.Stmt) bool {
	switch ask := ask.(type) {
	case *ast.SelectStmt:
		return slices.ContainsFunc(ask.Body.List, func(c ast.Stmt) bool {
			clause := c.(*ast.CommClause)
			return clause.Comm == nil && len(clause.Body) > 0
		})
	case *ast.IfStmt:
		if ask.Init == nil {
			return false
		}
		a, ok := ask.Init.(*ast.AssignStmt)
		cmp := ast.Unparen(ask.Cond).(*ast.BinaryExpr) // askedIf has read it
		return !ok || a.Tok != token.DEFINE || len(a.Lhs) != 1 || !code.SameName(a.Lhs[0], cmp.X) || slices.ContainsFunc(ask.Body.List, func(s ast.Stmt) bool {
			return code.Any(s, func(n ast.Node) bool {
				_, declares := n.(*ast.DeclStmt)
				return declares || len(code.Assigned(n)) > 0
			})
		})
	}
	return true
}

// answer returns what is done where what s asks has ended.
func answer(s ast.Stmt) []ast.Stmt {
	switch s := s.(type) {
	case *ast.LabeledStmt:
		return answer(s.Stmt)
	case *ast.IfStmt:
		return s.Body.List
	case *ast.SelectStmt:
		for _, c := range s.Body.List {
			if c := c.(*ast.CommClause); c.Comm != nil {
				return c.Body
			}
		}
	}
	return nil
}

// waitInstead puts a wait that e ends, by call, in the place of what asks that and of the
// delay s behind it.
func (w *waiting) waitInstead(s ast.Stmt, e ending, call string) {
	ask := e.before
	w.Leave(s)
	head := "if " + call + " != nil "
	if w.Helper.TellsByBool {
		head = "if !" + call + " "
	}
	x, ok := ask.(*ast.IfStmt)
	if !ok {
		list := answer(ask)
		then := w.Apply(list[0].Pos(), code.Last(list).End(), w.leftIn(list))
		w.Put(ask, head+"{\n"+strings.Trim(write.Squeeze(then), " \t\n")+"\n}")
		return
	}
	if x.Init != nil {
		err := x.Init.(*ast.AssignStmt).Lhs[0].(*ast.Ident)
		if w.Helper.TellsByBool {
			w.nameError(x.Body, w.Info.Defs[err], e.ctx+".Err()")
		} else {
			head = "if " + err.Name + " := " + call + "; " + w.Text(x.Cond) + " "
		}
	}
	w.Inside = append(w.Inside, edit.Span(x.Pos(), x.Body.Lbrace, head))
}
