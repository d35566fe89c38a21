package restate

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

// A timeout is a timer that is made before the loop, and that the selects which wait ask
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
	parent  *types.Var        // the context that the new one ends with, or nil
}

// deadline writes a [timeout] as a context of that timeout; nil if there is none, or if it may
// be made more than once: its end is deferred.
func (r *restater) deadline() *Form {
	for _, s := range r.loop.List[:r.loop.Index] {
		if t := r.timeoutOf(s); t != nil && r.loop.Enclosing() == nil && !hasGoto(r.Func.Body) {
			t.parent = t.handedOn()
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
	for _, sel := range r.selects() {
		for _, c := range sel.Body.List {
			c := c.(*ast.CommClause)
			ch := code.Received(c.Comm)
			if x, ok := ch.(*ast.SelectorExpr); ok && x.Sel.Name == "C" {
				ch = x.X
			}
			if code.Local(r.info, ch) == v && r.leavesIn(c.Body) && r.waitsBeside(c, sel) {
				t.clauses, known = append(t.clauses, c), known+1
			}
		}
	}
	if len(t.clauses) == 0 || code.Count(r.info, r.loop.Decl, v) != known || slices.ContainsFunc(r.Waits, func(n ast.Node) bool { return !t.ends(n) }) {
		return nil
	}
	return t
}

// ends reports whether the timer ends the delay n: what waits otherwise has no end by a context
// either.
func (t *timeout) ends(n ast.Node) bool {
	return slices.ContainsFunc(t.selects(), func(sel *ast.SelectStmt) bool {
		return code.Within(sel, n) && slices.ContainsFunc(t.clauses, func(c *ast.CommClause) bool { return slices.Contains(sel.Body.List, ast.Stmt(c)) })
	})
}

// selects returns the selects of the loop, but for those of functions in it.
func (r *restater) selects() (list []*ast.SelectStmt) {
	r.loop.Inspect(func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectStmt); ok {
			list = append(list, sel)
		}
		_, apart := n.(*ast.FuncLit)
		return !apart
	})
	return list
}

// waitsBeside reports whether another case of sel than c waits for a delay.
func (r *restater) waitsBeside(c *ast.CommClause, sel *ast.SelectStmt) bool {
	return slices.ContainsFunc(sel.Body.List, func(s ast.Stmt) bool {
		other := s.(*ast.CommClause)
		return other != c && other.Comm != nil && slices.ContainsFunc(r.Waits, func(n ast.Node) bool { return code.Within(other.Comm, n) })
	})
}

// leavesIn reports whether list ends by leaving the loop: a timer tells once that it is time,
// and a context does so from then on.
func (r *restater) leavesIn(list []ast.Stmt) bool {
	last := code.Last(list)
	if b, ok := last.(*ast.BranchStmt); ok {
		return b.Tok == token.BREAK && b.Label != nil && b.Label.Name == r.loop.Label
	}
	call := code.CallOf(last)
	return code.EndsInReturn(list) || call != nil && !r.Pkg.MayReturn(call)
}

// handedOn returns the context that the attempts are given, if it may end the waits: it is the
// one parameter of the function that they are given, the same all along, and nothing but the
// selects asks it; and what is done at the timeout is to return an error, unless the select asks
// for both. Or nil.
func (t *timeout) handedOn() (ctx *types.Var) {
	if f, ok := t.loop.Cycle.(*ast.ForStmt); !ok || f.Cond != nil {
		return nil // what stands behind it is not what a timeout does
	}
	several := false
	t.loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(*ast.ExprStmt); ok && t.loop.OnlyLogs(s) {
			return false
		}
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		call, ok := n.(*ast.CallExpr)
		if !ok || strings.HasPrefix(code.Callee(t.info, call), "context.") {
			return true
		}
		for _, e := range call.Args {
			if code.IsContext(t.info.TypeOf(e)) {
				v := code.Local(t.info, e)
				several = several || v == nil || ctx != nil && v != ctx
				ctx = v
			}
		}
		return true
	})
	ofFunc := slices.Contains(slices.Collect(t.loop.Sig.Params().Variables()), ctx)
	if several || !ofFunc || t.Pkg.LookupAt(ctx.Name(), t.made.Pos()) != ctx || !t.isSteady(ctx) {
		return nil
	}
	if slices.ContainsFunc(t.clauses, func(c *ast.CommClause) bool {
		return t.beside(c, ctx) == nil && (len(c.Body) != 1 || !t.makesError(c.Body[0]))
	}) {
		return nil
	}
	return ctx
}

// makesError reports whether s returns an error that is one whatever the attempts have left.
func (t *timeout) makesError(s ast.Stmt) bool {
	err := code.LastResult(s)
	if err == nil || !code.IsError(t.info.TypeOf(err)) {
		return false
	}
	call, ok := ast.Unparen(err).(*ast.CallExpr)
	return ok && code.MakesError(code.Callee(t.info, call)) || t.Pkg.IsSentinel(err)
}

// isSteady reports whether nothing sets the context v, compares it, or asks it, other than the
// selects that ask the timer; nor what an error of it is.
func (t *timeout) isSteady(v *types.Var) bool {
	return !code.Any(t.loop.Decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			return code.Local(t.info, n.X) == v
		case *ast.SelectorExpr:
			obj := t.info.Uses[n.Sel]
			return obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "context" && code.IsError(obj.Type())
		case *ast.CallExpr:
			asked := code.Local(t.info, code.ContextOf(t.info, n, "Err", "Done"))
			return code.Local(t.info, t.Pkg.Asked(n)) == v || asked == v && !slices.ContainsFunc(t.clauses, func(c *ast.CommClause) bool {
				x := t.beside(c, v)
				return x != nil && code.Within(x, n)
			})
		}
		return code.Gives(t.info, n, v)
	})
}

// beside returns the clause beside c that asks whether ctx has ended, and returns then; or nil.
func (t *timeout) beside(c *ast.CommClause, ctx *types.Var) ast.Node {
	for _, sel := range t.selects() {
		if !slices.Contains(sel.Body.List, ast.Stmt(c)) {
			continue
		}
		for _, other := range sel.Body.List {
			x := other.(*ast.CommClause)
			if e := code.DoneOf(t.info, x.Comm); ctx != nil && code.Local(t.info, e) == ctx && code.EndsInReturn(x.Body) {
				return x
			}
		}
	}
	return nil
}

// asContext returns the form with a context in place of the timer.
func (t *timeout) asContext() *Form {
	scope := &edit.Scope{Pkg: t.Pkg, File: t.File, Pos: t.made.Pos(), Used: make(map[string]bool)}
	pkg := t.packageName(scope)
	if pkg == "" {
		return nil
	}
	name, cancel := scope.Fresh(t.Func.Node, "ctx", "waitCtx"), scope.Fresh(t.Func.Node, "cancel", "stop")
	parent := pkg + ".Background()"
	if t.parent != nil {
		parent = t.parent.Name()
	}
	edits := []edit.Edit{edit.Replace(t.made, name+", "+cancel+" := "+pkg+".WithTimeout("+parent+", "+t.Text(t.limit)+")\ndefer "+cancel+"()")}
	if t.stop != nil {
		edits = append(edits, t.Line(t.stop.Pos(), t.stop.End()))
	}
	for _, c := range t.clauses {
		edits = append(edits, edit.Replace(code.Received(c.Comm), name+".Done()"))
		if x, ok := t.beside(c, t.parent).(*ast.CommClause); ok {
			edits = append(edits, t.Line(x.Pos(), x.End()), edit.Insert(c.Colon+1, "\nif "+parent+".Err() != nil {"+t.Between(x.Colon+1, x.End())+"\n}"))
		}
	}
	pos, end := t.made.Pos(), t.loop.Outer.End()
	form := newForm(t.Site, pos, end, strings.TrimSpace(t.Apply(pos, end, edits)), t.Indent(pos))
	if form != nil {
		form.Imports, form.fewerEnds, form.Fits = []string{"context"}, true, t.fits
	}
	return form
}

// fits reports whether h makes an attempt even where there is no time for one, and takes one that
// comes late for what it is.
func (t *timeout) fits(h *helper.Helper) bool {
	n, known := code.Int(t.info, t.limit)
	begins := known && n > 0
	switch h.Shape {
	case helper.Callback:
		return !h.CancelsSuccess && (begins || !h.ChecksContext)
	case helper.Loop:
		return begins || h.AtLeastOnce
	}
	return true
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
