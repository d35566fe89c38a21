package restate

import (
	"go/ast"
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
type dueLoop struct {
	*restater
	loop   *ast.ForStmt
	timer  types.Object
	pass   *ast.CommClause // what is done when the timer is due
	stop   *ast.CommClause // what ends the wait
	sets   []ast.Stmt      // the calls of Reset
	serves []ast.Stmt      // what else only serves the timer
}

// timerAsLoop writes a [dueLoop] as a loop that begins with the attempt, and waits
// where the timer was set; nil if s is none.
func (r *restater) timerAsLoop(s *ast.ForStmt) *Form {
	d := &dueLoop{restater: r, loop: s}
	if s.Init != nil || s.Cond != nil || s.Post != nil || len(s.Body.List) != 1 || !d.readSelect() || !d.readTimer() {
		return nil
	}
	exit := strings.TrimSpace(r.Between(d.stop.Colon+1, d.stop.End()))
	var edits []edit.Edit
	for _, set := range d.sets {
		call := set.(*ast.ExprStmt).X.(*ast.CallExpr)
		edits = append(edits, edit.Replace(set, "select {\ncase "+r.Text(d.stop.Comm)+":\n"+exit+"\ncase <-time.After("+r.Text(call.Args[0])+"):\n}"))
	}
	body := r.Apply(d.pass.Colon+1, d.pass.End(), edits)
	first := d.serves[0].Pos()
	var rest []edit.Edit
	for _, x := range d.serves {
		rest = append(rest, r.Line(x.Pos(), x.End()))
	}
	rest[0].Pos = first
	text := r.Apply(first, s.Pos(), rest) + "for {" + body + "\n}"
	return newForm(r.Site, first, s.End(), strings.TrimSpace(text), r.Indent(s.Pos()))
}

// readSelect finds what is done when the timer is due, and what ends the wait.
func (d *dueLoop) readSelect() bool {
	sel, ok := d.loop.Body.List[0].(*ast.SelectStmt)
	if !ok || len(sel.Body.List) != 2 {
		return false
	}
	for _, c := range sel.Body.List {
		c := c.(*ast.CommClause)
		recv, ok := ast.Unparen(code.Received(c.Comm)).(*ast.SelectorExpr)
		if ok && recv.Sel.Name == "C" && code.IsTimer(d.info.TypeOf(recv.X)) {
			d.pass, d.timer = c, code.Local(d.info, recv.X)
		} else if c.Comm != nil && code.Received(c.Comm) != nil && code.Terminating(c.Body) {
			d.stop = c
		}
	}
	return d.pass != nil && d.stop != nil && d.timer != nil && !code.Breaks(d.pass.Body)
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
	code.EachList(d.pass, func(list []ast.Stmt) {
		for i, s := range list {
			if d.resets(s) && d.endsAt(list, i) {
				d.sets, known = append(d.sets, s), known+1
			}
		}
	})
	return len(d.serves) > 0 && d.makesDue(d.serves[0]) && len(d.sets) > 0 && code.Count(d.info, d.restater.loop.Decl, d.timer) == known
}

// makesDue reports whether s makes the timer, to be due at once.
func (d *dueLoop) makesDue(s ast.Stmt) bool {
	value := code.ValueGiven(d.info, s, d.timer)
	call, ok := value.(*ast.CallExpr)
	if !ok || code.Callee(d.info, call) != "time.NewTimer" || len(call.Args) != 1 {
		return false
	}
	n, isConst := code.Int(d.info, call.Args[0])
	return isConst && n == 0
}

// stops reports whether s is `defer timer.Stop()`.
func (d *dueLoop) stops(s ast.Stmt) bool {
	x, ok := s.(*ast.DeferStmt)
	return ok && code.MethodOf(d.info, x.Call, d.timer) == "Stop"
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

// endsAt reports whether the pass ends behind the i-th statement of list.
func (d *dueLoop) endsAt(list []ast.Stmt, i int) bool {
	if i+1 < len(list) {
		return isContinue(list[i+1])
	}
	return slices.Contains(d.pass.Body, list[i])
}
