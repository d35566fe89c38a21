package header

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// leaveBody leaves out the delays, and what only served them.
func (h *heading) leaveBody(gone map[ast.Stmt]bool) {
	for _, set := range []map[ast.Stmt]bool{h.Gone, gone} {
		for _, s := range code.InOrder(set) {
			if h.Loop.InBody(s.Pos()) && !h.HoldsPause(s) {
				h.Leave(s)
			}
		}
	}
	for _, s := range code.InOrder(h.Pauses) {
		p := h.Pauses[s]
		switch {
		case s == h.Loop.Post: // it goes with the header
		case code.EndsPass(p.Then) && !h.fallsOff(s):
			h.Put(s, "continue")
			h.Inside = append(h.Inside, h.DropComments(s)...)
		default:
			h.leavePause(s)
		}
	}
	h.leaveLast()
	h.leaveContinue()
	h.leaveCases(gone)
}

// leaveContinue leaves out a continue at the end of the body, where a delay stood
// before it.
func (h *heading) leaveContinue() {
	n := len(h.Loop.Body)
	if n < 2 || h.Pauses[h.Loop.Body[n-2]] == nil {
		return
	}
	if s, ok := code.Last(h.Loop.Body).(*ast.BranchStmt); ok && s.Tok == token.CONTINUE && s.Label == nil {
		h.Leave(s)
	}
}

// leavePause leaves out a pause, with the if that holds nothing else.
func (h *heading) leavePause(s ast.Stmt) {
	x := h.emptied(s)
	switch {
	case x == nil:
		h.Leave(s)
	case x.Else == nil && x.Init == nil && code.Pure(h.Info, x.Cond):
		h.Leave(x)
	default:
		h.Refusal = reason.DelayIsInside.At(x.Pos())
	}
}

// emptied returns the if of which a branch holds nothing that stays beside s, or nil.
func (h *heading) emptied(s ast.Stmt) (found *ast.IfStmt) {
	h.Loop.Inspect(func(n ast.Node) bool {
		x, ok := n.(*ast.IfStmt)
		if !ok {
			return true
		}
		for _, branch := range []ast.Stmt{x.Body, x.Else} {
			b, _ := branch.(*ast.BlockStmt)
			if b != nil && slices.Contains(b.List, s) && !slices.ContainsFunc(b.List, h.stays) {
				found = x
			}
		}
		return true
	})
	return found
}

func (h *heading) stays(s ast.Stmt) bool { return !h.Gone[s] && h.Pauses[s] == nil && !h.Served[s] }

// leaveLast leaves out the test for the last attempt.
//
//	if err == nil || i == n-1 { return err }
func (h *heading) leaveLast() {
	s := h.dropped
	switch {
	case s == nil:
	case h.GiveUpCond == nil:
		h.Leave(s)
	default:
		h.Put(s.Cond, h.Text(h.GiveUpCond))
		if x := code.LastResult(code.Last(s.Body.List)); x != nil && h.IsNilTest(h.GiveUpCond, h.Text(x)) {
			h.Put(x, "nil")
		}
	}
}
