package growth

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// maxSteps limits the expressions read for one delay, so that code which
// refers to itself in many ways costs no more than it is worth.
const maxSteps = 2000

// An evaluator reads the expressions of one site.
type evaluator struct {
	*index
	site *site.Site

	lastGotos func(*site.Site) map[*ast.LabeledStmt]token.Pos

	regions   []region // what runs once a pass: the cycle, and the bodies of what it calls
	calls     []*source.Func
	args      map[types.Object]value    // of the parameters of calls
	receivers map[types.Object]ast.Expr // of methods that are called, as the call writes them
	goesOn    bool                      // a variable that grows is not given its value anew when the site is entered
	active    map[types.Object]bool     // being resolved: a use of them is a recurrence
	earlier   map[types.Object]value    // what a variable is at this point of the pass
	reached   bool                      // regions has the functions that the cycle calls
	steps     int
}

func (a *Analysis) evaluator(s *site.Site) *evaluator {
	ev := &evaluator{
		index: a.defs, site: s, lastGotos: a.lastGotos,
		args: map[types.Object]value{}, receivers: map[types.Object]ast.Expr{}, active: map[types.Object]bool{}, earlier: map[types.Object]value{},
	}
	ev.regions = []region{a.cycleRegion(s)}
	return ev
}

// expr returns how e changes from pass to pass.
func (ev *evaluator) expr(e ast.Expr) value {
	if ev.steps++; e == nil || ev.steps > maxSteps {
		return value{}
	}
	if tv, ok := ev.info.Types[e]; ok && tv.Value != nil {
		return value{kind: Constant, base: e}
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return ev.expr(e.X)
	case *ast.Ident:
		return ev.named(e, ev.object(e), e.Pos())
	case *ast.SelectorExpr:
		return ev.selector(e)
	case *ast.StarExpr:
		return ev.taken(e, e.X)
	case *ast.TypeAssertExpr:
		return ev.taken(e, e.X)
	case *ast.UnaryExpr:
		if e.Op == token.SUB || e.Op == token.ADD || e.Op == token.AND {
			return ev.expr(e.X)
		}
	case *ast.BinaryExpr:
		return ev.binary(e)
	case *ast.CallExpr:
		return ev.call(e, 0)
	case *ast.IndexExpr:
		return ev.element(e)
	case *ast.CompositeLit, *ast.BasicLit:
		return value{kind: Constant, base: e}
	}
	return value{}
}

// taken returns the value of e, which is what the pointer or interface x holds: where that
// is the base, e is, for x is no number.
func (ev *evaluator) taken(e, x ast.Expr) value {
	v := ev.expr(x)
	if v.base != nil && !code.IsNumeric(ev.info.TypeOf(v.base)) {
		v.base = e
	}
	return v
}

func (ev *evaluator) binary(e *ast.BinaryExpr) value {
	x, y := ev.expr(e.X), ev.expr(e.Y)
	v := combine(e.Op, x, y, ev.number(e.X), ev.number(e.Y))
	if fixed(v) && x.kind == Constant && y.kind == Constant {
		v.base = e
		if x.jittered || y.jittered {
			v.base = nil
		}
	}
	if v.base == nil && growing.has(v.kind) && (e.Op == token.MUL || e.Op == token.QUO) {
		if v.base = ev.shared(x, y, e.Y); v.base == nil && e.Op == token.MUL {
			v.base = ev.shared(y, x, e.X)
		}
	}
	return v
}

// shared returns the base of the delay that x is, of which it is a share or a multiple, by
// the number y or by chance; nil if that is not so. How often it is in there is told by
// [Analysis.Multiples].
func (ev *evaluator) shared(x, y value, number ast.Expr) ast.Expr {
	if x.base == nil || !growing.has(x.kind) || growing.has(y.kind) || !site.IsDuration(ev.info.TypeOf(code.Unconverted(ev.info, x.base))) {
		return nil
	}
	_, literal := ast.Unparen(number).(*ast.BasicLit)
	if !literal && site.IsDuration(ev.info.TypeOf(number)) || y.kind != Random && !y.jittered && math.IsNaN(ev.number(number)) {
		return nil // a unit, or not known
	}
	return x.base
}

// number returns what e is, NaN if that is not a constant.
func (ev *evaluator) number(e ast.Expr) float64 {
	if tv, ok := ev.info.Types[e]; ok && tv.Value != nil {
		if f := constant.ToFloat(tv.Value); f.Kind() == constant.Float {
			n, _ := constant.Float64Val(f)
			return n
		}
	}
	return math.NaN()
}

// named returns the value of the variable obj, which e names, at use.
func (ev *evaluator) named(e ast.Expr, obj types.Object, use token.Pos) value {
	if obj == nil {
		return value{}
	}
	v := ev.variable(obj, use)
	if fixed(v) && v.base == nil && !v.jittered {
		v.base = e
	}
	return v
}

// selector returns the value of x.f.
func (ev *evaluator) selector(e *ast.SelectorExpr) value {
	obj := ev.object(e)
	if obj == nil {
		return value{}
	}
	if v, ok := obj.(*types.Var); ok && v.IsField() {
		if from := ev.origin(e.X); from != Constant {
			return value{kind: from}
		}
	}
	return ev.named(e, obj, e.Pos())
}

// origin tells where a struct whose field is used comes from: Server if it is
// an error or a response, Table if it is an item of a list that the cycle
// ranges over, Constant if it stays the same as far as can be seen.
func (ev *evaluator) origin(x ast.Expr) Kind {
	if code.IsReply(ev.info.TypeOf(x)) {
		return Server
	}
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return Constant
	}
	for _, d := range ev.inside(ev.defsOf(ev.object(id))) {
		switch {
		case d.loop != nil && d.value && d.loop == ev.site.Cycle:
			return ev.ranged(d).kind
		case d.rhs != nil && d.index == 0 && ev.fallible(d.rhs):
			return Server
		}
	}
	return Constant
}

// fallible reports whether e is a call that also returns an error.
func (ev *evaluator) fallible(e ast.Expr) bool {
	t, ok := ev.info.TypeOf(e).(*types.Tuple)
	return ok && t.Len() > 1 && isError(t.At(t.Len()-1).Type())
}

// element returns the value of list[i].
func (ev *evaluator) element(e *ast.IndexExpr) value {
	t := ev.info.TypeOf(e.X)
	if t == nil {
		return value{}
	}
	at := ev.expr(e.Index)
	if _, ok := t.Underlying().(*types.Map); ok {
		if at.kind == Constant && len(ev.inside(ev.defsOf(ev.object(e.X)))) == 0 {
			return value{kind: Constant, base: e}
		}
		return value{}
	}
	switch {
	case at.self != nil:
		return value{}
	case at.kind == Constant:
		return value{kind: Constant, base: e}
	case growing.has(at.kind):
		return value{kind: Table}.flagged(value{jittered: at.jittered})
	}
	return value{kind: at.kind}
}
