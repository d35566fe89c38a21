package growth

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// maxDepth limits how far calls are followed.
const maxDepth = 6

// call returns how the i-th result of a call changes from pass to pass.
func (ev *evaluator) call(call *ast.CallExpr, i int) value {
	if tv, ok := ev.info.Types[call.Fun]; ok && tv.IsType() {
		if len(call.Args) != 1 {
			return value{}
		}
		return ev.converted(call)
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if _, ok := ev.info.Uses[id].(*types.Builtin); ok {
			return ev.builtin(id.Name, call)
		}
	}
	if fn := ev.pkg.Callee(call); fn != nil {
		return ev.enter(fn, call, i)
	}
	return ev.foreign(call, i)
}

// converted returns the value of a conversion, whose base is the conversion but where a
// duration is converted.
func (ev *evaluator) converted(call *ast.CallExpr) value {
	v := ev.expr(call.Args[0])
	if fixed(v) && v.base != nil && !site.IsDuration(ev.info.TypeOf(v.base)) {
		v.base = call
	}
	return v
}

func (ev *evaluator) builtin(name string, call *ast.CallExpr) value {
	switch name {
	case "min":
		return ev.fold(least, call.Args)
	case "max":
		return ev.fold(most, call.Args)
	case "len", "cap":
		if len(call.Args) == 1 && len(ev.inside(ev.defsOf(ev.object(call.Args[0])))) == 0 {
			return value{kind: Constant, base: call}
		}
	}
	return value{}
}

func (ev *evaluator) fold(f func(x, y value) value, args []ast.Expr) value {
	var v value
	for i, arg := range args {
		if next := ev.expr(arg); i == 0 {
			v = next
		} else {
			v = f(v, next)
		}
	}
	return v
}

// least returns the value of min(x, y).
func least(x, y value) value {
	switch {
	case limited(x) && fixed(y):
		x.capped, x.cap = true, y.base
		return x
	case limited(y) && fixed(x):
		return least(y, x)
	}
	return either2(x, y)
}

// most returns the value of max(x, y): a lower limit changes nothing
// but where it begins.
func most(x, y value) value {
	switch {
	case limited(x) && fixed(y):
		x.base = nil
		return x
	case limited(y) && fixed(x):
		return most(y, x)
	}
	return either2(x, y)
}

// limited reports whether a limit means something to v.
func limited(v value) bool { return v.self != nil || v.kind != Constant && v.kind != Unknown }

// either2 returns the value of one of x and y, where which one is not known.
func either2(x, y value) value {
	if x.self == y.self && x.kind == y.kind && (x.self == nil || x.factor == y.factor) {
		if x.base != y.base {
			x.base = nil
		}
		return x.flagged(y)
	}
	return value{}
}

// enter returns the i-th result of a call of fn, whose body is at hand.
func (ev *evaluator) enter(fn *source.Func, call *ast.CallExpr, i int) (v value) {
	ev.within(fn, call, func() { v = ev.returnedBy(fn, i) })
	if fixed(v) && !v.jittered {
		v.base = call
	}
	return v
}

// within runs f with fn's parameters bound to call's arguments, unless fn is
// being read already or calls are too deep.
func (ev *evaluator) within(fn *source.Func, call *ast.CallExpr, f func()) {
	if fn == nil || fn.Body == nil || call == nil || len(ev.calls) >= maxDepth || ev.entered(fn) {
		return
	}
	outer, here := ev.args, ev.index
	ev.args = ev.bind(fn, call)
	ev.index = here.at(fn)
	for obj, v := range outer { // a literal sees the parameters around it
		if _, ok := ev.args[obj]; !ok {
			ev.args[obj] = v
		}
	}
	regions := len(ev.regions)
	ev.regions = append(ev.regions, region{from: fn.Node.Pos(), to: fn.Node.End()})
	ev.calls = append(ev.calls, fn)
	f()
	ev.calls = ev.calls[:len(ev.calls)-1]
	// reach may have added regions behind this one: those stay.
	ev.regions = append(ev.regions[:regions:regions], ev.regions[regions+1:]...)
	ev.args, ev.index = outer, here
}

// entered reports whether fn is being read: it is the cycle itself, or a call of it is open.
func (ev *evaluator) entered(fn *source.Func) bool {
	return fn.Node == ev.site.Cycle || slices.ContainsFunc(ev.calls, func(open *source.Func) bool { return open.Node == fn.Node })
}

// bind returns the values of fn's parameters and receiver in call.
func (ev *evaluator) bind(fn *source.Func, call *ast.CallExpr) map[types.Object]value {
	bound, there := map[types.Object]value{}, ev.at(fn)
	put := func(id *ast.Ident, v value) {
		if id != nil {
			if obj := there.info.Defs[id]; obj != nil {
				bound[obj] = v
			}
		}
	}
	for i, id := range paramNames(fn.Type) {
		if i < len(call.Args) && !call.Ellipsis.IsValid() {
			put(id, ev.expr(call.Args[i]))
		}
	}
	decl, ok := fn.Node.(*ast.FuncDecl)
	sel, isSel := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if ok && isSel && decl.Recv != nil {
		for _, id := range fieldNames(decl.Recv) {
			put(id, ev.receiver(sel.X))
			ev.bindReceiver(id, sel)
		}
	}
	return bound
}

// bindReceiver notes what the method that sel names is called on, unless it is one of
// an embedded field, or is also called on something else.
func (ev *evaluator) bindReceiver(id *ast.Ident, sel *ast.SelectorExpr) {
	obj, s := ev.info.Defs[id], ev.info.Selections[sel]
	if obj == nil || s == nil || len(s.Index()) != 1 || ev.pkg.Variable(sel.X) == nil || len(ev.defsOf(obj)) > 0 {
		return
	}
	if of, ok := ev.receivers[obj]; ok && (of == nil || !ev.sameExpr(of, sel.X)) {
		ev.receivers[obj] = nil
		return
	}
	ev.receivers[obj] = sel.X
}

// receiver returns the value of a method's receiver: that of a number counts, a
// struct is what its fields are.
func (ev *evaluator) receiver(x ast.Expr) value {
	if ev.basic(x) {
		return ev.expr(x)
	}
	return value{kind: Constant}
}

// returned returns the value of the i-th result of ret.
func (ev *evaluator) returned(fn *source.Func, ret *ast.ReturnStmt, i int) value {
	switch {
	case len(ret.Results) == 0:
		if names := fieldNames(fn.Type.Results); i < len(names) && names[i] != nil {
			return ev.named(names[i], ev.info.Defs[names[i]], ret.Pos())
		}
	case len(ret.Results) == 1 && i > 0:
		return ev.result(ret.Results[0], i)
	case i < len(ret.Results):
		return ev.result(ret.Results[i], 0)
	}
	return value{}
}

// returns lists the return statements of body, not those of literals in it.
func returns(body *ast.BlockStmt) (list []*ast.ReturnStmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			list = append(list, n)
		}
		return true
	})
	return list
}
