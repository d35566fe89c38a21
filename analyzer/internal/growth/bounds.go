package growth

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// Bounds says what ends the attempts of a site other than success or a final
// failure. Several may; where nothing does, all fields are zero.
type Bounds struct {
	N        int64    // attempts at most; 0 if the number is not known
	Limit    ast.Expr // attempts at most are Limit+Offset; nil if no expression gives them
	Offset   int64
	Before   bool // N or Limit counts an attempt that stands before the loop
	Counted  bool // the attempts are counted, even if neither N nor Limit tells their number
	Deadline bool // a point in time, or a time that may pass
	Context  bool // a context
	Stop     bool // a channel or flag that says stop
}

// Stops reports whether the attempts end when something else says so.
func (b Bounds) Stops() bool { return b.Context || b.Stop }

// None reports whether nothing ends the attempts.
func (b Bounds) None() bool { return !b.Counted && !b.Deadline && !b.Stops() }

// ends reports whether a count or a point in time ends the attempts.
func (b Bounds) ends() bool { return b.Counted || b.Deadline }

// String returns what ends the attempts in words: "3 attempts, a context" or
// "at most max attempts".
func (b Bounds) String() string { return b.Of("attempt") }

// Of is String where something else than attempts is counted, named by noun.
func (b Bounds) Of(noun string) string {
	var parts []string
	switch {
	case b.N == 1:
		parts = append(parts, "1 "+noun)
	case b.N > 0:
		parts = append(parts, strconv.FormatInt(b.N, 10)+" "+noun+"s")
	case b.Limit != nil && b.Offset != 0:
		parts = append(parts, fmt.Sprintf("at most %s%+d %ss", types.ExprString(b.Limit), b.Offset, noun))
	case b.Limit != nil:
		parts = append(parts, "at most "+types.ExprString(b.Limit)+" "+noun+"s")
	case b.Counted:
		parts = append(parts, "a count of "+noun+"s")
	}
	if b.Context {
		parts = append(parts, "a context")
	}
	if b.Stop {
		parts = append(parts, "a signal to stop")
	}
	if b.Deadline {
		parts = append(parts, "a deadline")
	}
	if len(parts) == 0 {
		return "no bound"
	}
	return strings.Join(parts, ", ")
}

// Bounds returns what ends the attempts of s.
func (a *Analysis) Bounds(s *site.Site) Bounds {
	b, ok := a.bounds[s]
	if !ok {
		b = a.boundsOf(s)
		if a.bounds == nil {
			a.bounds = make(map[*site.Site]Bounds)
		}
		a.bounds[s] = b
	}
	return b
}

func (a *Analysis) boundsOf(s *site.Site) Bounds {
	ev := a.evaluator(s)
	var b Bounds
	ev.header(&b)
	first := (b.N > 0 || b.Limit != nil) && ev.attemptBefore()
	for _, x := range ev.exits() {
		ev.exit(x, &b)
	}
	ev.waiters(&b)
	if b.Counted && b.N == 0 && !code.OfPackage(ev.info, b.Limit) {
		if run, ok := a.counted(s); ok && run.ended && run.passes > 1 {
			b.N, b.Limit, b.Offset = run.passes, nil, 0
			if run.early {
				b.N--
			}
		}
	}
	if first && b.N > 0 {
		b.N++
	} else if first && b.Limit != nil {
		b.Offset++
	}
	b.Before = first
	return b
}

// counted runs the cycle of s, which may draw its delays at random: as long as how often it goes
// round does not depend on that.
func (a *Analysis) counted(s *site.Site) (*run, bool) {
	run, ok := a.simulate(s)
	if ok || len(s.Delays) != 1 {
		return run, ok
	}
	mean, ok := a.draw(s, 0.5)
	longest, drawn := a.draw(s, 1)
	return longest, ok && drawn && mean.passes == longest.passes && mean.early == longest.early
}

// exit notes what decides x.
func (ev *evaluator) exit(x exit, b *Bounds) {
	if x.comm != nil {
		ev.comm(x.comm, b)
		return
	}
	ev.asks(x.init, b)
	ev.asks(x.cond, b)
	ev.leaving(x.cond, x.when, b)
}

// leaving notes the count and the time that end the cycle, if it ends where
// cond is when.
func (ev *evaluator) leaving(cond ast.Expr, when bool, b *Bounds) {
	switch e := ast.Unparen(cond).(type) {
	case *ast.Ident, *ast.SelectorExpr:
		ev.leavingFlag(e, when, b)
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			ev.leaving(e.X, !when, b)
		}
	case *ast.CallExpr:
		b.Deadline = b.Deadline || ev.lateCall(e, when)
		ev.predicate(e, when, b)
	case *ast.BinaryExpr:
		switch {
		case e.Op == token.LAND && when, e.Op == token.LOR && !when:
			ev.leavingBoth(e, when, b)
		case e.Op == token.LAND, e.Op == token.LOR:
			ev.leaving(e.X, when, b)
			ev.leaving(e.Y, when, b)
		default:
			b.Counted = b.Counted || ev.compareCount(e) || ev.outgrows(e, when)
			b.Deadline = b.Deadline || ev.late(e, when)
		}
	}
}

// leavingBoth notes what ends the cycle where both operands of e are when: a
// side counts only if the other does not hold it up for ever.
func (ev *evaluator) leavingBoth(e *ast.BinaryExpr, when bool, b *Bounds) {
	var x, y Bounds
	ev.leaving(e.X, when, &x)
	ev.leaving(e.Y, when, &y)
	if x.ends() && (!y.None() || ev.idle(e.Y)) {
		b.Counted, b.Deadline = b.Counted || x.Counted, b.Deadline || x.Deadline
	}
	if y.ends() && (!x.None() || ev.idle(e.X)) {
		b.Counted, b.Deadline = b.Counted || y.Counted, b.Deadline || y.Deadline
	}
}

// compareCount reports whether cmp compares a count with something else.
func (ev *evaluator) compareCount(cmp *ast.BinaryExpr) bool {
	return code.IsComparison(cmp.Op) && ev.counts(cmp.X) != ev.counts(cmp.Y) &&
		ev.expr(cmp.X).kind != Unknown && ev.expr(cmp.Y).kind != Unknown
}

// predicate notes what ends the cycle in a short function of this package that
// call reaches, if the cycle ends where its result is when.
func (ev *evaluator) predicate(call *ast.CallExpr, when bool, b *Bounds) {
	fn := ev.pkg.Callee(call)
	if fn == nil || !code.IsBool(ev.info.TypeOf(call)) || len(fn.Body.List) > maxPredicate {
		return
	}
	ev.within(fn, call, func() {
		for _, f := range forks(fn.Body) {
			if ret := soleReturn(f.then); ret != nil && len(ret.Results) == 1 {
				if v := ev.info.Types[ret.Results[0]].Value; v != nil {
					ev.leaving(f.cond, code.IsTrue(v) == when, b)
				}
			}
		}
		if ret := soleReturn(fn.Body.List[max(0, len(fn.Body.List)-1):]); ret != nil && len(ret.Results) == 1 {
			ev.leaving(ret.Results[0], when, b)
		}
	})
}

// maxPredicate is how many statements a function has that is read as a condition.
const maxPredicate = 3

// idle reports whether the condition e holds nothing up: it is about the
// failure itself, says stop, or is the same on each pass.
func (ev *evaluator) idle(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return ev.idle(e.X)
		}
	case *ast.BinaryExpr:
		if e.Op == token.LAND || e.Op == token.LOR {
			return ev.idle(e.X) && ev.idle(e.Y)
		}
	case *ast.Ident: // have: ok := op()
		for _, d := range ev.inside(ev.defsOf(ev.object(e))) {
			if _, ok := d.rhs.(*ast.CallExpr); ok {
				return true
			}
		}
	}
	var stop Bounds
	ev.asks(e, &stop)
	return stop.Stops() || ev.aboutReply(e) || ev.unchanged(e)
}

// aboutReply reports whether e looks at an error or at an answer.
func (ev *evaluator) aboutReply(e ast.Expr) bool {
	return code.Any(e, func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		return ok && code.IsReply(ev.info.TypeOf(x))
	})
}

// unchanged reports whether nothing in e changes in the cycle.
func (ev *evaluator) unchanged(e ast.Expr) bool {
	return !code.Any(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
			return !ev.info.Types[n.Fun].IsType() && !(ok && isNamed(ev.info.TypeOf(sel.X), "time", "Time", "Duration"))
		case *ast.Ident:
			obj := ev.object(n)
			return obj != nil && (len(ev.inside(ev.defsOf(obj))) > 0 || !ev.outlives(obj) && !ev.bound(obj))
		}
		return false
	})
}

// bound reports whether obj is a parameter of a function that is being read.
func (ev *evaluator) bound(obj types.Object) bool {
	v, ok := ev.args[obj]
	return ok && fixed(v)
}
