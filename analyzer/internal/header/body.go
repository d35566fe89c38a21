package header

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
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
			h.Put(s, strings.TrimSpace(h.again+"\ncontinue"))
			h.Inside = append(h.Inside, h.DropComments(s)...)
		default:
			h.leavePause(s)
		}
	}
	if h.again != "" {
		for _, e := range h.Ends {
			if b, ok := e.Node.(*ast.BranchStmt); ok && e.Kind == pass.Again {
				h.Inside = append(h.Inside, edit.Insert(b.Pos(), h.again+"\n"))
			}
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
	if s, ok := code.Last(h.Loop.Body).(*ast.BranchStmt); ok && s.Tok == token.CONTINUE && s.Label == nil && h.again == "" {
		h.Leave(s)
	}
}

// leavePause leaves out a pause, with the branch that holds nothing else.
func (h *heading) leavePause(s ast.Stmt) {
	x, inElse := h.branchOf(s)
	switch {
	case x == nil || h.anyStays(x, inElse):
		h.Leave(s)
	case inElse:
		h.Inside = append(h.Inside, edit.Span(x.Body.End(), x.Else.End(), ""))
	case x.Else == nil && x.Init == nil && code.Pure(h.Info, x.Cond):
		h.Leave(x)
	default:
		h.turn(x)
	}
}

// turn leaves out the first branch of x.
//
//	if err != nil { time.Sleep(d) } else { break }
func (h *heading) turn(x *ast.IfStmt) {
	if _, ok := x.Else.(*ast.BlockStmt); !ok {
		h.Refusal = reason.DelayIsInside.At(x.Cond.Pos())
		return
	}
	h.Inside = append(h.Inside, append(edit.Negate(h.Info, x.Cond), edit.Span(x.Body.Pos(), x.Else.Pos(), ""))...)
}

// branchOf returns the if whose branch directly holds s, and whether that is
// its else.
func (h *heading) branchOf(s ast.Stmt) (found *ast.IfStmt, inElse bool) {
	h.Loop.Inspect(func(n ast.Node) bool {
		if x, ok := n.(*ast.IfStmt); ok {
			for i, list := range branches(x) {
				for _, y := range list {
					if y == s {
						found, inElse = x, i == 1
					}
				}
			}
		}
		return true
	})
	return found, inElse
}

// branches returns the statements of both branches of x.
func branches(x *ast.IfStmt) [2][]ast.Stmt {
	lists := [2][]ast.Stmt{x.Body.List}
	if b, ok := x.Else.(*ast.BlockStmt); ok {
		lists[1] = b.List
	}
	return lists
}

// anyStays reports whether a statement of a branch of x stays.
func (h *heading) anyStays(x *ast.IfStmt, inElse bool) bool {
	list := branches(x)[0]
	if inElse {
		list = branches(x)[1]
	}
	for _, s := range list {
		if !h.Gone[s] && h.Pauses[s] == nil && !h.Served[s] {
			return true
		}
	}
	return false
}

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
