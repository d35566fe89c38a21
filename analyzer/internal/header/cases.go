package header

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// leaveCases makes an if of a switch of which nothing is left but one of two cases.
//
//	switch err {
//	case errBusy:
//		time.Sleep(d)
//	default:
//		return err
//	}
func (h *heading) leaveCases(gone map[ast.Stmt]bool) {
	left := func(s ast.Stmt) bool {
		return gone[s] || h.Gone[s] || h.Pauses[s] != nil && h.again == "" && h.fallsOff(s)
	}
	h.Loop.Inspect(func(n ast.Node) bool {
		s, ok := n.(*ast.SwitchStmt)
		if !ok || s.Init != nil || len(s.Body.List) != 2 {
			return true
		}
		empty, stays := s.Body.List[0].(*ast.CaseClause), s.Body.List[1].(*ast.CaseClause)
		if len(empty.Body) == 0 || slices.ContainsFunc(empty.Body, func(x ast.Stmt) bool { return !left(x) }) || code.Breaks(stays.Body) || len(stays.Body) == 0 || h.commented(s, stays) {
			return true
		}
		if cond := h.otherwise(s, empty); cond != "" && stays.List == nil {
			h.Inside = slices.DeleteFunc(h.Inside, func(e edit.Edit) bool { return s.Pos() <= e.Pos && e.End <= stays.Colon })
			h.Inside = append(h.Inside, edit.Span(s.Pos(), stays.Colon+1, "if "+cond+" {"))
		}
		return true
	})
}

// commented reports whether a comment that is not about the delay stands in s before
// the statements of its last case.
func (h *heading) commented(s *ast.SwitchStmt, last *ast.CaseClause) bool {
	return slices.ContainsFunc(h.File.Comments, func(g *ast.CommentGroup) bool {
		return s.Pos() <= g.Pos() && g.Pos() < last.Body[0].Pos() && !h.AboutWait(g)
	})
}

// otherwise writes what holds where the first case of s does not; "" if that is not
// plain.
func (h *heading) otherwise(s *ast.SwitchStmt, first *ast.CaseClause) string {
	var parts []string
	for _, e := range first.List {
		cmp, ok := ast.Unparen(e).(*ast.BinaryExpr)
		switch {
		case s.Tag != nil && (isCall(s.Tag) || isBinary(e)):
			return ""
		case s.Tag != nil:
			parts = append(parts, h.Text(s.Tag)+" != "+h.Text(e))
		case ok && (cmp.Op == token.EQL || cmp.Op == token.NEQ):
			parts = append(parts, h.Text(cmp.X)+" "+code.Opposite[cmp.Op].String()+" "+h.Text(cmp.Y))
		case isCall(e):
			parts = append(parts, "!"+h.Text(e))
		default:
			return ""
		}
	}
	return strings.Join(parts, " && ")
}

func isCall(e ast.Expr) bool   { _, ok := ast.Unparen(e).(*ast.CallExpr); return ok }
func isBinary(e ast.Expr) bool { _, ok := ast.Unparen(e).(*ast.BinaryExpr); return ok }
