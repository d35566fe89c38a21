package growth

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// loops reports whether d runs several times a pass and builds on obj.
func (ev *evaluator) loops(obj types.Object, d def) bool {
	if d.inner == nil || d.inner == ev.site.Cycle || d.loop != nil || !ev.covers(d.inner.Pos()) {
		return false
	}
	if _, ok := d.inner.(*ast.FuncLit); ok {
		return false
	}
	inner := region{from: d.inner.Pos(), to: d.inner.End()}
	if f, ok := d.inner.(*ast.ForStmt); ok && f.Init != nil && f.Init.Pos() <= obj.Pos() && obj.Pos() < f.Init.End() {
		return true
	}
	return !inner.has(obj.Pos())
}

// innerLoop returns the value of obj, which was v, after a loop of its own in
// which d runs: a loop that runs once more on each pass grows what it builds.
func (ev *evaluator) innerLoop(obj types.Object, d def, v value) value {
	old, had := ev.earlier[obj]
	delete(ev.earlier, obj)
	wasActive := ev.active[obj]
	ev.active[obj] = true
	next := ev.given(obj, d)
	if !wasActive {
		delete(ev.active, obj)
	}
	if had {
		ev.earlier[obj] = old
	}
	if next.self != obj {
		return join(v, next)
	}
	turns := ev.turns(d.inner)
	switch grown := recurrence(next); {
	case turns == Linear && fixed(v):
		grown.base = v.base
		return grown.flagged(v)
	case turns == Constant && v.self == nil:
		return v.flagged(grown)
	}
	return value{}
}

// turns returns how the number of turns of an inner loop changes.
func (ev *evaluator) turns(loop ast.Node) Kind {
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		if code.IsInteger(ev.info.TypeOf(loop.X)) {
			return ev.expr(loop.X).kind
		}
	case *ast.ForStmt:
		cond, ok := loop.Cond.(*ast.BinaryExpr)
		if !ok || loop.Init == nil {
			return Unknown
		}
		if id, ok := ast.Unparen(cond.X).(*ast.Ident); ok {
			if obj := ev.object(id); obj != nil && loop.Init.Pos() <= obj.Pos() && obj.Pos() < loop.Init.End() {
				return ev.expr(cond.Y).kind
			}
		}
	}
	return Unknown
}
