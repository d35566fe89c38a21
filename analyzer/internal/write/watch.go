package write

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
)

// watches returns where a pass asks whether to stop, outside of the delays, if
// the helper is not given what it asks: it would notice later if the delays were
// longer. So it does where it tells from a failed attempt that a context has ended.
func (w *Writer) watches() (at token.Pos) {
	if w.UseCtx == "" {
		w.EachEndedError(func(asked ast.Node, _ ast.Stmt, body []ast.Stmt) {
			if w.leaves(body) && !at.IsValid() {
				at = asked.Pos()
			}
		})
	}
	if at.IsValid() || !w.Bounds.Stops() {
		return at
	}
	found, goesOn := false, make(map[*ast.CommClause]bool)
	w.Loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && w.Pauses[s] != nil && s != w.Loop.Cycle {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.SelectStmt:
			maps.Copy(goesOn, gates(n))
		case *ast.CommClause:
			if goesOn[n] {
				return false
			}
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW && w.receivesSignal(n.X) && w.Text(n.X) != w.UseDone
		case *ast.CallExpr:
			found = found || w.asksOther(n)
		case *ast.SelectorExpr:
			found = found || w.saysStop(n)
		case *ast.Ident:
			v, ok := w.Info.Uses[n].(*types.Var)
			found = found || ok && code.IsBool(v.Type()) && growth.SaysStop(n.Name)
		}
		if found && !at.IsValid() {
			at = n.Pos()
		}
		return !found
	})
	return at
}

// gates returns the cases in which nothing is done of a select that returns in the
// others: they say go on, not stop.
func gates(s *ast.SelectStmt) map[*ast.CommClause]bool {
	list := make(map[*ast.CommClause]bool)
	for _, c := range s.Body.List {
		switch c := c.(*ast.CommClause); {
		case c.Comm == nil, len(c.Body) > 0 && !code.EndsInReturn(c.Body):
			return nil
		case len(c.Body) == 0:
			list[c] = true
		}
	}
	return list
}

// receivesSignal reports whether ch, which something is received from, is neither
// the time's nor that of a context.
func (w *Writer) receivesSignal(ch ast.Expr) bool {
	if call, ok := ast.Unparen(ch).(*ast.CallExpr); ok {
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && code.IsContext(w.Info.TypeOf(sel.X)) {
			return false
		}
	}
	c, ok := w.Info.TypeOf(ch).Underlying().(*types.Chan)
	if !ok {
		return false
	}
	named, ok := types.Unalias(c.Elem()).(*types.Named)
	return !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "time"
}

// asksOther reports whether call asks a context that the helper is not given.
func (w *Writer) asksOther(call *ast.CallExpr) bool {
	ctx := w.Asked(call)
	v := code.Local(w.Info, ctx)
	return ctx != nil && (v == nil || !w.Loop.InBody(v.Pos())) && w.Text(ctx) != w.UseCtx
}

// saysStop reports whether sel is a method that says stop, and none of a timer, which it stops.
func (w *Writer) saysStop(sel *ast.SelectorExpr) bool {
	if fn := w.Info.ObjectOf(sel.Sel); fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "time" {
		return false
	}
	sig, ok := w.Info.TypeOf(sel).(*types.Signature)
	return ok && sig.Params().Len() == 0 && sig.Results().Len() == 1 && code.IsBool(sig.Results().At(0).Type()) &&
		(growth.SaysStop(sel.Sel.Name) || sel.Sel.Name == "Load" && growth.SaysStop(code.LastName(sel.X)))
}
