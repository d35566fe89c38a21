package rewrite

import "go/ast"

// countedOutside reports whether what the header counts is read behind the loop.
func (h *heading) countedOutside() bool {
	found := false
	for _, s := range []ast.Stmt{h.loop.init, h.loop.post} {
		if s == nil {
			continue
		}
		ast.Inspect(s, func(n ast.Node) bool {
			for _, id := range assigned(n) {
				obj := h.info.ObjectOf(id)
				found = found || obj != nil && !h.loop.has(obj.Pos()) && h.readsAfter(obj, nil)
			}
			return true
		})
	}
	return found
}

// checkTop refuses what runs before a pause at the top of the body: it would
// run behind it. It tells a pause before each attempt from one that the first
// attempt does not have.
func (h *heading) checkTop() Refusal {
	for _, s := range inOrder(h.pauses) {
		if h.Verdict.Operation != nil && s.Pos() < h.Verdict.Operation.Pos() && h.actsBefore(s) {
			return codeAfterDelay.At(s.Pos())
		}
	}
	if h.lead == nil {
		return nil
	}
	for _, cond := range h.conds(h.lead) {
		if h.when(cond) == exceptFirst {
			h.lead = nil
			return nil
		}
	}
	if len(h.conds(h.lead)) > 0 || !h.outside(h.lead) {
		return codeAfterDelay.At(h.lead.Pos())
	}
	return nil
}

// actsBefore reports whether the body does something before s that stays.
func (h *heading) actsBefore(s ast.Stmt) bool {
	lv := &liveness{info: h.info}
	acts := false
	look := func(list []ast.Stmt) {
		for _, x := range list {
			acts = acts || x.End() <= s.Pos() && !h.binder.gone[x] && !lv.machinery(x)
		}
	}
	look(h.loop.body)
	for _, x := range h.loop.body {
		if within(x, s) {
			eachList(x, look)
		}
	}
	return acts
}
