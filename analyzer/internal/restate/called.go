package restate

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// called writes out a function of the loop's own that only computes, such as the next delay,
// or sleeps, where the loop calls it:
//
//	next := func() time.Duration {
//		d := delay
//		delay *= 2
//		return d
//	}
//	for {
//		...
//		time.Sleep(next())
//	}
//
// has `d := delay; delay *= 2; time.Sleep(d)` there; nil if there is none before the loop.
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
	lit, ok := a.Rhs[0].(*ast.FuncLit)
	if !ok || r.info.Defs[a.Lhs[0].(*ast.Ident)] == nil {
		return nil
	}
	fn := &ownFunc{restater: r, lit: lit, obj: r.info.Defs[a.Lhs[0].(*ast.Ident)]}
	if !fn.read() {
		return nil
	}
	gone := r.CloseGaps([]edit.Edit{r.Drop(s)})[0]
	gone.Text = strings.TrimPrefix(gone.Text, r.CommentsIn(s)) // they go with the calls
	edits, calls := []edit.Edit{gone}, 0
	for _, list := range r.loop.Lists() {
		for _, s := range list {
			if call := fn.callIn(s); call != nil {
				text, ok := fn.writtenOut(s, call)
				if !ok {
					return nil
				}
				edits, calls = append(edits, text...), calls+1
			}
		}
	}
	if calls == 0 || code.Count(r.info, r.loop.Decl, fn.obj) != calls+1 {
		return nil
	}
	end := r.loop.Outer.End()
	text := r.Apply(gone.Pos, end, edits)
	return r.with(gone.Pos, end, text, r.Offset(r.loop.Cycle.Pos())-int(gone.End-gone.Pos)+len(gone.Text))
}
