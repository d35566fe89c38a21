package growth

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// expr computes e, nil if it is not known.
func (r *run) expr(e ast.Expr) constant.Value {
	if r.spend(1); e == nil || r.failed {
		return nil
	}
	if v := r.assumed(e); v != nil {
		return v
	}
	switch tv := r.ev.info.Types[e]; {
	case tv.Value != nil:
		return typed(tv.Value, tv.Type)
	case tv.IsNil():
		return noError
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
	if v, ok := r.known.values[obj]; ok {
		return v
	}
	r.known.set(obj, nil) // not while it is being computed
	if r.ev.covers(obj.Pos()) {
		return nil
	}
	var start constant.Value
	if e := r.ev.headerStart(obj); e != nil {
		start = typed(r.expr(e), obj.Type())
	} else if r.ev.zeroed(obj) {
		start = zero(obj.Type())
	}
	r.known.set(obj, start)
	return start
}

// follows reports whether all that is done to obj is seen: it is a local
// variable that no function literal writes and whose address is not taken.
func (r *run) follows(obj types.Object) bool {
	if !code.IsLocal(obj) {
		return r.fixed(obj)
	}
	hidden := func(d def) bool { return d.hidden(obj) }
	unseen := func(d def) bool { return hidden(d) || !r.ev.regions[0].has(d.pos) }
	return !slices.ContainsFunc(r.ev.resetsOf(obj), unseen) && !slices.ContainsFunc(r.ev.defsOf(obj), hidden)
}

// hidden reports whether d may define obj at any time: by its address, or in a
// function literal.
func (d def) hidden(obj types.Object) bool {
	return d.dead || d.inLiteral(obj)
}

// inLiteral reports whether d stands in a function literal that does not declare obj.
func (d def) inLiteral(obj types.Object) bool {
	_, ok := d.inner.(*ast.FuncLit)
	return ok && d.inner.Pos() > obj.Pos()
}

// fixed reports whether obj is a package's own variable that is written once,
// where it is declared.
func (r *run) fixed(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	defs := r.ev.defsOf(obj)
	return ok && !r.ev.partial && v.Kind() == types.PackageVar && !v.Exported() && len(defs) == 1 && defs[0].block == nil && !defs[0].dead
}

// zeroed reports whether obj is declared without a value and given none before the cycle.
func (ev *evaluator) zeroed(obj types.Object) bool {
	before := ev.entering(obj)
	if len(before) != 1 {
		return false
	}
	d := before[0]
	return d.rhs == nil && d.loop == nil && d.op == token.ASSIGN && !d.dead && !ev.kept(obj)
}

// noError stands for an error that is nil. It is told by its identity: nothing else that is
// computed is this value.
var noError = constant.MakeString("nil")

func zero(t types.Type) constant.Value {
	b, ok := basic(t)
	switch {
	case isError(t):
		return noError
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
	decides := code.IsFalse
	if e.Op == token.LOR {
		decides = code.IsTrue
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
	if r.wraps() && op == token.MUL && (isZero(x) || isZero(y)) {
		return constant.MakeInt64(0) // whatever it is multiplied by
	}
	if x == noError && y == noError {
		return constant.MakeBool(op == token.EQL)
	}
	if !isNumber(x) || !isNumber(y) {
		return nil
	}
	if code.IsComparison(op) {
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
		if !ok || n > maxShift || x.Kind() != constant.Int {
			return nil
		}
		return r.result(constant.Shift(x, op, uint(n)), t)
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
	return r.result(constant.BinaryOp(x, op, y), t)
}
