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

// A timeout is a timer that is made before the loop, and that a select of the loop asks
// whether to give up:
//
//	timeout := time.After(limit)
//	for {
//		...
//		select {
//		case <-timeout:
//			return errTimeout
//		case <-time.After(d):
//		}
//	}
//
// A context that ends then says the same. Where the select asks the context that this one ends
// with, too, what is done then comes first.
type timeout struct {
	*restater
	made    *ast.AssignStmt
	stop    *ast.DeferStmt // what stops the timer, or nil
	limit   ast.Expr
	clauses []*ast.CommClause // that ask it
}

// deadline writes a [timeout] as a context of that timeout; nil if there is none, or if
// one in a loop around would last until the function ends.
func (r *restater) deadline() *Form {
	if r.loop.Enclosing() != nil || r.loop.IsGoto() {
		return nil
	}
	for _, s := range r.loop.List[:r.loop.Index] {
		if t := r.timeoutOf(s); t != nil {
			return t.asContext()
		}
	}
	return nil
}

// timeoutOf returns the timeout that s makes, if nothing but selects of the loop ask it; or nil.
func (r *restater) timeoutOf(s ast.Stmt) *timeout {
	a, ok := s.(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 1 {
		return nil
	}
	v := code.Local(r.info, a.Lhs[0])
	call, _ := a.Rhs[0].(*ast.CallExpr)
	if v == nil || call == nil || !slices.Contains([]string{"time.After", "time.NewTimer"}, code.Callee(r.info, call)) {
		return nil
	}
	t := &timeout{restater: r, made: a, limit: call.Args[0]}
	known := 1
	for _, s := range r.loop.List[:r.loop.Index] {
		if d, ok := s.(*ast.DeferStmt); ok && code.MethodOf(r.info, d.Call, v) == "Stop" {
			t.stop, known = d, known+1
		}
	}
	r.loop.Inspect(func(n ast.Node) bool {
		c, ok := n.(*ast.CommClause)
		if !ok {
			return true
		}
		ch := code.Received(c.Comm)
		if sel, ok := ch.(*ast.SelectorExpr); ok && sel.Sel.Name == "C" {
			ch = sel.X
		}
		if code.Local(r.info, ch) == v && !r.waitsIn(code.Received(c.Comm)) && t.givesUp(c.Body) {
			t.clauses, known = append(t.clauses, c), known+1
		}
		return true
	})
	if len(t.clauses) == 0 || code.Count(r.info, r.loop.Decl, v) != known {
		return nil
	}
	return t
}

// givesUp reports whether list leaves the loop: a timer tells once that it is time, and a
// context does so from then on.
func (t *timeout) givesUp(list []ast.Stmt) bool {
	b, ok := code.Last(list).(*ast.BranchStmt)
	return code.EndsInReturn(list) || code.Terminating(list) || ok && b.Tok == token.BREAK && b.Label != nil && b.Label.Name == t.loop.Label
}

// asContext returns the form with a context in place of the timer. It ends with the one that
// the loop uses, unless that would be no return.
func (t *timeout) asContext() *Form {
	scope := &edit.Scope{Pkg: t.Pkg, File: t.File, Pos: t.made.Pos(), Used: make(map[string]bool)}
	pkg := t.packageName(scope)
	if pkg == "" {
		return nil
	}
	name, cancel := scope.Fresh(t.Func.Node, "ctx", "waitCtx"), scope.Fresh(t.Func.Node, "cancel", "stop")
	parent := pkg + ".Background()"
	if v := t.used(); v != nil {
		parent = v.Name()
	}
	making := name + ", " + cancel + " := " + pkg + ".WithTimeout(" + parent + ", " + t.Text(t.limit) + ")"
	stopping := "defer " + cancel + "()"
	var edits []edit.Edit
	if t.stop == nil {
		making += "\n" + stopping
	} else {
		edits = append(edits, edit.Replace(t.stop, stopping))
	}
	edits = append(edits, edit.Replace(t.made, making))
	for _, c := range t.clauses {
		edits = append(edits, edit.Replace(code.Received(c.Comm), name+".Done()"))
		if x := t.beside(c, parent); x != nil {
			edits = append(edits, t.Line(x.Pos(), x.End()), edit.Insert(c.Colon+1, "\nif "+parent+".Err() != nil {"+t.Between(x.Colon+1, x.End())+"\n}"))
		}
	}
	pos, end := t.made.Pos(), t.loop.Outer.End()
	form := newForm(t.Site, pos, end, strings.TrimSpace(t.Apply(pos, end, edits)), t.Indent(pos))
	if form != nil {
		form.Imports, form.fewerEnds = []string{"context"}, true
	}
	return form
}

// beside returns the clause beside c that asks whether the context called parent has ended,
// and returns then; or nil.
func (t *timeout) beside(c *ast.CommClause, parent string) (found *ast.CommClause) {
	t.loop.Inspect(func(n ast.Node) bool {
		list, ok := n.(*ast.SelectStmt)
		if !ok || !slices.Contains(list.Body.List, ast.Stmt(c)) {
			return true
		}
		for _, other := range list.Body.List {
			x := other.(*ast.CommClause)
			if e := code.DoneOf(t.info, x.Comm); e != nil && t.Text(e) == parent && code.EndsInReturn(x.Body) {
				found = x
			}
		}
		return true
	})
	return found
}

// packageName returns the name of package context in the file, or what it can have; or "".
func (t *timeout) packageName(scope *edit.Scope) string {
	name, imported := scope.Imported("context")
	switch {
	case imported && name != ".":
		return name
	case !imported && scope.Lookup("context") == nil:
		return "context"
	}
	return ""
}

// used returns the context that the loop uses, other than for a log, if it is one variable and
// what is done at the timeout returns; or nil.
func (t *timeout) used() (used *types.Var) {
	for _, c := range t.clauses {
		if _, returns := code.Last(c.Body).(*ast.ReturnStmt); !returns {
			return nil
		}
	}
	several := false
	t.loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(*ast.ExprStmt); ok && t.loop.OnlyLogs(s) {
			return false
		}
		e, _ := n.(ast.Expr)
		if v := code.Local(t.info, e); v != nil && code.IsContext(v.Type()) && v.Pos() < t.made.Pos() && v != used {
			several = used != nil
			used = v
		}
		return true
	})
	if several {
		return nil
	}
	return used
}
