package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// A dueLoop waits at its top for a timer that is due at once the first time, and
// that a pass sets for the next one:
//
//	due := time.NewTimer(0)
//	defer due.Stop()
//	for {
//		select {
//		case <-due.C:
//			if err := op(); err == nil {
//				return nil
//			}
//			due.Reset(d)
//		case <-ctx.Done():
//			return ctx.Err()
//		}
//	}
//
// What it does then may as well stand behind the select.
type dueLoop struct {
	*restater
	loop     *ast.ForStmt
	timer    types.Object
	stopped  types.Object    // what stops it, if it is made with that
	pass     []ast.Stmt      // what is done when the timer is due
	from, to token.Pos       // where that stands
	stop     *ast.CommClause // what ends the wait
	sets     []ast.Stmt      // the calls of Reset
	serves   []ast.Stmt      // what else only serves the timer
}

// timerAsLoop writes a [dueLoop] as a loop that begins with the attempt, and waits
// where the timer was set; nil if s is none.
func (r *restater) timerAsLoop(s *ast.ForStmt) *Form {
	d := &dueLoop{restater: r, loop: s}
	if s.Init != nil || s.Cond != nil || s.Post != nil || !d.readSelect() || !d.readTimer() {
		return nil
	}
	exit := strings.TrimSpace(r.Between(d.stop.Colon+1, d.stop.End()))
	var edits []edit.Edit
	for _, set := range d.sets {
		call := set.(*ast.ExprStmt).X.(*ast.CallExpr)
		edits = append(edits, edit.Replace(set, "select {\ncase "+r.Text(d.stop.Comm)+":\n"+exit+"\ncase <-time.After("+r.Text(call.Args[0])+"):\n}"))
	}
	body := strings.Trim(r.Apply(d.from, d.to, edits), " \t\n")
	first := d.serves[0].Pos()
	var rest []edit.Edit
	for _, x := range d.serves {
		rest = append(rest, r.Line(x.Pos(), x.End()))
	}
	rest[0].Pos = first
	text := r.Apply(first, s.Pos(), rest) + "for {\n" + body + "\n}"
	return newForm(r.Site, first, s.End(), strings.TrimSpace(text), r.Indent(s.Pos()))
}

// readSelect finds what is done when the timer is due, and what ends the wait.
func (d *dueLoop) readSelect() bool {
	if len(d.loop.Body.List) == 0 {
		return false
	}
	sel, ok := d.loop.Body.List[0].(*ast.SelectStmt)
	if !ok || len(sel.Body.List) != 2 {
		return false
	}
	var due *ast.CommClause
	for _, c := range sel.Body.List {
		c := c.(*ast.CommClause)
		recv, ok := ast.Unparen(code.Received(c.Comm)).(*ast.SelectorExpr)
		if ok && recv.Sel.Name == "C" && code.IsTimer(d.info.TypeOf(recv.X)) {
			due, d.timer = c, code.Local(d.info, recv.X)
		} else if c.Comm != nil && code.Received(c.Comm) != nil && code.Terminating(c.Body) {
			d.stop = c
		}
	}
	if due == nil || d.stop == nil || d.timer == nil {
		return false
	}
	behind := d.loop.Body.List[1:]
	switch {
	case len(behind) == 0 && !code.Breaks(due.Body):
		d.pass, d.from, d.to = due.Body, due.Colon+1, due.End()
	case len(due.Body) == 0:
		d.pass, d.from, d.to = behind, sel.End(), d.loop.Body.Rbrace
	}
	return len(d.pass) > 0
}

// readTimer finds the statements that make, stop and set the timer; false if it is
// not due at once, if something else is done with it, or if a pass goes on behind
// where it is set.
func (d *dueLoop) readTimer() bool {
	known := 1 // its channel in the select
	for _, s := range d.restater.loop.List[:d.restater.loop.Index] {
		if d.makesDue(s) || d.stops(s) {
			d.serves, known = append(d.serves, s), known+1
		}
	}
	code.EachList(&ast.BlockStmt{List: d.pass}, func(list []ast.Stmt) {
		for i, s := range list {
			if d.resets(s) && d.endsAt(list, i) {
				d.sets, known = append(d.sets, s), known+1
			}
		}
	})
	named := code.Count(d.info, d.restater.loop.Decl, d.timer)
	if d.stopped != nil {
		named += code.Count(d.info, d.restater.loop.Decl, d.stopped) - 1
	}
	return len(d.serves) > 0 && d.makesDue(d.serves[0]) && len(d.sets) > 0 && d.setsAlways() && named == known
}

// makesDue reports whether s makes the timer, to be due at once.
func (d *dueLoop) makesDue(s ast.Stmt) bool {
	a, ok := s.(*ast.AssignStmt)
	if !ok {
		return false
	}
	call, stop := d.Pkg.TimerMade(a, d.timer)
	if call == nil || !code.IsTimer(d.info.TypeOf(a.Lhs[0])) {
		return false
	}
	if stop != nil {
		d.stopped = stop
	}
	n, isConst := code.Int(d.info, call.Args[0])
	return isConst && n == 0
}

// stops reports whether s is `defer timer.Stop()`.
func (d *dueLoop) stops(s ast.Stmt) bool {
	x, ok := s.(*ast.DeferStmt)
	return ok && (code.MethodOf(d.info, x.Call, d.timer) == "Stop" || d.stopped != nil && code.Local(d.info, x.Call.Fun) == d.stopped)
}

// resets reports whether s sets the timer anew.
func (d *dueLoop) resets(s ast.Stmt) bool {
	x, ok := s.(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, _ := x.X.(*ast.CallExpr)
	return code.MethodOf(d.info, call, d.timer) == "Reset"
}

// endsAt reports whether the pass ends behind the i-th statement of list, but for what that
// computes there, which a wait that is stopped does not read.
func (d *dueLoop) endsAt(list []ast.Stmt, i int) bool {
	for _, s := range list[i+1:] {
		if isContinue(s) {
			return true
		}
		if !d.restater.loop.OnlyComputes(s) || d.readsStopped(s) {
			return false
		}
	}
	return slices.Contains(d.pass, list[i])
}

// readsStopped reports whether what ends the wait reads what s gives a value, such as by the
// name of a result.
func (d *dueLoop) readsStopped(s ast.Stmt) bool {
	return code.Any(s, func(n ast.Node) bool {
		return slices.ContainsFunc(code.Assigned(n), func(id *ast.Ident) bool {
			obj := d.info.ObjectOf(id)
			for res := range d.restater.loop.Sig.Results().Variables() {
				if obj == types.Object(res) {
					return true
				}
			}
			return code.Mentions(d.info, d.stop, obj)
		})
	})
}

// setsAlways reports whether each pass that another one follows sets the timer: it would
// wait for ever otherwise.
func (d *dueLoop) setsAlways() bool {
	always := code.Terminating(d.pass) || slices.ContainsFunc(d.pass, d.resets)
	code.EachList(&ast.BlockStmt{List: d.pass}, func(list []ast.Stmt) {
		if code.EndsIn(list, token.CONTINUE) && !slices.ContainsFunc(list, d.resets) {
			always = false
		}
	})
	return always
}
