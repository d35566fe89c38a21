package growth

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// known gives the results of functions of the standard library that delays are
// computed with, by "package.Name", or "package.Type.Name" for methods.
var known map[string]func(ev *evaluator, call *ast.CallExpr) value

func init() {
	known = map[string]func(ev *evaluator, call *ast.CallExpr) value{
		"math.Pow":   func(ev *evaluator, c *ast.CallExpr) value { return ev.power(c.Args) },
		"math.Exp2":  func(ev *evaluator, c *ast.CallExpr) value { return ev.exponent(c.Args[0]) },
		"math.Exp":   func(ev *evaluator, c *ast.CallExpr) value { return ev.exponent(c.Args[0]) },
		"math.Ldexp": func(ev *evaluator, c *ast.CallExpr) value { return ev.op(token.SHL, c.Args) },
		"math.Min":   func(ev *evaluator, c *ast.CallExpr) value { return ev.fold(least, c.Args) },
		"math.Max":   func(ev *evaluator, c *ast.CallExpr) value { return ev.fold(most, c.Args) },
		"math.Ceil":  first, "math.Floor": first, "math.Round": first, "math.Trunc": first, "math.Abs": first,

		"time.Until":         ifServer,
		"time.ParseDuration": first,
		"strconv.Atoi":       first, "strconv.ParseInt": first, "strconv.ParseFloat": first, "strconv.ParseUint": first,
		"strings.TrimSpace": first, "time.Parse": last, "net/http.ParseTime": first,

		"time.Duration.Nanoseconds": receiver, "time.Duration.Microseconds": receiver,
		"time.Duration.Milliseconds": receiver, "time.Duration.Seconds": receiver, "time.Duration.Minutes": receiver,
		"time.Duration.Hours": receiver, "time.Duration.Round": receiver, "time.Duration.Truncate": receiver,
		"time.Duration.Abs": receiver, "math/big.Int.Int64": receiver, "math/big.Int.Uint64": receiver,
		"math/big.NewInt": first, "time.Time.UnixNano": receiver, "time.Time.Nanosecond": receiver,
		"time.Now": unknown, "time.Since": unknown, "time.Time.Sub": unknown, "time.Time.Unix": receiver,

		"net/http.Header.Get": header, "net/textproto.MIMEHeader.Get": header, "net/http.Header.Values": header,
	}
	for _, name := range []string{"Int32", "Int64", "Uint32", "Uint64"} {
		known["sync/atomic."+name+".Add"] = counter
		known["sync/atomic.Add"+name] = counter
		known["sync/atomic."+name+".Load"] = receiver
	}
}

func first(ev *evaluator, c *ast.CallExpr) value { return ev.expr(c.Args[0]) }
func last(ev *evaluator, c *ast.CallExpr) value  { return ev.expr(c.Args[len(c.Args)-1]) }
func unknown(*evaluator, *ast.CallExpr) value    { return value{} }

func receiver(ev *evaluator, c *ast.CallExpr) value {
	if sel, ok := ast.Unparen(c.Fun).(*ast.SelectorExpr); ok {
		return ev.expr(sel.X)
	}
	return value{}
}

// ifServer returns Server for what was computed from an answer, else Unknown.
func ifServer(ev *evaluator, c *ast.CallExpr) value {
	if v := ev.expr(c.Args[0]); v.kind == Server && v.self == nil {
		return v
	}
	return value{}
}

func header(*evaluator, *ast.CallExpr) value { return value{kind: Server} }

// counter is an atomic that is counted up: it returns a new number each time.
func counter(ev *evaluator, c *ast.CallExpr) value {
	if v := ev.expr(c.Args[len(c.Args)-1]); v.kind == Constant && v.self == nil {
		return value{kind: Linear}
	}
	return value{}
}

func (ev *evaluator) op(op token.Token, args []ast.Expr) value {
	if len(args) != 2 {
		return value{}
	}
	return combine(op, ev.expr(args[0]), ev.expr(args[1]), ev.number(args[0]), ev.number(args[1]))
}

// power returns the value of math.Pow; a power of a recurrence is not followed.
func (ev *evaluator) power(args []ast.Expr) value {
	if len(args) != 2 {
		return value{}
	}
	x, y := ev.expr(args[0]), ev.expr(args[1])
	if n := ev.number(args[1]); x.self == nil && y.kind == Constant && growing.has(x.kind) && n <= 1 {
		if n == 1 {
			return x
		}
		return value{}
	}
	if n := ev.number(args[0]); y.self == nil && growing.has(y.kind) && n <= 1 {
		return value{} // does not grow
	}
	v := combine(powOp, x, y, 0, 0)
	v.base = nil
	return v
}

// exponent returns the value of a fixed number to the power of e.
func (ev *evaluator) exponent(e ast.Expr) value {
	v := combine(powOp, value{kind: Constant}, ev.expr(e), 0, 0)
	v.base = nil
	return v
}

// foreign returns the value of a call whose body is not at hand.
func (ev *evaluator) foreign(call *ast.CallExpr, i int) value {
	fn, ok := typeutil.Callee(ev.info, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return value{} // a func value
	}
	if isRandom(fn) {
		return ev.random(call)
	}
	if f := known[funcName(fn)]; f != nil {
		if recvOf(fn) == nil && len(call.Args) == 0 && fn.Name() != "Now" || i > 0 {
			return value{}
		}
		return f(ev, call)
	}
	if i > 0 {
		return value{}
	}
	return ev.getter(fn, call)
}

func recvOf(fn *types.Func) *types.Var {
	sig, _ := fn.Type().(*types.Signature)
	if sig == nil {
		return nil
	}
	return sig.Recv()
}

// funcName returns the key of fn in known.
func funcName(fn *types.Func) string {
	name := fn.Pkg().Path() + "."
	if recv := recvOf(fn); recv != nil {
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

// isRandom reports whether fn is of a package of random numbers. Such packages
// wrap math/rand under their own names, so the name decides.
func isRandom(fn *types.Func) bool {
	if p := fn.Pkg().Path(); !strings.Contains(path.Base(p), "rand") && path.Dir(p) != "math/rand" {
		return false
	}
	sig, _ := fn.Type().(*types.Signature)
	return sig != nil && sig.Results().Len() > 0
}

// random returns the value of a random number, whose last argument is its limit.
func (ev *evaluator) random(call *ast.CallExpr) value {
	v := value{kind: Constant}
	for _, arg := range call.Args {
		if isNumeric(ev.info.TypeOf(arg)) {
			v = ev.expr(arg)
		}
	}
	switch {
	case v.self != nil:
		v.factor, v.jittered = v.factor/2, true // on average
	case v.kind == Constant:
		return value{kind: Random}
	case v.kind != Random && v.kind != Unknown:
		v.jittered = true
	}
	return v
}

// getter returns the value of a call of another package's function: constant
// where nothing it is given changes and it is not evidently stateful.
func (ev *evaluator) getter(fn *types.Func, call *ast.CallExpr) value {
	worst := value{kind: Constant, base: call}
	for _, arg := range call.Args {
		t := ev.info.TypeOf(arg)
		switch {
		case reply(t) || asksRetryAfter(ev.info, arg):
			return value{kind: Server}
		case isNamed(t, "context", "Context"):
		default:
			if v := ev.expr(arg); v.self != nil || v.kind != Constant {
				worst = v
			}
		}
	}
	switch {
	case strings.Contains(strings.ToLower(fn.Name()), "jitter"):
		return ev.spread(call)
	case worst.self == nil && worst.kind == Server:
		return value{kind: Server}
	case worst.self != nil || worst.kind != Constant || stateful(fn):
		return value{}
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && recvOf(fn) != nil {
		if from := ev.origin(sel.X); from != Constant {
			return value{kind: from}
		}
	}
	if names := strings.ToLower(fn.Name()); strings.Contains(names, "retryafter") {
		return value{kind: Server}
	}
	return worst
}

// spread returns the value of a function that adds jitter to a duration.
func (ev *evaluator) spread(call *ast.CallExpr) value {
	for _, arg := range call.Args {
		if isDuration(ev.info.TypeOf(arg)) {
			v := ev.expr(arg)
			v.jittered = true
			return v
		}
	}
	return value{}
}

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
	for _, s := range steps {
		if strings.HasPrefix(name, s) {
			return true
		}
	}
	recv := recvOf(fn)
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

func isNumeric(t types.Type) bool {
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	if ok {
		return b.Info()&types.IsNumeric != 0
	}
	return isNamed(t, "math/big", "Int")
}
