package header

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// countedOutside reports whether what the header counts is read behind the loop.
func (h *heading) countedOutside() bool {
	return slices.ContainsFunc([]ast.Stmt{h.Loop.Init, h.Loop.Post}, func(s ast.Stmt) bool {
		return s != nil && code.Any(s, func(n ast.Node) bool { return len(h.givesOut(n)) > 0 })
	})
}

// givesOut returns the variables that n gives a value which is read behind the loop.
func (h *heading) givesOut(n ast.Node) (vars []types.Object) {
	for _, id := range code.Assigned(n) {
		if obj := h.Info.ObjectOf(id); obj != nil && !h.Loop.Has(obj.Pos()) && h.Loop.ReadsAfter(obj, nil) {
			vars = append(vars, obj)
		}
	}
	return vars
}

// checkTop refuses a pause before each attempt, the first too: it would stay in front of
// the loop.
func (h *heading) checkTop() reason.Refusal {
	if h.Lead == nil || slices.ContainsFunc(h.Loop.Conds(h.Lead), func(cond ast.Expr) bool { return h.When(cond) == loop.ExceptFirst }) {
		return nil
	}
	return reason.WaitsFirst.At(h.Lead.Pos())
}
