package header

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// findNone lets a function return before the loop where there may be no attempt at
// all, as it does behind the loop:
//
//	if attempts <= 0 {
//		return err
//	}
func (h *heading) findNone() reason.Refusal {
	if !h.Bounded || !h.CountedByHeader() || h.AtLeastOne(h.Attempts) {
		return nil
	}
	none := h.AsksNone()
	if none == "" || len(h.Loop.After) == 0 {
		return reason.MayBeZero.At(h.CountPos())
	}
	ret, ok := h.Loop.After[0].(*ast.ReturnStmt)
	if !ok || slices.ContainsFunc(ret.Results, func(e ast.Expr) bool { return !code.Repeatable(h.Info, e) }) {
		return reason.MayBeZero.At(h.CountPos())
	}
	h.Before = append(h.Before, "if "+none+" {\n"+h.Text(ret)+"\n}")
	return nil
}
