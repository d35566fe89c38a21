package header

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// bindGiveUp finds what the body does in the last pass only, and whether that
// can stand behind the loop.
func (h *heading) bindGiveUp() reason.Refusal {
	if refusal := h.FindGiveUp(); refusal != nil {
		return refusal
	}
	if h.GiveUp != nil && h.changesBehind(h.GiveUp) {
		h.GiveUp, h.Fail = nil, nil
		return nil
	}
	if h.GiveUp != nil && h.standsBehind(h.Fail) {
		h.Fail = nil
	}
	lost := h.lost(h.Fail)
	if h.GiveUp == nil || !h.OnlyWaitsAfter(h.GiveUp) || len(h.Fail) > 0 && h.leaves || h.SaysTwice() || lost != nil {
		h.GiveUp, h.Fail = nil, nil
		if lost != nil && h.needsReturn() {
			return reason.ErrorNotKnown.At(lost.Pos())
		}
		return nil
	}
	h.dropped, h.moved = h.GiveUp, len(h.Fail) > 0
	return nil
}

// changesBehind reports whether a pass changes behind giveUp, where it leaves in the last
// one, what is read there or behind the loop:
//
//	if tries == 3 {
//		return fmt.Errorf("after %d: %w", tries, err)
//	}
//	tries++
func (h *heading) changesBehind(giveUp *ast.IfStmt) bool {
	changes := false
	look := func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			obj := h.Info.ObjectOf(id)
			changes = changes || obj != nil && obj.Pos() < giveUp.Pos() && (code.Mentions(h.Info, giveUp.Body, obj) || !h.Loop.Has(obj.Pos()) && h.Loop.ReadsAfter(obj, nil))
		}
		return !changes
	}
	h.Loop.Inspect(func(n ast.Node) bool { return n == nil || n.Pos() < giveUp.End() || look(n) })
	if h.Loop.Post != nil {
		ast.Inspect(h.Loop.Post, look)
	}
	return changes
}

// standsBehind reports whether list is what stands behind the loop: one statement
// that names nothing of the loop's own, or a return where the function ends.
func (h *heading) standsBehind(list []ast.Stmt) bool {
	if h.Loop.Last && len(h.Loop.After) == 0 && h.Loop.Sig.Results().Len() == 0 {
		return len(list) == 1 && h.Text(list[0]) == "return"
	}
	if len(list) != 1 || len(h.Loop.After) != 1 || h.Text(list[0]) != h.Text(h.Loop.After[0]) {
		return false
	}
	return !code.AnyName(list[0], func(id *ast.Ident) bool {
		obj := h.Info.ObjectOf(id)
		return obj != nil && h.Loop.Has(obj.Pos())
	})
}

// runsInto reports whether the source goes on behind the loop when the
// attempts have run out: what stands there deals with failure.
func (h *heading) runsInto() bool {
	if h.dropped != nil {
		return !h.moved
	}
	return h.Bounded && h.CountedByHeader() && !h.endless() && !h.asksLast()
}

// asksLast reports whether what stays of the body ends the last pass in a way
// of its own.
func (h *heading) asksLast() bool {
	found := false
	h.EachBranch(func(s ast.Node, cond ast.Expr, _ []ast.Stmt) {
		if s == ast.Node(h.dropped) {
			return
		}
		found = found || code.Any(cond, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			return ok && (h.When(e) == loop.LastOnly || h.When(e) == loop.ExceptLast && h.endsInside(s))
		})
	})
	return found
}

// endsInside reports whether a pass ends inside s.
func (h *heading) endsInside(s ast.Node) bool {
	return slices.ContainsFunc(h.Ends, func(e pass.Exit) bool {
		return e.Node != nil && code.Within(s, e.Node) && h.Pauses[e.Node] == nil
	})
}

// endless reports whether no failure leads to what stands behind the loop: the header
// has no end, or the last attempt leaves in the body.
func (h *heading) endless() bool {
	if h.dropped != nil {
		return false
	}
	if h.noEnd() {
		return true
	}
	return h.Bounded && h.CountedByHeader() && write.AsksForLast(h.Ends)
}

// noEnd reports whether the header says no end.
func (h *heading) noEnd() bool {
	f, ok := h.Loop.Cycle.(*ast.ForStmt)
	return ok && f.Cond == nil
}
