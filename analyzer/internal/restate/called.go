package restate

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// called writes out a function that only computes, such as the next delay, or sleeps, where
// the loop calls it:
//
//	grow := func() {
//		delay *= 2
//	}
//	for {
//		...
//		time.Sleep(delay)
//		grow()
//	}
//
// has `delay *= 2` in place of grow(); nil if there is none before the loop.
func (r *restater) called() *Form {
	for _, s := range r.loop.List[:r.loop.Index] {
		if form := r.without(s); form != nil {
			return form
		}
	}
	return nil
}

// without returns the form without the declaration s of such a function; nil if s is
// something else.
func (r *restater) without(s ast.Stmt) *Form {
	a, ok := s.(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 1 || r.loop.IsGoto() {
		return nil
	}
	fn, ok := a.Rhs[0].(*ast.FuncLit)
	if !ok || fn.Type.Params.NumFields() > 0 || fn.Type.Results.NumFields() > 0 || !r.onlyComputes(fn.Body.List) {
		return nil
	}
	name := r.info.Defs[a.Lhs[0].(*ast.Ident)]
	gone := r.CloseGaps([]edit.Edit{r.Drop(s)})[0]
	gone.Text = strings.TrimPrefix(gone.Text, r.CommentsIn(s)) // they go with the calls
	edits, calls := []edit.Edit{gone}, 0
	for _, list := range r.loop.Lists() {
		for _, s := range list {
			call := code.CallOf(s)
			if call == nil || name == nil || code.Local(r.info, call.Fun) != name || !r.meansTheSame(fn, s.Pos()) {
				continue
			}
			text, ok := edit.Layout(strings.TrimSpace(r.Between(fn.Body.Lbrace+1, fn.Body.Rbrace)), r.Indent(s.Pos()))
			if !ok {
				return nil
			}
			edits, calls = append(edits, edit.Replace(s, text)), calls+1
		}
	}
	if calls == 0 || code.Count(r.info, r.loop.Decl, name) != calls+1 {
		return nil
	}
	end := r.loop.Outer.End()
	text := r.Apply(gone.Pos, end, edits)
	return r.with(gone.Pos, end, text, r.Offset(r.loop.Cycle.Pos())-int(gone.End-gone.Pos)+len(gone.Text))
}

// onlyComputes reports whether list does nothing but give variables values and sleep, and
// declares nothing of its own.
func (r *restater) onlyComputes(list []ast.Stmt) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(s ast.Stmt) bool {
		_, declares := s.(*ast.DeclStmt)
		a, ok := s.(*ast.AssignStmt)
		return declares || ok && a.Tok == token.DEFINE || !r.loop.OnlyComputes(s) && code.Callee(r.info, code.CallOf(s)) != "time.Sleep"
	})
}

// meansTheSame reports whether the names in fn, other than its own and those of fields and
// of other packages, mean at pos what they mean in fn.
func (r *restater) meansTheSame(fn *ast.FuncLit, pos token.Pos) bool {
	selected := make(map[*ast.Ident]bool)
	return !code.Any(fn.Body, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if ok {
			selected[sel.Sel] = true
		}
		id, ok := n.(*ast.Ident)
		if !ok || selected[id] || r.info.Uses[id] == nil {
			return false
		}
		obj := r.info.Uses[id]
		own := fn.Pos() <= obj.Pos() && obj.Pos() < fn.End()
		return !own && r.Pkg.LookupAt(id.Name, pos) != obj
	})
}
