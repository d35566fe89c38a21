package reading

import (
	"go/ast"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// bindLead finds a pause that comes before each attempt, the first too; leads are
// those from which a pass comes to the operation.
func (b *Reading) bindLead(leads map[ast.Stmt]bool) {
	for _, s := range code.InOrder(b.Pauses) {
		p := b.Pauses[s]
		cond, isIf := s.(*ast.IfStmt)
		if !leads[s] || b.notFirst(s) {
			continue
		}
		if !isIf || cond.Cond == nil || code.Within(cond.Cond, p.Delay.Node) || cond.Init != nil {
			b.Lead = s
		} else if b.When(cond.Cond) != loop.ExceptFirst {
			b.Lead = b.leadOf(cond)
		}
	}
}

// leavesBefore reports whether a pass may end before the delay s, by what an
// earlier pass has found.
func (b *Reading) leavesBefore(s ast.Stmt) bool {
	for _, e := range b.Exits {
		if e.Kind == pass.Again || e.Node == nil || e.Node.Pos() > s.Pos() || b.Ticks {
			continue
		}
		carried := false
		b.Loop.Inspect(func(n ast.Node) bool {
			x, ok := n.(*ast.IfStmt)
			if !ok || !code.Within(x, e.Node) || x.Init != nil {
				return true
			}
			ast.Inspect(x.Cond, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					v := code.Local(b.Info, id)
					carried = carried || v != nil && b.Loop.Assigns(v) && (b.Counter == nil || v != b.Counter.Obj)
				}
				return !carried
			})
			return true
		})
		if carried {
			return true
		}
	}
	return false
}

// notFirst reports whether s stands in an if that the first pass leaves out.
func (b *Reading) notFirst(s ast.Stmt) bool {
	found := false
	b.Loop.Inspect(func(n ast.Node) bool {
		if x, ok := n.(*ast.IfStmt); ok && ast.Stmt(x) != s && code.Within(x.Body, s) {
			cmp, ok := ast.Unparen(x.Cond).(*ast.BinaryExpr)
			if ok && code.IsComparison(cmp.Op) && b.Counter != nil {
				holds, known := b.counted().At(cmp, 1)
				found = found || known && !holds
			}
			found = found || b.When(x.Cond) == loop.ExceptFirst
		}
		return !found
	})
	return found
}

// leadOf returns what waits before the first attempt: the body of s, if its
// condition on the counter holds then; nil if it does not.
func (b *Reading) leadOf(s *ast.IfStmt) ast.Stmt {
	cmp, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
	if !ok || b.Counter == nil || !code.IsComparison(cmp.Op) {
		return s
	}
	switch holds, ok := b.counted().At(cmp, 1); {
	case !ok && code.Mentions(b.Info, cmp, b.Counter.Obj):
		b.leadUnclear = true
		return nil
	case !ok:
		return s
	case holds:
		return s.Body
	}
	return nil
}
