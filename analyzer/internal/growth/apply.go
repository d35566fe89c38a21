package growth

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"slices"
	"time"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// call computes conversions, min and max, a few functions of package math, and
// functions of this package.
func (r *run) call(call *ast.CallExpr) constant.Value {
	if tv, ok := r.ev.info.Types[call.Fun]; ok && tv.IsType() {
		return r.convert(call, tv.Type)
	}
	switch fn := typeutil.Callee(r.ev.info, call).(type) {
	case *types.Builtin:
		return r.best(fn.Name(), call.Args)
	case *types.Func:
		switch {
		case fn.Pkg() == nil:
		case fn.Pkg().Path() == "math":
			return r.math(fn.Name(), call.Args)
		case fn.Pkg().Path() == "time" && durationUnits[fn.FullName()] > 0:
			return r.inUnits(call, durationUnits[fn.FullName()])
		case r.share > 0 && code.IsRandom(fn):
			return r.random(fn, call)
		}
	}
	if makesTimer[code.LastName(call.Fun)] && r.ev.pkg.Callee(call) == nil {
		return r.expr(r.ev.durationArg(call))
	}
	return r.enter(call)
}

func (r *run) convert(call *ast.CallExpr, t types.Type) constant.Value {
	if len(call.Args) != 1 {
		return nil
	}
	v := r.expr(call.Args[0])
	if _, ok := basic(t); !ok || !isNumber(v) {
		return nil
	}
	if code.IsInteger(t) && v.Kind() == constant.Float {
		f, _ := constant.Float64Val(v)
		if math.Abs(f) >= 1<<62 {
			return r.wrap(math.MinInt64)
		}
		v = constant.MakeInt64(int64(f))
	}
	return typed(v, t)
}

// best computes min and max.
func (r *run) best(name string, args []ast.Expr) constant.Value {
	op, ok := map[string]token.Token{"min": token.LSS, "max": token.GTR}[name]
	if !ok {
		return nil
	}
	var v constant.Value
	for i, arg := range args {
		w := r.expr(arg)
		if !isNumber(w) {
			return nil
		}
		if i == 0 || constant.Compare(w, op, v) {
			v = w
		}
	}
	return v
}

var mathFuncs = map[string]func(x, y float64) float64{
	"Pow": math.Pow, "Min": math.Min, "Max": math.Max,
	"Exp2":  func(x, _ float64) float64 { return math.Exp2(x) },
	"Ceil":  func(x, _ float64) float64 { return math.Ceil(x) },
	"Floor": func(x, _ float64) float64 { return math.Floor(x) },
	"Round": func(x, _ float64) float64 { return math.Round(x) },
}

func (r *run) math(name string, args []ast.Expr) constant.Value {
	f := mathFuncs[name]
	var xs [2]float64
	if f == nil || len(args) > len(xs) {
		return nil
	}
	if name == "Pow" && isZero(r.expr(args[1])) {
		return constant.ToFloat(constant.MakeInt64(1)) // whatever it is a power of
	}
	for i, arg := range args {
		v := r.expr(arg)
		if !isNumber(v) {
			return nil
		}
		xs[i], _ = constant.Float64Val(v)
	}
	if f := f(xs[0], xs[1]); !math.IsInf(f, 0) && !math.IsNaN(f) {
		return constant.ToFloat(constant.MakeFloat64(f))
	}
	return nil
}

// durationUnits are the methods that tell a duration in a unit.
var durationUnits = map[string]time.Duration{
	"(time.Duration).Nanoseconds": 1, "(time.Duration).Microseconds": time.Microsecond, "(time.Duration).Milliseconds": time.Millisecond,
	"(time.Duration).Seconds": time.Second, "(time.Duration).Minutes": time.Minute, "(time.Duration).Hours": time.Hour,
}

// inUnits computes such a method: a whole number, or one with a fraction.
func (r *run) inUnits(call *ast.CallExpr, unit time.Duration) constant.Value {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	d := r.expr(sel.X)
	if !isNumber(d) {
		return nil
	}
	if code.IsInteger(r.ev.info.TypeOf(call)) {
		if d = constant.ToInt(d); d.Kind() != constant.Int {
			return nil
		}
		return constant.BinaryOp(d, token.QUO_ASSIGN, constant.MakeInt64(int64(unit)))
	}
	return constant.BinaryOp(constant.ToFloat(d), token.QUO, constant.ToFloat(constant.MakeInt64(int64(unit))))
}

// random computes a random number as the share of its limit, which is what it is
// given, or 1.
func (r *run) random(fn *types.Func, call *ast.CallExpr) constant.Value {
	t := fn.Signature().Results()
	if t.Len() != 1 || len(call.Args) > 1 {
		return nil
	}
	limit := constant.MakeInt64(1)
	if len(call.Args) == 1 {
		limit = r.expr(call.Args[0])
	} else if b, ok := basic(t.At(0).Type()); !ok || b.Info()&types.IsFloat == 0 {
		return nil
	}
	if !isNumber(limit) {
		return nil
	}
	f, _ := constant.Float64Val(limit)
	if code.IsInteger(r.ev.info.TypeOf(call)) {
		return constant.MakeInt64(int64(f * r.share))
	}
	return constant.ToFloat(constant.MakeFloat64(f * r.share))
}

// enter runs a function that returns one value and whose body is at hand.
func (r *run) enter(call *ast.CallExpr) constant.Value {
	fn := r.ev.pkg.Callee(call)
	if fn == nil {
		fn = r.ev.abroad(call)
	}
	if fn == nil || len(r.ev.calls) >= maxDepth || r.ev.entered(fn) || call.Ellipsis.IsValid() || r.holds(fn.Body) {
		return nil
	}
	names := paramNames(fn.Type)
	if _, ok := fn.Node.(*ast.FuncDecl); !ok || len(names) != len(call.Args) {
		return nil
	}
	args := make([]constant.Value, len(names))
	for i, arg := range call.Args {
		args[i] = r.expr(arg)
	}
	here := r.ev.index
	r.ev.index = here.at(fn)
	for i, id := range names {
		if id != nil {
			r.set(id, args[i])
		}
	}
	r.ev.calls = append(r.ev.calls, fn)
	inner := &run{ev: r.ev, delay: r.delay, known: r.known, budget: r.budget, called: true, share: r.share, assumptions: r.assumptions}
	out := inner.list(fn.Body.List)
	r.ev.calls, r.ev.index = r.ev.calls[:len(r.ev.calls)-1], here
	if out != leaves || inner.failed || inner.returned == nil || inner.returned == noError {
		return nil // or it tells success, and each attempt fails
	}
	return typed(inner.returned, r.ev.info.TypeOf(call))
}

// items returns the elements of a list that is written out, nil if it is not.
func (r *run) items(e ast.Expr) []ast.Expr {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		obj := r.ev.object(id)
		if obj == nil || len(r.ev.defsOf(obj)) != 1 || !code.IsLocal(obj) && !r.fixed(obj) {
			return nil
		}
		e = r.ev.defsOf(obj)[0].rhs
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	t := r.ev.info.TypeOf(lit)
	if t == nil {
		return nil
	}
	switch t.Underlying().(type) {
	case *types.Map, *types.Struct:
		return nil
	}
	keyed := func(item ast.Expr) bool { _, ok := item.(*ast.KeyValueExpr); return ok }
	if slices.ContainsFunc(lit.Elts, keyed) {
		return nil
	}
	return lit.Elts
}

// element computes list[i] of a list that is written out.
func (r *run) element(e *ast.IndexExpr) constant.Value {
	items, at := r.items(e.X), r.expr(e.Index)
	if at == nil || at.Kind() != constant.Int {
		return nil
	}
	if i, ok := constant.Int64Val(at); ok && 0 <= i && i < int64(len(items)) {
		return r.expr(items[i])
	}
	return nil
}
