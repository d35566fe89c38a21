package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/cfg"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// calm tells the intents apart that do not answer a failure.
func (t *trial) calm() Intent {
	switch loop := t.site.Cycle.(type) {
	case *ast.RangeStmt:
		switch {
		case t.judge.waits[loop]:
			return Periodic // over a ticker
		case t.isCounted() && t.endsByState():
			return Poll
		}
		return Pace
	case *ast.ForStmt:
		counted := loop.Cond != nil && loop.Post != nil
		switch {
		case t.endsByState() || loop.Cond != nil && !counted && !t.aboutContext(loop.Cond):
			return Poll
		case counted:
			return Pace
		}
		return Periodic
	}
	if t.endsByState() {
		return Poll
	}
	return Periodic
}

// endsByState reports whether a condition that is tested after a delay ends the
// cycle, other than one about an error or the loop's own header. The other cases
// of a select are not what the delay leads to.
func (t *trial) endsByState() bool {
	seen := make(map[*cfg.Block]bool)
	var visit func(b *cfg.Block) bool
	visit = func(b *cfg.Block) bool {
		if seen[b] || !t.w.cycle.Holds(b) {
			return false
		}
		seen[b] = true
		if t.decides(b) {
			return true
		}
		for _, next := range b.Succs {
			if next.Kind != cfg.KindSelectCaseBody && visit(next) {
				return true
			}
		}
		return false
	}
	for at := range t.w.spots.delays {
		if visit(at.Block) {
			return true
		}
	}
	return false
}

// decides reports whether b ends in a condition one of whose outcomes ends the
// cycle.
func (t *trial) decides(b *cfg.Block) bool {
	if !isCondition(b) || b.Stmt == t.site.Cycle && b.Kind == cfg.KindForLoop || t.aboutError(b.Nodes[len(b.Nodes)-1]) {
		return false
	}
	return t.mayEnd(b)
}

// mayEnd reports whether one of the ways behind b ends the cycle.
func (t *trial) mayEnd(b *cfg.Block) bool {
	for _, next := range b.Succs {
		if !t.w.cycle.Holds(next) || next != t.w.cycle.Head && !t.w.cycle.Returns(graph.Point{Block: next}) {
			return true
		}
	}
	return false
}

// aboutContext reports whether n asks whether a context has ended.
func (t *trial) aboutContext(n ast.Node) bool {
	about := false
	ast.Inspect(n, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && isContextErr(t.judge.pkg.Info, call) {
			about = true
		}
		return !about
	})
	return about
}

// aboutError reports whether n looks at an error, a context's among them, or at a bool that
// the cycle has given the answer of such a look.
func (t *trial) aboutError(n ast.Node) bool {
	if t.looksAtError(n) {
		return true
	}
	return slices.ContainsFunc(t.givings(), func(v *given) bool {
		return code.IsBool(v.obj.Type()) && code.Mentions(t.w.info, n, v.obj) && slices.ContainsFunc(v.by, func(g giving) bool {
			return g.value != nil && t.looksAtError(g.value)
		})
	})
}

func (t *trial) looksAtError(n ast.Node) bool {
	return code.Any(n, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		return ok && t.judge.isErrorLike(t.judge.pkg.Info.TypeOf(e))
	})
}

// drains reports whether op is the condition of a loop inside the cycle, which
// its failure ends: that much work is done before the next pass, and how it ends
// is not an outcome.
func (t *trial) drains(op *operation) bool {
	e, ok := op.top.(ast.Expr)
	if !ok || op.at.Block.Kind != cfg.KindForLoop || op.at.Block.Stmt == t.site.Cycle {
		return false
	}
	loop, ok := op.at.Block.Stmt.(*ast.ForStmt)
	return ok && loop.Cond == e
}

// isDrained reports whether a pass begins with a tick, and then repeats op, the first
// operation, in a loop of its own: that much work is done at each interval, and how it ends is
// no failure.
//
//	for range ticker.C {
//	again:
//		if db.RunValueLogGC(0.5) == nil {
//			goto again
//		}
//	}
func (t *trial) isDrained(op *operation, delays delaySet) bool {
	if op.node == nil || slices.ContainsFunc(t.ops, func(o *operation) bool { return o.node != nil && o.node.Pos() < op.node.Pos() }) {
		return false
	}
	from := t.repeats(op.node)
	return from.IsValid() && !slices.ContainsFunc(t.delaysIn(delays), func(d *site.Delay) bool { return d.Node.Pos() >= from || !t.ticks(d) })
}

// ticks reports whether d waits for a ticker.
func (t *trial) ticks(d *site.Delay) bool {
	var ch ast.Expr
	switch n := d.Node.(type) {
	case *ast.RangeStmt:
		ch = n.X
	case *ast.UnaryExpr:
		ch = n.X
	}
	sel, ok := ch.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	p, ok := t.w.info.TypeOf(sel.X).(*types.Pointer)
	return ok && code.IsNamed(p.Elem(), "time", "Ticker")
}

// repeats returns where the outermost loop in the cycle begins that repeats n; no position if
// there is none.
func (t *trial) repeats(n ast.Node) token.Pos {
	for _, body := range t.innerLoops() {
		if code.Within(body, n) {
			return body.Pos()
		}
	}
	for _, l := range graph.Labels(t.site.Func.Body) {
		if l.Stmt != t.site.Cycle && code.Within(t.site.Cycle, l.Stmt) && l.Stmt.Pos() <= n.Pos() && n.Pos() < l.End {
			return l.Stmt.Pos()
		}
	}
	return token.NoPos
}
