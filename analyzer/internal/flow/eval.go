package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// eval returns what is known of e.
func (w *walker) eval(e ast.Expr, f facts) value {
	e = ast.Unparen(e)
	if tv, ok := w.info.Types[e]; ok {
		if tv.Value != nil {
			return constValue(tv.Value)
		}
		if tv.IsNil() {
			return isZero
		}
	}
	switch e := e.(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
		return w.evalPath(e, f)
	case *ast.CallExpr:
		if vals := w.results(e, f); len(vals) == 1 && vals[0] != isUnknown {
			return vals[0]
		}
		return w.evalPath(e, f)
	case *ast.UnaryExpr:
		return w.evalUnary(e, f)
	case *ast.BinaryExpr:
		return w.evalBinary(e, f)
	case *ast.FuncLit:
		return isNonZero
	case *ast.TypeAssertExpr:
		if v := w.eval(e.X, f); v == isZero || isErrorLike(w.info.TypeOf(e)) {
			return v
		}
	}
	return isUnknown
}

func (w *walker) evalUnary(e *ast.UnaryExpr, f facts) value {
	switch e.Op {
	case token.AND:
		return isNonZero
	case token.NOT:
		return truthValue(w.cond(e.X, f).not())
	case token.ARROW:
		if w.op != nil && e == w.op.node {
			return w.world.result(0)
		}
	}
	return isUnknown
}

func (w *walker) evalBinary(e *ast.BinaryExpr, f facts) value {
	switch e.Op {
	case token.LAND, token.LOR, token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return truthValue(w.cond(e, f))
	case token.ADD, token.SUB:
		x, ok1 := w.eval(e.X, f).num()
		y, ok2 := w.eval(e.Y, f).num()
		if ok1 && ok2 && e.Op == token.ADD {
			return intValue(x + y)
		} else if ok1 && ok2 {
			return intValue(x - y)
		}
	case token.QUO: // the class of a status: resp.StatusCode / 100
		if v := w.eval(e.X, f); v.kind == okStatus {
			return intValue(2)
		}
	}
	return isUnknown
}

func truthValue(t truth) value {
	if t == maybe {
		return isUnknown
	}
	return boolValue(t == yes)
}

// evalPath returns what is known of a variable, or of a part of one whose whole
// is known to be good or bad.
func (w *walker) evalPath(e ast.Expr, f facts) value {
	p, ok := pathOf(w.info, e)
	if !ok {
		return isUnknown
	}
	if v := f.get(w.paths.number(p)); v != isUnknown {
		return v
	}
	if w.depth == 0 && isContextErr(w.info, e) && !w.cycle.Made(p.root) {
		return isZero // what a cancelled context does is not the question
	}
	t := w.info.TypeOf(e)
	if isErrorLike(t) && isSentinel(w.info, e) {
		return isNonZero // such as io.EOF
	}
	if strings.HasSuffix(p.rest, "()") && !isGetter(p.rest) {
		return isUnknown // another operation
	}
	whole := w.whole(p, f)
	if whole == isUnknown {
		return isUnknown
	}
	good := whole == isClean
	switch {
	case isErrorLike(t):
		w.looked = true
		return boolValue(!good)
	case strings.HasSuffix(p.rest, ".StatusCode") || strings.HasSuffix(p.rest, ".StatusCode()"):
		w.looked = true
		if good {
			return value{kind: okStatus}
		}
		return value{kind: badStatus}
	}
	return isUnknown
}

// isGetter reports whether the path ends in a method that by convention returns
// the error or status that a result holds: Err, GetError, StatusCode.
func isGetter(rest string) bool {
	name := strings.TrimPrefix(rest[strings.LastIndexByte(rest, '.')+1:], "Get")
	return strings.HasPrefix(name, "Err") || strings.HasPrefix(name, "StatusCode")
}

// isContextErr reports whether e is ctx.Err().
func isContextErr(info *types.Info, e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	return ok && fn.Name() == "Err" && fn.Pkg() != nil && fn.Pkg().Path() == "context"
}

// whole returns isClean or isDirty if p is that, or a part of what is.
func (w *walker) whole(p path, f facts) value {
	for {
		if v := f.get(w.paths.number(p)); v == isClean || v == isDirty {
			return v
		}
		i := strings.LastIndexAny(p.rest, ".[")
		if i < 0 {
			return isUnknown
		}
		p.rest = p.rest[:i]
	}
}

// cond evaluates a condition.
func (w *walker) cond(e ast.Expr, f facts) truth {
	e = ast.Unparen(e)
	switch e := e.(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return w.cond(e.X, f).not()
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND, token.LOR:
			left := w.cond(e.X, f)
			right := maybe
			if g, ok := w.refine(e.X, e.Op == token.LAND, f); ok {
				right = w.cond(e.Y, g)
			}
			if e.Op == token.LAND {
				return left.and(right)
			}
			return left.not().and(right.not()).not()
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
			return compare(e.Op, w.eval(e.X, f), w.eval(e.Y, f))
		}
	}
	return w.eval(e, f).truth()
}

// refine adds to f what follows from e being want; it returns false if e cannot
// be.
func (w *walker) refine(e ast.Expr, want bool, f facts) (facts, bool) {
	if t := w.cond(e, f); t != maybe && t != truthOf(want) {
		return f, false
	}
	e = ast.Unparen(e)
	switch e := e.(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return w.refine(e.X, !want, f)
		}
	case *ast.BinaryExpr:
		switch {
		case e.Op == token.LAND && want, e.Op == token.LOR && !want:
			g, ok := w.refine(e.X, want, f)
			if !ok {
				return f, false
			}
			return w.refine(e.Y, want, g)
		case e.Op == token.LAND || e.Op == token.LOR: // one of the two decides
			if w.cond(e.X, f) == truthOf(!want) {
				return w.refine(e.Y, want, f)
			}
			if w.cond(e.Y, f) == truthOf(!want) {
				return w.refine(e.X, want, f)
			}
		case e.Op == token.EQL || e.Op == token.NEQ:
			return w.refineEqual(e.X, e.Y, (e.Op == token.EQL) == want, f), true
		}
	case *ast.CallExpr:
		// A predicate that holds of an error: there is one.
		for _, arg := range e.Args {
			if want && isErrorLike(w.info.TypeOf(arg)) {
				return w.learn(arg, isNonZero, f), true
			}
		}
	case *ast.Ident, *ast.SelectorExpr:
		return w.learn(e, boolValue(want), f), true
	}
	return f, true
}

func (w *walker) refineEqual(x, y ast.Expr, same bool, f facts) facts {
	a, b := w.eval(x, f), w.eval(y, f)
	if _, ok := a.num(); ok {
		x, a, b = y, b, a
	}
	if _, ok := b.num(); !ok || a != isUnknown {
		return f
	}
	if same {
		return w.learn(x, b, f)
	}
	if b == isZero {
		return w.learn(x, isNonZero, f)
	}
	return f
}

// learn records that e is v, if e is a variable or a field of which nothing is
// known yet.
func (w *walker) learn(e ast.Expr, v value, f facts) facts {
	p, ok := pathOf(w.info, e)
	if !ok || w.coarse || strings.Contains(p.rest, "()") {
		return f
	}
	if n := w.paths.number(p); f.get(n) == isUnknown {
		return f.set(n, v)
	}
	return f
}

// results returns what is known of each result of a call.
func (w *walker) results(call *ast.CallExpr, f facts) []value {
	if w.op != nil && call == w.op.node {
		return w.world.results
	}
	if vals, ok := w.others[call]; ok {
		return vals
	}
	tv := w.info.Types[call.Fun]
	if tv.IsType() && len(call.Args) == 1 {
		return []value{w.eval(call.Args[0], f)}
	}
	if tv.IsBuiltin() {
		return w.builtin(call, f)
	}
	if makesError(w.info, call) {
		return []value{isNonZero}
	}
	return w.derived(call, f)
}

func (w *walker) builtin(call *ast.CallExpr, f facts) []value {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok {
		return nil
	}
	switch id.Name {
	case "len":
		switch v := w.eval(call.Args[0], f); {
		case v == isZero:
			return []value{isZero}
		case v == isNonZero && isErrorLike(w.info.TypeOf(call.Args[0])):
			return []value{{kind: positive}}
		}
	case "append":
		if len(call.Args) > 1 && !call.Ellipsis.IsValid() {
			return []value{isNonZero}
		}
	case "new", "make":
		return []value{isNonZero}
	}
	return nil
}

// derived returns the results of a call that is given an error: a wrapper, a
// predicate, a classifier. Of no error they make no error, false or 0; of an
// error a wrapper makes an error. A function of this package is read instead.
func (w *walker) derived(call *ast.CallExpr, f facts) []value {
	given := isUnknown
	var args []value
	for _, arg := range call.Args {
		v := w.eval(arg, f)
		args = append(args, v)
		if isErrorLike(w.info.TypeOf(arg)) && given == isUnknown && !isSentinel(w.info, arg) {
			given = v
		}
	}
	if fn := w.pkg.Callee(call); fn != nil && (given != isUnknown || w.depth > 0) {
		return w.judge.returns(fn, args, w.depth)
	}
	if given != isZero && given != isNonZero {
		return nil
	}
	if isErrorsIs(w.info, call) {
		return []value{truthValue(equal(args[0], args[1]))}
	}
	var vals []value
	for _, t := range resultTypes(w.info, call) {
		switch {
		case given == isZero && isSmall(t):
			vals = append(vals, isZero)
		case isErrorLike(t):
			vals = append(vals, given)
		default:
			vals = append(vals, isUnknown)
		}
	}
	return vals
}

func isErrorsIs(info *types.Info, call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	return ok && fn.FullName() == "errors.Is" && len(call.Args) == 2
}

func isSmall(t types.Type) bool {
	_, basic := t.Underlying().(*types.Basic)
	return basic || isErrorLike(t)
}

// isSentinel reports whether e is a package-level variable, such as io.EOF.
func isSentinel(info *types.Info, e ast.Expr) bool {
	var id *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return false
	}
	v, ok := info.ObjectOf(id).(*types.Var)
	return ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
}

// makesError reports whether call makes a new error out of a text, or out of a
// sentinel by a method of it.
func makesError(info *types.Info, call *ast.CallExpr) bool {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && isErrorLike(info.TypeOf(call)) {
		if isErrorLike(info.TypeOf(sel.X)) && isSentinel(info, sel.X) {
			return true
		}
	}
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Signature().Recv() != nil {
		return false
	}
	switch path := fn.Pkg().Path(); fn.Name() {
	case "New", "Errorf":
		return path == "fmt" || path == "errors" || strings.HasSuffix(path, "/errors") || strings.HasSuffix(path, "/xerrors")
	case "Error":
		return path == "google.golang.org/grpc/status"
	}
	return false
}

// resultTypes returns the types of what call returns.
func resultTypes(info *types.Info, call ast.Expr) []types.Type {
	switch t := info.TypeOf(call).(type) {
	case nil:
		return nil
	case *types.Tuple:
		var list []types.Type
		for v := range t.Variables() {
			list = append(list, v.Type())
		}
		return list
	default:
		return []types.Type{t}
	}
}
