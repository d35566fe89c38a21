package rewrite

import (
	"go/ast"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// countedOutside reports whether what the header counts is read behind the loop.
func (h *heading) countedOutside() bool {
	found := false
	for _, s := range []ast.Stmt{h.loop.Init, h.loop.Post} {
		if s == nil {
			continue
		}
		ast.Inspect(s, func(n ast.Node) bool {
			for _, id := range code.Assigned(n) {
				obj := h.info.ObjectOf(id)
				found = found || obj != nil && !h.loop.Has(obj.Pos()) && h.loop.ReadsAfter(obj, nil)
			}
			return true
		})
	}
	return found
}

// checkTop tells a pause before each attempt from one that the first attempt
// does not have. It refuses what runs before the former: that moves before the
// loop.
func (h *heading) checkTop() reason.Refusal {
	if h.lead == nil {
		return nil
	}
	for _, cond := range h.loop.Conds(h.lead) {
		if h.when(cond) == loop.ExceptFirst {
			h.lead = nil
			return nil
		}
	}
	if len(h.loop.Conds(h.lead)) > 0 || !h.outside(h.lead) || h.actsBefore(h.lead) {
		return reason.CodeAfterDelay.At(h.lead.Pos())
	}
	return nil
}

// actsBefore reports whether the body does something before s that stays.
func (h *heading) actsBefore(s ast.Stmt) bool {
	acts := false
	look := func(list []ast.Stmt) {
		for _, x := range list {
			acts = acts || x.End() <= s.Pos() && !h.Reading.gone[x] && !code.OnlyComputes(h.info, x)
		}
	}
	look(h.loop.Body)
	for _, x := range h.loop.Body {
		if code.Within(x, s) {
			code.EachList(x, look)
		}
	}
	return acts
}
