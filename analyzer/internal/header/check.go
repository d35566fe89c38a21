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

// checkTop tells a pause before each attempt from one that the first attempt
// does not have. It refuses what runs before the former: that moves before the
// loop.
func (h *heading) checkTop() reason.Refusal {
	if h.lead == nil {
		return nil
	}
	for _, cond := range h.Loop.Conds(h.lead) {
		if h.When(cond) == loop.ExceptFirst {
			h.lead = nil
			return nil
		}
	}
	if len(h.Loop.Conds(h.lead)) > 0 || !h.Outside(h.lead) || h.actsBefore(h.lead) {
		return reason.CodeAfterDelay.At(h.lead.Pos())
	}
	return nil
}

// actsBefore reports whether the body does something before s that stays.
func (h *heading) actsBefore(s ast.Stmt) bool {
	acts := false
	look := func(list []ast.Stmt) {
		for _, x := range list {
			acts = acts || x.End() <= s.Pos() && !h.Gone[x] && !h.Loop.OnlyComputes(x)
		}
	}
	look(h.Loop.Body)
	for _, x := range h.Loop.Body {
		if code.Within(x, s) {
			code.EachList(x, look)
		}
	}
	return acts
}
