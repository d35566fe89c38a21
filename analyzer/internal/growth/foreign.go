package growth

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// foreign returns the value of a call whose body is not at hand.
func (ev *evaluator) foreign(call *ast.CallExpr, i int) value {
	fn, ok := typeutil.Callee(ev.info, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return value{} // a func value
	}
	if d := ev.durationArg(call); d != nil && i == 0 && saysJitter(fn) {
		v := ev.expr(d)
		v.jittered = v.kind != Random
		return v
	}
	if code.IsRandom(fn) {
		return ev.random(call)
	}
	if ev.known == nil {
		ev.known = knownFuncs()
	}
	if f := ev.known[funcName(fn)]; f != nil {
		if fn.Signature().Recv() == nil && len(call.Args) == 0 && fn.Name() != "Now" || i > 0 {
			return value{}
		}
		return f(ev, call)
	}
	if i > 0 {
		return value{}
	}
	v := ev.getter(fn, call)
	if v.kind == Unknown && v.self == nil {
		if fn := ev.abroad(call); fn != nil {
			return ev.enter(fn, call, i)
		}
	}
	return v
}

// funcName returns the key of fn in known.
func funcName(fn *types.Func) string {
	name := fn.Pkg().Path() + "."
	if recv := fn.Signature().Recv(); recv != nil {
		t := recv.Type()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		if named, ok := types.Unalias(t).(*types.Named); ok {
			name += named.Obj().Name() + "."
		}
	}
	return name + fn.Name()
}

// random returns the value of a random number, whose last argument is its limit.
func (ev *evaluator) random(call *ast.CallExpr) value {
	v := value{kind: Constant}
	for _, arg := range call.Args {
		if isNumeric(ev.info.TypeOf(arg)) {
			v = ev.expr(arg)
		}
	}
	return below(v)
}

// getter returns the value of a call of another package's function: constant
// where nothing it is given changes and it is not evidently stateful.
func (ev *evaluator) getter(fn *types.Func, call *ast.CallExpr) value {
	worst := value{kind: Constant, base: call}
	for _, arg := range call.Args {
		t := ev.info.TypeOf(arg)
		switch {
		case code.IsReply(t) || asksRetryAfter(ev.info, arg):
			return value{kind: Server}
		case code.IsContext(t):
		default:
			if v := ev.expr(arg); v.self != nil || v.kind != Constant {
				worst = v
			}
		}
	}
	switch {
	case worst.self == nil && worst.kind == Server:
		return value{kind: Server}
	case worst.self != nil || worst.kind != Constant || stateful(fn) || saysJitter(fn):
		return value{}
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && fn.Signature().Recv() != nil {
		if from := ev.origin(sel.X); from != Constant {
			return value{kind: from}
		}
	}
	if names := strings.ToLower(fn.Name()); strings.Contains(names, "retryafter") {
		return value{kind: Server}
	}
	return worst
}

// saysJitter reports whether fn is named after the random part it adds.
func saysJitter(fn *types.Func) bool { return strings.Contains(strings.ToLower(fn.Name()), "jitter") }

// asksRetryAfter reports whether e names the header that says when to come back.
func asksRetryAfter(info *types.Info, e ast.Expr) bool {
	tv, ok := info.Types[e]
	return ok && tv.Value != nil && tv.Value.Kind() == constant.String &&
		strings.EqualFold(constant.StringVal(tv.Value), "Retry-After")
}

// steps are parts of the names of functions that return something else each
// time they are called.
var steps = []string{"next", "step", "backoff", "advance"}

// stateful reports whether fn is evidently a policy that changes with each
// call: by its name, or since what it is a method of can be reset.
func stateful(fn *types.Func) bool {
	name := strings.ToLower(fn.Name())
	if slices.ContainsFunc(steps, func(s string) bool { return strings.HasPrefix(name, s) }) {
		return true
	}
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	for _, reset := range []string{"Reset", "Next", "NextBackOff"} {
		obj, _, _ := types.LookupFieldOrMethod(recv.Type(), true, fn.Pkg(), reset)
		if _, ok := obj.(*types.Func); ok {
			return true
		}
	}
	return false
}

func isNumeric(t types.Type) bool { return code.IsNumeric(t) || isNamed(t, "math/big", "Int") }
