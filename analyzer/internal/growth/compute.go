package growth

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"

	"golang.org/x/tools/go/types/typeutil"
)

// expr computes e, nil if it is not known.
func (r *run) expr(e ast.Expr) constant.Value {
	if r.budget--; e == nil || r.budget < 0 {
		return nil
	}
	if tv, ok := r.ev.info.Types[e]; ok && tv.Value != nil {
		return typed(tv.Value, tv.Type)
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return r.expr(e.X)
	case *ast.Ident:
		return r.variable(e)
	case *ast.UnaryExpr:
		return r.unary(e)
	case *ast.BinaryExpr:
		if e.Op == token.LAND || e.Op == token.LOR {
			return r.logic(e)
		}
		return r.binary(e.Op, r.expr(e.X), r.expr(e.Y), r.ev.info.TypeOf(e.X))
	case *ast.CallExpr:
		return r.call(e)
	case *ast.IndexExpr:
		return r.element(e)
	}
	return nil
}

// typed returns v as a value of type t.
func typed(v constant.Value, t types.Type) constant.Value {
	b, ok := basic(t)
	if !ok || v == nil {
		return v
	}
	switch {
	case b.Info()&types.IsFloat != 0 && isNumber(v):
		return constant.ToFloat(v)
	case b.Info()&types.IsInteger != 0 && isNumber(v):
		return fits(constant.ToInt(v), b)
	}
	return v
}

func basic(t types.Type) (*types.Basic, bool) {
	if t == nil {
		return nil, false
	}
	b, ok := t.Underlying().(*types.Basic)
	return b, ok
}

func isNumber(v constant.Value) bool {
	return v != nil && (v.Kind() == constant.Int || v.Kind() == constant.Float)
}

// ranges are what the sized integer types hold.
var ranges = map[types.BasicKind][2]int64{
	types.Int8: {math.MinInt8, math.MaxInt8}, types.Int16: {math.MinInt16, math.MaxInt16},
	types.Int32: {math.MinInt32, math.MaxInt32}, types.Uint8: {0, math.MaxUint8},
	types.Uint16: {0, math.MaxUint16}, types.Uint32: {0, math.MaxUint32},
	types.Uint: {0, math.MaxInt64}, types.Uint64: {0, math.MaxInt64},
}

// fits returns v if the type holds it; what overflows is not known.
func fits(v constant.Value, b *types.Basic) constant.Value {
	if v.Kind() != constant.Int {
		return nil
	}
	n, ok := constant.Int64Val(v)
	if lim, sized := ranges[b.Kind()]; !ok || sized && (n < lim[0] || n > lim[1]) {
		return nil
	}
	return v
}

// variable returns the value of a local variable, which before the cycle is
// that of its only definition.
func (r *run) variable(id *ast.Ident) constant.Value {
	obj := r.ev.object(id)
	if obj == nil || !r.follows(obj) {
		return nil
	}
	if v, ok := r.known[obj]; ok {
		return v
	}
	r.known[obj] = nil // not while it is being computed
	if r.ev.covers(obj.Pos()) {
		return nil
	}
	var start constant.Value
	if e := r.ev.headerStart(obj); e != nil {
		start = r.expr(e)
		start = typed(start, obj.Type())
	} else if r.ev.zeroed(obj) {
		start = zero(obj.Type())
	}
	r.known[obj] = start
	return start
}

// follows reports whether all that is done to obj is seen: it is a local
// variable that no function literal writes and whose address is not taken.
func (r *run) follows(obj types.Object) bool {
	if !isLocal(obj) {
		return r.fixed(obj)
	}
	for _, d := range r.ev.defs[obj] {
		if _, ok := d.inner.(*ast.FuncLit); d.dead || ok && d.inner.Pos() > obj.Pos() {
			return false
		}
	}
	return true
}

// fixed reports whether obj is a package's own variable that is written once,
// where it is declared.
func (r *run) fixed(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	defs := r.ev.defs[obj]
	return ok && v.Kind() == types.PackageVar && !v.Exported() && len(defs) == 1 && defs[0].block == nil && !defs[0].dead
}

// zeroed reports whether obj is declared without a value and given none before the cycle.
func (ev *evaluator) zeroed(obj types.Object) bool {
	n := 0
	for _, d := range ev.defs[obj] {
		if ev.covers(d.pos) {
			continue
		}
		if n++; d.rhs != nil || d.loop != nil || d.op != token.ASSIGN || d.dead {
			return false
		}
	}
	return n == 1
}

func zero(t types.Type) constant.Value {
	b, ok := basic(t)
	switch {
	case !ok:
		return nil
	case b.Info()&types.IsBoolean != 0:
		return constant.MakeBool(false)
	case b.Info()&types.IsNumeric != 0:
		return typed(constant.MakeInt64(0), t)
	}
	return nil
}

func (r *run) unary(e *ast.UnaryExpr) constant.Value {
	v := r.expr(e.X)
	switch {
	case v == nil:
		return nil
	case e.Op == token.NOT && v.Kind() == constant.Bool, (e.Op == token.SUB || e.Op == token.ADD) && isNumber(v):
		return typed(constant.UnaryOp(e.Op, v, 0), r.ev.info.TypeOf(e))
	}
	return nil
}

// logic computes && and ||, where one side may decide alone.
func (r *run) logic(e *ast.BinaryExpr) constant.Value {
	x, y := r.expr(e.X), r.expr(e.Y)
	decides := isFalse
	if e.Op == token.LOR {
		decides = isTrue
	}
	switch {
	case decides(x) || decides(y):
		return constant.MakeBool(e.Op == token.LOR)
	case x != nil && y != nil:
		return constant.MakeBool(e.Op == token.LAND)
	}
	return nil
}

// binary computes x op y in type t.
func (r *run) binary(op token.Token, x, y constant.Value, t types.Type) constant.Value {
	if !isNumber(x) || !isNumber(y) {
		return nil
	}
	if mirrored[op] != token.ILLEGAL {
		return constant.MakeBool(constant.Compare(x, op, y))
	}
	b, ok := basic(t)
	if !ok {
		return nil
	}
	whole := b.Info()&types.IsInteger != 0
	switch op {
	case token.SHL, token.SHR:
		n, ok := constant.Uint64Val(constant.ToInt(y))
		if !ok || n > 62 || x.Kind() != constant.Int {
			return nil
		}
		return typed(constant.Shift(x, op, uint(n)), t)
	case token.QUO, token.REM:
		if constant.Sign(y) == 0 || op == token.REM && !whole {
			return nil
		}
		if whole && op == token.QUO {
			op = token.QUO_ASSIGN // the division of integers, for package constant
		}
	case token.ADD, token.SUB, token.MUL:
	default:
		return nil
	}
	if whole && (x.Kind() != constant.Int || y.Kind() != constant.Int) {
		return nil
	}
	return typed(constant.BinaryOp(x, op, y), t)
}

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
		if fn.Pkg() != nil && fn.Pkg().Path() == "math" {
			return r.math(fn.Name(), call.Args)
		}
	}
	return r.enter(call)
}

func (r *run) convert(call *ast.CallExpr, t types.Type) constant.Value {
	if len(call.Args) != 1 {
		return nil
	}
	v := r.expr(call.Args[0])
	b, ok := basic(t)
	if !ok || !isNumber(v) {
		return nil
	}
	if b.Info()&types.IsInteger != 0 && v.Kind() == constant.Float {
		f, _ := constant.Float64Val(v)
		if math.Abs(f) >= 1<<62 {
			return nil
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

// enter runs a function of this package that returns one value.
func (r *run) enter(call *ast.CallExpr) constant.Value {
	fn := r.ev.pkg.Callee(call)
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
	for i, id := range names {
		if id != nil {
			r.set(id, args[i])
		}
	}
	r.ev.calls = append(r.ev.calls, fn)
	inner := &run{ev: r.ev, delay: r.delay, known: r.known, budget: r.budget, called: true}
	out := inner.list(fn.Body.List)
	r.ev.calls = r.ev.calls[:len(r.ev.calls)-1]
	if r.budget = inner.budget; out != leaves || inner.failed || inner.returned == nil {
		return nil
	}
	return typed(inner.returned, r.ev.info.TypeOf(call))
}

// items returns the elements of a list that is written out, nil if it is not.
func (r *run) items(e ast.Expr) []ast.Expr {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		obj := r.ev.object(id)
		if obj == nil || len(r.ev.defs[obj]) != 1 || !isLocal(obj) && !r.fixed(obj) {
			return nil
		}
		e = r.ev.defs[obj][0].rhs
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	switch t := r.ev.info.TypeOf(lit); {
	case t == nil:
		return nil
	default:
		if _, ok := t.Underlying().(*types.Map); ok {
			return nil
		}
		if _, ok := t.Underlying().(*types.Struct); ok {
			return nil
		}
	}
	for _, item := range lit.Elts {
		if _, ok := item.(*ast.KeyValueExpr); ok {
			return nil
		}
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

// assign runs an assignment.
func (r *run) assign(s *ast.AssignStmt) {
	op := assignOps[s.Tok]
	values := make([]constant.Value, len(s.Lhs))
	if len(s.Lhs) == len(s.Rhs) {
		for i := range s.Lhs {
			values[i] = r.expr(s.Rhs[i])
			if t := r.ev.info.TypeOf(s.Lhs[i]); op != token.ASSIGN {
				values[i] = r.binary(op, r.expr(s.Lhs[i]), values[i], t)
			} else {
				values[i] = typed(values[i], t)
			}
		}
	}
	for i, lhs := range s.Lhs {
		r.set(lhs, values[i])
	}
}

// declare runs a declaration of variables.
func (r *run) declare(s *ast.DeclStmt) {
	decl, ok := s.Decl.(*ast.GenDecl)
	if !ok {
		return
	}
	for _, spec := range decl.Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, id := range spec.Names {
			t := r.ev.info.TypeOf(id)
			switch {
			case len(spec.Values) == 0:
				r.set(id, zero(t))
			case len(spec.Values) == len(spec.Names):
				r.set(id, typed(r.expr(spec.Values[i]), t))
			default:
				r.set(id, nil)
			}
		}
	}
}
