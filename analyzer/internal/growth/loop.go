package growth

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/effort"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// simulate runs the cycle of s. It is not ok if s has several delays or one
// whose duration is not written there.
func (a *Analysis) simulate(s *site.Site) (*run, bool) {
	if len(s.Delays) != 1 {
		return nil, false
	}
	return a.draw(s, 0)
}

// maxRuns is how many runs are kept.
const maxRuns = 1024

// draw runs the cycle of s with random numbers that are a share of their limits, once.
func (a *Analysis) draw(s *site.Site, share float64) (*run, bool) {
	r, ok := a.runs[drawn{s, share}]
	if !ok {
		if r, ok = a.drawEach(s, share); ok {
			r.ev, r.known = nil, nil
		}
		a.runs = effort.Keep(a.runs, maxRuns, drawn{s, share}, r)
	}
	return r, r != nil
}

// drawAssuming is draw by the ways to one delay, where expressions are taken for numbers,
// each time anew.
func (a *Analysis) drawAssuming(s *site.Site, d *site.Delay, share float64, assumptions ...assumption) (*run, bool) {
	r := &run{ev: a.evaluator(s), delay: d, known: &memory{}, budget: a.left.Part(maxBudget), share: share, assumptions: assumptions}
	if !r.cycle(s) || r.failed || r.passes < 2 && len(r.waits) > 0 && !r.ended {
		return nil, false
	}
	return r, true
}

// cycle runs the cycle of s. It is false if that is none that can be run.
func (r *run) cycle(s *site.Site) bool {
	switch c := s.Cycle.(type) {
	case *ast.ForStmt:
		r.forLoop(c)
	case *ast.RangeStmt:
		r.rangeLoop(c)
	case *ast.LabeledStmt:
		list := following(s.Func.Body, c)
		r.loop(func() { r.pass(list) })
	default:
		return false
	}
	return true
}

// goesOn reports whether another pass is to be run.
func (r *run) goesOn() bool {
	return !r.failed && !r.ended && r.passes < maxPasses && !r.budget.Out()
}

// pass runs the body once and reports whether another pass follows.
func (r *run) pass(body []ast.Stmt) bool {
	r.passes++
	before := len(r.waits)
	r.decided, r.around = false, nil
	out := falls
	if len(body) > 0 && r.ev.asksFirst(body[0]) {
		out, body = r.list(body[:1]), body[1:]
		r.early = out != falls
	}
	if out == falls {
		out = r.list(body)
	}
	switch out {
	case leaves, breaks:
		if r.goesAround() {
			r.known = r.around.known
			return r.goesOn()
		}
		r.ended = true
		// A pass that waits and then leaves is not one that is tried again.
		if len(r.waits) > before && r.passes == 1 {
			r.failed = true
		}
	}
	return r.goesOn()
}

// asksFirst reports whether s, which a pass begins with, only asks whether there is to be
// another attempt: it makes none where it leaves.
func (ev *evaluator) asksFirst(s ast.Stmt) bool {
	x, ok := s.(*ast.IfStmt)
	return ok && x.Init == nil && x.Else == nil && code.Pure(ev.info, x.Cond) && !code.Any(x.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ExprStmt: // such as a log
			return false
		case *ast.CallExpr:
			return canTry(ev.info, n)
		}
		return false
	})
}

// canTry reports whether call gives an error, and does not just make it.
func canTry(info *types.Info, call *ast.CallExpr) bool {
	t := info.TypeOf(call)
	if tuple, ok := t.(*types.Tuple); ok && tuple.Len() > 0 {
		t = tuple.At(tuple.Len() - 1).Type()
	}
	return t != nil && code.IsError(t) && !code.MakesError(code.Callee(info, call))
}

func (r *run) forLoop(c *ast.ForStmt) {
	if c.Init != nil {
		r.stmt(c.Init)
	}
	r.loop(func() {
		if c.Cond != nil && code.IsFalse(r.expr(c.Cond)) {
			r.ended = true
		} else if r.pass(c.Body.List) && c.Post != nil {
			r.stmt(c.Post)
		}
	})
}

// loop runs passes for as long as another one follows. After one that changes nothing
// all are like it: they are not run, but taken for having been.
func (r *run) loop(pass func()) {
	for r.goesOn() {
		waits, count := len(r.waits), r.count
		r.known.changed = false
		pass()
		if r.goesOn() && !r.known.changed {
			again := maxPasses - r.passes
			r.waits = append(r.waits, slices.Repeat(r.waits[waits:], int(again))...)
			r.passes, r.count = maxPasses, r.count+again*(r.count-count)
		}
	}
}

func (r *run) rangeLoop(c *ast.RangeStmt) {
	t := r.ev.info.TypeOf(c.X)
	if t == nil {
		r.failed = true
		return
	}
	if items := r.items(c.X); items != nil {
		for i, item := range items {
			r.set(c.Key, constant.MakeInt64(int64(i)))
			r.set(c.Value, r.expr(item))
			if !r.pass(c.Body.List) {
				return
			}
		}
		r.ended = true
		return
	}
	n := r.expr(c.X)
	if _, ok := t.Underlying().(*types.Basic); !ok || n != nil && n.Kind() != constant.Int {
		r.failed = true // a list that is not written here, or a channel
		return
	}
	for i := int64(0); ; i++ {
		if n != nil && constant.Compare(constant.MakeInt64(i), token.GEQ, n) {
			r.ended = true
			return
		}
		r.set(c.Key, constant.MakeInt64(i))
		if !r.pass(c.Body.List) {
			return
		}
	}
}
