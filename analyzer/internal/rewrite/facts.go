package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
)

// A nilness is what is known of an error variable.
type nilness int

const (
	unknown nilness = iota
	isNil
	notNil
)

// Facts are what is known of variables at a point of a pass.
type facts struct {
	errs  map[types.Object]nilness
	same  map[types.Object]types.Object // the variable that one was copied from
	order map[types.Object]int          // when it was assigned
	pass  map[loop.When]bool            // in which passes a test of the counter let the code go on
	wrote map[types.Object]bool         // the pass has given it a value
}

func newFacts() facts {
	return facts{map[types.Object]nilness{}, map[types.Object]types.Object{}, map[types.Object]int{}, map[loop.When]bool{}, map[types.Object]bool{}}
}

func (f facts) clone() facts {
	return facts{maps.Clone(f.errs), maps.Clone(f.same), maps.Clone(f.order), maps.Clone(f.pass), maps.Clone(f.wrote)}
}

// learn notes what obj is, and with it its copies.
func (f facts) learn(obj types.Object, n nilness) {
	f.errs[obj] = n
	for copied, from := range f.same {
		if from == obj {
			f.errs[copied] = n
		}
	}
}

// forget notes that obj has a new value.
func (f facts) forget(obj types.Object) {
	delete(f.errs, obj)
	delete(f.same, obj)
	f.wrote[obj] = true
	for copied, from := range f.same {
		if from == obj {
			delete(f.same, copied)
		}
	}
	f.order[obj] = len(f.order) + 1
	for _, n := range f.order {
		f.order[obj] = max(f.order[obj], n+1)
	}
}

// mergeFacts returns what is known where either f or g holds.
func mergeFacts(f, g facts) facts {
	m := newFacts()
	for obj, n := range f.errs {
		if g.errs[obj] == n {
			m.errs[obj] = n
		}
	}
	for obj, from := range f.same {
		if g.same[obj] == from {
			m.same[obj] = from
		}
	}
	for w := range f.pass {
		if g.pass[w] {
			m.pass[w] = true
		}
	}
	for obj := range f.wrote {
		if g.wrote[obj] {
			m.wrote[obj] = true
		}
	}
	for obj, n := range f.order {
		m.order[obj] = max(n, g.order[obj])
	}
	for obj, n := range g.order {
		m.order[obj] = max(n, m.order[obj])
	}
	return m
}

// A truth is what a condition comes to.
type truth int

const (
	maybe truth = iota
	yes
	no
)

func (t truth) not() truth { return [...]truth{maybe, no, yes}[t] }

// eval returns what cond comes to under f. A predicate that is given an error
// that is nil is taken as false: what it asks is a property of a failure.
func (w *walker) eval(cond ast.Expr, f facts) truth {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return w.eval(e.X, f).not()
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND:
			x, y := w.eval(e.X, f), w.eval(e.Y, f)
			if x == no || y == no {
				return no
			}
			if x == yes && y == yes {
				return yes
			}
		case token.LOR:
			return w.eval(&ast.BinaryExpr{X: &ast.UnaryExpr{Op: token.NOT, X: e.X}, Op: token.LAND, Y: &ast.UnaryExpr{Op: token.NOT, X: e.Y}}, f).not()
		case token.EQL, token.NEQ:
			if t := w.compare(e, f); e.Op == token.EQL {
				return t
			} else {
				return t.not()
			}
		}
	case *ast.CallExpr:
		if obj := w.errorArg(e); obj != nil && f.errs[obj] == isNil && code.IsBool(w.info.TypeOf(e)) {
			return no
		}
	}
	return maybe
}

// compare returns whether the operands of e are equal.
func (w *walker) compare(e *ast.BinaryExpr, f facts) truth {
	obj, other := w.loop.ErrorVar(e.X), e.Y
	if obj == nil {
		obj, other = w.loop.ErrorVar(e.Y), e.X
	}
	if obj == nil || f.errs[obj] == unknown {
		return maybe
	}
	if code.IsNil(w.info, other) {
		return map[nilness]truth{isNil: yes, notNil: no}[f.errs[obj]]
	}
	if f.errs[obj] == isNil && code.IsSentinel(w.info, other) {
		return no
	}
	return maybe
}

// refine returns what is known where cond is when.
func (w *walker) refine(cond ast.Expr, when bool, f facts) facts {
	f = f.clone()
	w.refineIn(cond, when, f)
	return f
}

func (w *walker) refineIn(cond ast.Expr, when bool, f facts) {
	w.textOf(cond, f)
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			w.refineIn(e.X, !when, f)
		}
	case *ast.BinaryExpr:
		switch {
		case e.Op == token.LAND && when, e.Op == token.LOR && !when:
			w.refineIn(e.X, when, f)
			w.refineIn(e.Y, when, f)
		case e.Op == token.LAND || e.Op == token.LOR:
			x := w.refine(e.X, when, f)
			y := w.refine(e.X, !when, f)
			w.refineIn(e.Y, when, y)
			m := mergeFacts(x, y)
			maps.Copy(f.errs, m.errs)
			maps.Copy(f.pass, m.pass)
		case e.Op == token.EQL || e.Op == token.NEQ:
			w.refineEqual(e, when == (e.Op == token.EQL), f)
			w.refineCount(e, when, f)
		default:
			w.refineCount(e, when, f)
		}
	case *ast.CallExpr:
		if obj := w.errorArg(e); obj != nil && when && w.tellsError(e) {
			f.learn(obj, notNil)
		}
	}
}

// refineCount notes that a test of the counter has found that this is not the
// last pass.
func (w *walker) refineCount(cmp *ast.BinaryExpr, holds bool, f facts) {
	if w.count == nil || !code.IsComparison(cmp.Op) {
		return
	}
	if c := w.count(cmp); c == loop.LastOnly && !holds || c == loop.ExceptLast && holds {
		f.pass[loop.ExceptLast] = true
	}
}

// refineEqual notes what is known where the operands of e are equal, or not.
func (w *walker) refineEqual(e *ast.BinaryExpr, equal bool, f facts) {
	obj, other := w.loop.ErrorVar(e.X), e.Y
	if obj == nil {
		obj, other = w.loop.ErrorVar(e.Y), e.X
	}
	switch {
	case obj == nil:
	case code.IsNil(w.info, other) && equal:
		f.learn(obj, isNil)
	case code.IsNil(w.info, other):
		f.learn(obj, notNil)
	case equal && code.IsSentinel(w.info, other):
		f.learn(obj, notNil)
	}
}

// textOf notes that an error whose method is called for certain is not nil.
func (w *walker) textOf(cond ast.Expr, f facts) {
	e := ast.Unparen(cond)
	if x, ok := e.(*ast.BinaryExpr); ok && (x.Op == token.LAND || x.Op == token.LOR) {
		return // each operand is looked at where it is known to run
	}
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Error" && len(n.Args) == 0 {
				if obj := w.loop.ErrorVar(sel.X); obj != nil {
					f.learn(obj, notNil)
				}
			}
		}
		return true
	})
}

// tellsError reports whether call returns true only for an error that is not
// nil.
func (w *walker) tellsError(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(w.info, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() + "." + fn.Name() {
	case "errors.As", "os.IsNotExist", "os.IsExist", "os.IsPermission", "os.IsTimeout", "errors.AsType":
		return true
	case "errors.Is":
		return code.IsSentinel(w.info, call.Args[1])
	}
	return false
}

// errorArg returns the error variable that call is given, or nil.
func (w *walker) errorArg(call *ast.CallExpr) types.Object {
	for _, arg := range call.Args {
		if obj := w.loop.ErrorVar(arg); obj != nil {
			return obj
		}
	}
	return nil
}
