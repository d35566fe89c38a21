package reading

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// bindLead finds a pause that comes before each attempt, the first too; leads are
// those from which a pass comes to the operation. One of no length before the first is
// none there.
func (r *Reading) bindLead(leads map[ast.Stmt]bool) {
	for _, s := range code.InOrder(r.Pauses) {
		p := r.Pauses[s]
		cond, isIf := s.(*ast.IfStmt)
		if !leads[s] || r.notFirst(s) || r.ZeroWaits() > 0 {
			continue
		}
		if !isIf || cond.Cond == nil || code.Within(cond.Cond, p.Delay.Node) || cond.Init != nil {
			r.Lead = s
		} else if r.When(cond.Cond) != loop.ExceptFirst {
			r.Lead = r.leadOf(cond)
		}
	}
}

// FirstIsNone refuses a helper that waits where the loop has its first delay, if one of
// leads, behind which a pass comes to the operation, is of no length then, or may be.
//
//	for i := 0; i < n; i++ {
//		time.Sleep(time.Duration(i) * delay)
func (r *Reading) FirstIsNone(leads map[ast.Stmt]bool) reason.Refusal {
	known := len(r.Waits.Waits)+len(r.Multiples) > 0 || r.Growth.Kind == growth.Constant || r.Growth.Kind == growth.Exponential
	for _, s := range code.InOrder(leads) {
		switch {
		case r.notFirst(s):
		case r.ZeroWaits() > 0:
			return reason.FirstIsNone.At(s.Pos())
		case !known:
			return reason.DelayNotKnown.At(s.Pos())
		}
	}
	return nil
}

// leavesBefore reports whether a pass may end before the delay s, by what an
// earlier pass has found.
func (r *Reading) leavesBefore(s ast.Stmt) bool {
	carried := func(v *types.Var) bool { return r.Loop.Assigns(v) && (r.Counter == nil || v != r.Counter.Obj) }
	return slices.ContainsFunc(r.Exits, func(e pass.Exit) bool {
		if e.Kind == pass.Again || e.Node == nil || e.Node.Pos() > s.Pos() || r.Ticks {
			return false
		}
		return r.Loop.Any(func(n ast.Node) bool {
			x, ok := n.(*ast.IfStmt)
			return ok && code.Within(x, e.Node) && x.Init == nil && code.AnyLocal(r.Info, x.Cond, carried)
		})
	})
}

// notFirst reports whether s stands in an if that the first pass leaves out.
func (r *Reading) notFirst(s ast.Stmt) bool {
	return r.Loop.Any(func(n ast.Node) bool {
		x, ok := n.(*ast.IfStmt)
		if !ok || x == s || !code.Within(x.Body, s) {
			return false
		}
		cmp, ok := ast.Unparen(x.Cond).(*ast.BinaryExpr)
		if ok && code.IsComparison(cmp.Op) && r.Counter != nil {
			if holds, known := r.counted().At(cmp, 1); known && !holds {
				return true
			}
		}
		return r.When(x.Cond) == loop.ExceptFirst
	})
}

// leadOf returns what waits before the first attempt: the body of s, if its
// condition on the counter holds then; nil if it does not.
func (r *Reading) leadOf(s *ast.IfStmt) ast.Stmt {
	cmp, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
	if !ok || r.Counter == nil || !code.IsComparison(cmp.Op) {
		return s
	}
	switch holds, ok := r.counted().At(cmp, 1); {
	case !ok && code.Mentions(r.Info, cmp, r.Counter.Obj):
		r.leadUnclear = true
		return nil
	case !ok:
		return s
	case holds:
		return s.Body
	}
	return nil
}
