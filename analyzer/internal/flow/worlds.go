package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A world fixes the outcome of an operation.
type world struct {
	results []value
	target  value // of the operation's targets
	sets    []setting
	looks   bool // holds only if the code looks at an error or a status inside a result
	filled  bool // a result that may be empty is not: success that leaves
}

func (w world) result(i int) value { return nth(w.results, i) }

// with returns w with another i-th result.
func with(w world, i int, v value) world {
	w.results = append([]value(nil), w.results...)
	w.results[i] = v
	return w
}

// worlds fills in the outcomes that the results' types tell of, and that their
// code looks at: statuses returns what it compares with one, which few results may be,
// and names are what the results are assigned to.
func (j *Judge) worlds(op *operation, statuses func() objects, names []ast.Expr) {
	good := world{results: make([]value, len(op.results)), target: isZero}
	bad := world{results: make([]value, len(op.results)), target: isNonZero}
	hidden := world{target: isZero, looks: true} // no error, but a bad result
	fails, hides, told := len(op.targets) > 0, false, -1
	for i, t := range op.results {
		hidden.results = append(hidden.results, isUnknown)
		switch {
		case j.isErrorLike(t):
			good.results[i], bad.results[i], hidden.results[i] = isZero, isNonZero, isZero
			bad.target = isUnknown // the operation may fail by itself
			fails = true
		case code.IsBool(t):
			told = i
		case isErrorChan(t):
			good.results[i] = isZero // no failure comes later either
		case code.IsInteger(t) && statuses().named(j.pkg.Info, op.node, names, i):
			good.results[i], hidden.results[i] = value{kind: okStatus}, value{kind: badStatus}
			hides = true
		case j.holdsOutcome(t, statuses):
			good.results[i], hidden.results[i] = isClean, isDirty
			hides = true
		case isNilable(t):
			good.results[i] = isNonZero
		}
	}
	if fails {
		op.failing = append(op.failing, j.ignored(bad, op.results, names))
	}
	if hides {
		op.failing = append(op.failing, hidden)
	}
	op.success = []world{good}
	if fails && told >= 0 {
		op.success = []world{with(good, told, isTrue), with(good, told, isZero)}
	}
	full, ok := filled(good, op.results)
	full.filled = ok || len(op.outputs) > 0
	if full.filled && fails {
		op.success = append(op.success, full)
	}
}

// ignored returns the world bad, in which an operation has failed, where nothing looks at
// its error: what it returns beside that is empty then.
//
//	out, _ := run()
func (j *Judge) ignored(bad world, results []types.Type, names []ast.Expr) world {
	if !j.ignores(results, names) {
		return bad
	}
	for i, t := range results {
		if (canBeEmpty(t) || isNilable(t)) && !j.isErrorLike(t) {
			bad = with(bad, i, isZero)
		}
	}
	return bad
}

// asksOnly reports whether a call whose results are given names asks for a state: its bool
// is wanted, and not the error beside that.
//
//	ok, _ := exists()
func (j *Judge) asksOnly(results []types.Type, names []ast.Expr) bool {
	return len(results) == 2 && code.IsBool(results[0]) && j.isErrorLike(results[1]) && j.ignores(results, names)
}

// ignores reports whether nothing looks at the errors among results.
func (j *Judge) ignores(results []types.Type, names []ast.Expr) bool {
	for i, t := range results {
		if j.isErrorLike(t) && (i >= len(names) || !code.AllBlank(names[i:i+1])) {
			return false
		}
	}
	return true
}

// unclear reports whether it is not known which of several outcomes is success: those
// of a bool beside an error.
func (op *operation) unclear() bool { return len(op.success) > 1 && !op.success[1].filled }

// goesOn reports whether success is a false, so that a true says to go on.
func (op *operation) goesOn() bool {
	for i, t := range op.results {
		if code.IsBool(t) && op.success[0].results[i] == isZero {
			return true
		}
	}
	return false
}

// filled returns the world w in which no result is empty; it is not ok if none can
// be.
func filled(w world, results []types.Type) (world, bool) {
	full := w
	for i, t := range results {
		if canBeEmpty(t) && !isErrorLike(t) {
			full = with(full, i, value{kind: positive})
			full.filled = true
		}
	}
	return full, full.filled
}

// canBeEmpty reports whether t is a string, a list or a map.
func canBeEmpty(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Info()&types.IsString != 0
	case *types.Slice, *types.Map:
		return true
	}
	return false
}

func isNilable(t types.Type) bool {
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return true
	}
	return false
}

// isErrorChan reports whether t is a channel on which an operation that has
// begun tells of its failure.
func isErrorChan(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	return ok && isErrorLike(ch.Elem())
}

// holdsOutcome reports whether a result of type t can hold an error or an HTTP
// status: an *http.Response, a response of a client with an Err field, or a field
// that is known to be a status.
func (j *Judge) holdsOutcome(t types.Type, statuses func() objects) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range s.Fields() {
		if j.isErrorLike(f.Type()) || f.Name() == "StatusCode" || code.IsInteger(f.Type()) && statuses()[f.Origin()] {
			return true
		}
	}
	return false
}

// errorTargets returns the error variables that call assigns through its
// arguments: &err, or a function literal that assigns err.
func (j *Judge) errorTargets(call *ast.CallExpr) []path {
	parts := slices.Clone(call.Args)
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		parts = append(parts, lit)
	}
	var list []path
	for _, part := range parts {
		for _, p := range j.touched(part) {
			_, isList := p.root.Type().Underlying().(*types.Slice) // errs[i] = op()
			if (p.rest == "" || isList) && j.isErrorLike(p.root.Type()) && !within(p.root, part) {
				list = append(list, path{root: p.root})
			}
		}
	}
	return list
}

// outputs returns the variables that are no errors and whose address call is given.
func (j *Judge) outputs(call *ast.CallExpr) (list []path) {
	for _, arg := range call.Args {
		if u, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && u.Op == token.AND {
			if p, ok := pathOf(j.pkg.Info, u.X); ok && !j.isErrorLike(p.root.Type()) {
				list = append(list, p)
			}
		}
	}
	return list
}

func within(obj types.Object, n ast.Node) bool { return n.Pos() <= obj.Pos() && obj.Pos() < n.End() }
