package growth

import (
	"go/ast"
	"go/token"
)

// A foreignFunc gives the result of a call of a function whose body is not at hand.
type foreignFunc func(ev *evaluator, call *ast.CallExpr) value

// knownFuncs returns the functions of the standard library that delays are
// computed with, by "package.Name", or "package.Type.Name" for methods.
func knownFuncs() map[string]foreignFunc {
	known := map[string]foreignFunc{
		"math.Pow":   func(ev *evaluator, c *ast.CallExpr) value { return ev.power(c.Args) },
		"math.Exp2":  func(ev *evaluator, c *ast.CallExpr) value { return ev.exponent(c.Args[0]) },
		"math.Exp":   func(ev *evaluator, c *ast.CallExpr) value { return ev.exponent(c.Args[0]) },
		"math.Ldexp": func(ev *evaluator, c *ast.CallExpr) value { return ev.op(token.SHL, c.Args) },
		"math.Min":   func(ev *evaluator, c *ast.CallExpr) value { return ev.fold(least, c.Args) },
		"math.Max":   func(ev *evaluator, c *ast.CallExpr) value { return ev.fold(most, c.Args) },
		"math.Ceil":  first, "math.Floor": first, "math.Round": first, "math.Trunc": first, "math.Abs": first,

		"time.Until":         ifServer,
		"time.ParseDuration": parsed,
		"strconv.Atoi":       parsed, "strconv.ParseInt": parsed, "strconv.ParseFloat": parsed, "strconv.ParseUint": parsed,
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
	return known
}

// parsed returns the value of what a text says, which is no expression of that type.
func parsed(ev *evaluator, c *ast.CallExpr) value {
	v := first(ev, c)
	v.base, v.cap = nil, nil
	return v
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
	if len(c.Args) == 0 {
		return value{}
	}
	if v := ev.expr(c.Args[len(c.Args)-1]); fixed(v) {
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
	v.base, v.scaled = nil, false
	if n := ev.number(args[0]); n > 1 && y.kind == Linear {
		v.rate = n
	}
	return v
}

// exponent returns the value of a fixed number to the power of e.
func (ev *evaluator) exponent(e ast.Expr) value {
	v := combine(powOp, value{kind: Constant}, ev.expr(e), 0, 0)
	v.base, v.scaled, v.rate = nil, false, 2 // or more
	return v
}
