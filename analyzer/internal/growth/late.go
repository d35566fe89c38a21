package growth

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// late reports whether cmp becomes when, and stays so, as time goes by: it
// compares the clock with a point in time, or with how much may pass.
func (ev *evaluator) late(cmp *ast.BinaryExpr, when bool) bool {
	direction := ev.rises(cmp.X, 0) - ev.rises(cmp.Y, 0)
	switch cmp.Op {
	case token.GTR, token.GEQ:
		return becomes(direction, when)
	case token.LSS, token.LEQ:
		return becomes(-direction, when)
	}
	return false
}

// lateCall is late for x.After(y) and x.Before(y).
func (ev *evaluator) lateCall(call *ast.CallExpr, when bool) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) != 1 || !isNamed(ev.info.TypeOf(sel.X), "time", "Time") {
		return false
	}
	direction := ev.rises(sel.X, 0) - ev.rises(call.Args[0], 0)
	switch sel.Sel.Name {
	case "After":
		return becomes(direction, when)
	case "Before":
		return becomes(-direction, when)
	}
	return false
}

// becomes reports whether `x > 0` becomes when, if x moves in that direction.
func becomes(direction int, when bool) bool {
	return direction > 0 && when || direction < 0 && !when
}

// rises tells how e moves as time goes by from pass to pass: 1 up, like
// time.Now(), -1 down, like time.Until(t), 0 not at all as far as can be seen.
func (ev *evaluator) rises(e ast.Expr, depth int) int {
	if depth++; depth > maxDepth {
		return 0
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		switch {
		case e.Op == token.SUB:
			return -ev.rises(e.X, depth)
		case e.Op == token.ARROW && isNamed(ev.info.TypeOf(e), "time", "Time"):
			return 1
		}
	case *ast.BinaryExpr:
		x, y := ev.rises(e.X, depth), ev.rises(e.Y, depth)
		switch e.Op {
		case token.ADD, token.MUL:
			return sign(x + y)
		case token.SUB:
			return sign(x - y)
		case token.QUO:
			return x
		}
	case *ast.Ident:
		return ev.variableRises(ev.object(e), e.Pos(), depth)
	case *ast.CallExpr:
		return ev.callRises(e, depth)
	}
	return 0
}

// variableRises is rises for the variable obj at use: what it is given before
// on the same pass decides, or else what all passes give it.
func (ev *evaluator) variableRises(obj types.Object, use token.Pos, depth int) int {
	defs := ev.inside(ev.defsOf(obj))
	i := killer(defs, use)
	if i >= 0 {
		defs = defs[i : i+1]
	} else if obj == nil || !ev.outlives(obj) {
		return 0
	}
	direction := 0
	for n, d := range defs {
		if d.op != token.ASSIGN || d.index > 0 || d.rhs == nil || d.loop != nil || d.dead {
			return 0
		}
		if i < 0 && !ev.eachPass(d) {
			return 0 // have: if first.IsZero() { first = time.Now() }
		}
		next := ev.rises(d.rhs, depth)
		if n > 0 && next != direction {
			return 0
		}
		direction = next
	}
	return direction
}

// callRises is rises for a call. Clocks have the names of package time.
func (ev *evaluator) callRises(call *ast.CallExpr, depth int) int {
	name := code.LastName(call.Fun)
	if len(call.Args) == 0 && isNamed(ev.info.TypeOf(call), "time", "Time") && strings.HasSuffix(strings.ToLower(name), "now") {
		return 1
	}
	var arg int
	if len(call.Args) == 1 {
		arg = ev.rises(call.Args[0], depth)
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	switch {
	case ev.info.Types[call.Fun].IsType():
		return arg
	case ok && isNamed(ev.info.TypeOf(sel.X), "time", "Time", "Duration"):
		if name == "Sub" {
			arg = -arg
		}
		return sign(ev.rises(sel.X, depth) + arg)
	case !isDuration(ev.info.TypeOf(call)):
		return 0
	case name == "Since":
		return sign(1 - arg)
	case name == "Until":
		return sign(arg - 1)
	}
	return 0
}

func sign(n int) int { return max(-1, min(n, 1)) }
