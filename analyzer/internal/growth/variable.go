package growth

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// variable returns how obj changes from pass to pass, as seen at use.
func (ev *evaluator) variable(obj types.Object, use token.Pos) value {
	if v, ok := ev.earlier[obj]; ok {
		return v
	}
	if ev.active[obj] {
		return value{self: obj, factor: 1}
	}
	if ev.outlives(obj) {
		return ev.lasting(obj, use)
	}
	return ev.local(obj, use)
}

// lasting returns the value of a variable that keeps its value between passes.
func (ev *evaluator) lasting(obj types.Object, use token.Pos) value {
	if !code.IsLocal(obj) || slices.ContainsFunc(ev.defsOf(obj), func(d def) bool { return d.inLiteral(obj) }) {
		ev.reach() // what the cycle calls may change it
	}
	defs := ev.inside(ev.defsOf(obj))
	if ev.carried(obj) {
		defs = append(ev.handed(obj), defs...)
	}
	switch {
	case len(defs) == 0 && code.IsLocal(obj) && ev.givenAnytime(obj):
		return value{}
	case len(defs) == 0:
		return ev.untouched(obj)
	}
	ev.active[obj] = true
	defer delete(ev.active, obj)
	if i := killer(defs, use); i >= 0 {
		all := i == 0 && defs[len(defs)-1].pos < use
		if v := ev.follow(obj, defs[i:], use, value{}); all || !v.isSelf(obj) {
			return ev.settle(obj, v)
		} // have: d *= 2; d = min(d, limit), both before the delay or one of them
	}
	var v value
	found, first := false, ev.initial(obj)
	for _, d := range defs {
		given := ev.given(obj, d)
		next := ev.settle(obj, given)
		kind := ev.limits(obj, d, next)
		if kind != ceiling && given.self != obj && d.comesTo(use) && !sameText(d.rhs, first) {
			first = nil // there is another before the delay, at times
		}
		switch {
		case kind == floor:
			continue
		case kind == ceiling:
			next.capped, next.cap = true, ev.ceilingOf(obj, d, next)
		case ev.onlyAtTimes(d, use):
			next.rate = 0 // in some passes it grows less
		}
		if found {
			next = join(v, next)
		}
		v, found = next, true
	}
	if v.base = nil; v.self == nil {
		v.base = first
		ev.goesOn = ev.goesOn || growing.has(v.kind) && ev.kept(obj)
	}
	return v
}

// settle turns what obj is given, which may depend on obj, into its growth.
func (ev *evaluator) settle(obj types.Object, v value) value {
	if v.self == obj {
		return recurrence(v)
	}
	return v
}

// killer returns the last definition that surely runs before use in the same
// pass and does not build on the old value, or -1.
func killer(defs []def, use token.Pos) int {
	for i, d := range slices.Backward(defs) {
		if d.op == token.ASSIGN && !d.dead && (d.rhs != nil || d.loop != nil) && d.pos < use && d.runsBefore(use) {
			return i
		}
	}
	return -1
}

// local returns the value of a variable that is new on each pass.
func (ev *evaluator) local(obj types.Object, use token.Pos) value {
	first, bound := ev.args[obj]
	if !bound {
		if v, ok := obj.(*types.Var); ok && v.Kind() == types.ParamVar {
			return value{} // of a function whose caller is not known
		}
		first = value{kind: Constant}
	}
	return ev.follow(obj, ev.defsOf(obj), use, first)
}

// follow returns the value of obj at use, after defs, which was v before them.
func (ev *evaluator) follow(obj types.Object, defs []def, use token.Pos, v value) value {
	old, had := ev.earlier[obj]
	defer func() {
		if delete(ev.earlier, obj); had {
			ev.earlier[obj] = old
		}
	}()
	for i, d := range defs {
		if d.pos >= use {
			break
		}
		ev.earlier[obj] = v
		if i == 0 && v.kind == Unknown && v.self == nil {
			delete(ev.earlier, obj)
		}
		next := ev.given(obj, d)
		kind := ev.limits(obj, d, next)
		switch {
		case ev.loops(obj, d):
			v = ev.innerLoop(obj, d, v)
		case d.runsBefore(use):
			v = next
		case kind == floor:
			v.base = nil
		case kind == ceiling:
			next.capped, next.cap = true, ev.ceilingOf(obj, d, next)
			v = limitedBy(v, next)
		default:
			v = join(v, next)
		}
	}
	return v
}

// given returns what d gives obj.
func (ev *evaluator) given(obj types.Object, d def) value {
	switch {
	case d.param != nil:
		return ev.writtenBy(obj, d)
	case d.dead:
		return value{}
	case d.loop != nil:
		return ev.ranged(d)
	case d.op == token.ASSIGN && d.rhs == nil:
		return value{kind: Constant}
	case d.op == token.ASSIGN:
		return ev.result(d.rhs, d.index)
	case d.rhs == nil:
		return combine(d.op, ev.variable(obj, d.pos), value{kind: Constant}, 0, 1)
	}
	return combine(d.op, ev.variable(obj, d.pos), ev.expr(d.rhs), 0, ev.number(d.rhs))
}

// result returns the i-th result of e.
func (ev *evaluator) result(e ast.Expr, i int) value {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		if tv, ok := ev.info.Types[e]; !ok || tv.Value == nil {
			return ev.call(call, i)
		}
	}
	if i > 0 {
		return value{}
	}
	return ev.expr(e)
}

// ranged returns the value of a variable of a range loop.
func (ev *evaluator) ranged(d def) value {
	t := ev.info.TypeOf(d.loop.X)
	if t == nil || d.loop != ev.site.Cycle {
		return value{}
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t.Underlying().(type) {
	case *types.Basic:
		if !d.value {
			return value{kind: Linear}
		}
	case *types.Slice, *types.Array:
		if d.value {
			return value{kind: Table}
		}
		return value{kind: Linear}
	}
	return value{}
}

// handed returns what a function that calls itself gives obj, a parameter of it or of the
// one by which it does so.
func (ev *evaluator) handed(obj types.Object) (defs []def) {
	for n := range ast.Preorder(ev.site.Cycle) {
		if call, ok := n.(*ast.CallExpr); ok && ev.callsCycle(call) {
			if arg := ev.givenTo(obj, call); arg != nil {
				defs = append(defs, def{pos: call.Pos(), op: token.ASSIGN, rhs: arg})
			}
		}
	}
	return defs
}

// givenTo returns what obj is given by call, by which the cycle calls itself, or nil.
func (ev *evaluator) givenTo(obj types.Object, call *ast.CallExpr) ast.Expr {
	at := func(call *ast.CallExpr, t *ast.FuncType, obj types.Object) ast.Expr {
		if i := paramIndex(ev.info, t, obj); i >= 0 && i < len(call.Args) {
			return call.Args[i]
		}
		return nil
	}
	outer, inner, _ := ev.pkg.SelfCall(ev.site.Func, call)
	if outer == nil {
		return at(call, ev.site.Func.Type, obj)
	}
	if arg := at(inner, ev.site.Func.Type, obj); arg != nil {
		obj = ev.object(arg)
	}
	if obj == nil {
		return nil
	}
	return at(call, outer.Type, obj)
}

// untouched returns the value of a variable that the cycle does not change.
func (ev *evaluator) untouched(obj types.Object) value {
	return value{kind: Constant, base: ev.initial(obj)}
}

// initial returns what obj is before the cycle, nil if that is not one expression.
func (ev *evaluator) initial(obj types.Object) ast.Expr {
	if !code.IsLocal(obj) {
		return nil
	}
	return ev.onlyValue(obj, ev.entering(obj))
}
