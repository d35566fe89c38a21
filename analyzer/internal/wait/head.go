package wait

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// shortenHeader leaves out what the loop's header has of the delays.
func (w *waiting) shortenHeader(removed map[ast.Node]bool) {
	switch c := w.Loop.Cycle.(type) {
	case *ast.RangeStmt:
		if value := code.Local(w.Info, c.Value); value != nil && c.Tok == token.DEFINE && !w.stays(value, removed) {
			w.Refusal = reason.OverItems.At(c.X.Pos()) // a table of delays
			return
		}
		key := code.Local(w.Info, c.Key)
		if key != nil && !w.keepsKey && c.Value == nil && c.Tok == token.DEFINE && !w.stays(key, removed) {
			w.Inside = append(w.Inside, edit.Span(c.Key.Pos(), c.Range, ""))
		}
	case *ast.ForStmt:
		init, post := w.headerPart(c.Init, removed), w.headerPart(c.Post, removed)
		if init == w.textOr(c.Init) && post == w.textOr(c.Post) {
			return
		}
		if post != w.textOr(c.Post) {
			w.Gone[c.Post] = true
		}
		cond := ""
		if c.Cond != nil {
			cond = w.Text(c.Cond) + " "
		}
		if init != "" || post != "" {
			cond = init + "; " + strings.TrimSpace(cond) + "; " + post + " "
		}
		w.Inside = append(w.Inside, edit.Span(c.For, c.Body.Lbrace, "for "+cond))
	}
}

// textOr returns the text of a statement that may be missing.
func (w *waiting) textOr(s ast.Stmt) string {
	if s == nil {
		return ""
	}
	return w.Text(s)
}

// headerPart returns what stays of a statement in the header.
//
//	i, delay = i+1, delay*2
func (w *waiting) headerPart(s ast.Stmt, removed map[ast.Node]bool) string {
	if s == nil || w.gone[s] {
		return ""
	}
	a, ok := s.(*ast.AssignStmt)
	if !ok || len(a.Lhs) < 2 || len(a.Lhs) != len(a.Rhs) {
		return w.Text(s)
	}
	var left, right []string
	for i, lhs := range a.Lhs {
		v := code.Local(w.Info, lhs)
		if v == nil || !code.Pure(w.Info, a.Rhs[i]) || !w.Loop.Has(v.Pos()) || w.stays(v, removed) {
			left, right = append(left, w.Text(lhs)), append(right, w.Text(a.Rhs[i]))
		}
	}
	if len(left) == len(a.Lhs) {
		return w.Text(s)
	}
	if len(left) == 1 && strings.ReplaceAll(right[0], " ", "") == left[0]+"+1" {
		return left[0] + "++"
	}
	return strings.Join(left, ", ") + " " + a.Tok.String() + " " + strings.Join(right, ", ")
}

// stays reports whether what stays of the loop reads v, other than to give v
// itself a value in the header.
func (w *waiting) stays(v *types.Var, removed map[ast.Node]bool) bool {
	own := make(map[ast.Node]bool)
	for _, s := range []ast.Stmt{w.Loop.Init, w.Loop.Post} {
		a, ok := s.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != len(a.Rhs) {
			continue
		}
		for i, lhs := range a.Lhs {
			if code.Local(w.Info, lhs) == v {
				own[lhs], own[a.Rhs[i]] = true, true
			}
		}
	}
	return w.Used(w.Loop.Cycle, v, func(n ast.Node) bool {
		s, ok := n.(ast.Stmt)
		return removed[n] || own[n] || ok && w.gone[s]
	})
}
