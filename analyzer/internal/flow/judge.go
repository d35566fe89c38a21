// Package flow tells why a cycle goes round. It follows the control flow from
// an operation in two worlds, one where the operation failed and one where it
// succeeded: a retry comes back to the operation after a delay in the first
// only.
package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// An Intent is why a site goes round.
type Intent int

const (
	Unknown   Intent = iota // cannot be told
	Retry                   // the operation failed; success leaves the cycle
	Reconnect               // a service loop that waits only after a failure
	Poll                    // a state is not there yet
	Periodic                // every interval, whatever happened
	Pace                    // between one item and the next
)

func (i Intent) String() string {
	return [...]string{"unknown", "retry", "reconnect", "poll", "periodic", "pace"}[i]
}

// A Reason is what an intent was told from.
type Reason int

const (
	NoOperation      Reason = iota // nothing in the cycle tells failure from success
	OnlyFailure                    // the delay comes after failure only
	CountedRecursion               // the function calls itself with another count of attempts
	OtherDelay                     // success takes another delay
	LongerOnFailure                // the delay comes after success too, but only failure makes it longer
	AfterSuccess                   // the delay comes after success too
	FailureEnds                    // a failure does not come back to the operation after a delay
	OtherItem                      // the next pass works on another item
	TooComplex                     // the ways through the cycle are too many
)

// A Verdict is what the judge found of a site.
type Verdict struct {
	Intent    Intent
	Reason    Reason
	Operation ast.Node    // the operation that decides; nil if there is none
	Delay     *site.Delay // the delay that decides; the first one if none does
}

// A Judge judges the sites of one package.
type Judge struct {
	pkg     *source.Package
	graphs  *graph.Set
	lasts   Lasts
	waits   map[ast.Node]bool // every delay of the package
	touches map[ast.Node][]path
	calls   map[string][]value   // what functions return, by function and arguments
	reads   map[ast.Node][]world // the outcomes of functions that tell by a bool or a pointer
	never   map[ast.Node]bool    // functions that return only errors
}

// Lasts returns the expression that says how long a delay of a site lasts, or
// nil if none does.
type Lasts func(*site.Site, *site.Delay) ast.Expr

// NewJudge returns a judge of the sites, all of one package.
func NewJudge(pkg *source.Package, graphs *graph.Set, sites []*site.Site, lasts Lasts) *Judge {
	j := &Judge{pkg: pkg, graphs: graphs, lasts: lasts, waits: make(map[ast.Node]bool)}
	for _, s := range sites {
		for _, d := range s.Delays {
			j.waits[d.Node] = true
		}
	}
	return j
}

// Judge tells why s goes round.
func (j *Judge) Judge(s *site.Site) Verdict {
	g := j.graphs.Of(s.Func)
	c := g.Cycle(s.Cycle)
	if c == nil {
		return Verdict{Intent: Unknown, Reason: NoOperation, Delay: s.Delays[0]}
	}
	t := &trial{
		judge: j, site: s,
		w: &walker{judge: j, pkg: j.pkg, info: j.pkg.Info, graph: g, cycle: c, spots: j.spots(s, g)},
	}
	return t.decide(j.operations(g, c, 0))
}

// spots finds the site's delays in the graph and, for recursion, the calls that
// begin the next pass.
func (j *Judge) spots(s *site.Site, g *graph.Graph) *spots {
	sp := &spots{delays: make(map[graph.Point]delaySet), returns: make(map[graph.Point]bool)}
	for i, d := range s.Delays {
		if at, ok := g.Find(d.Node); ok {
			sp.delays[at] |= delayBit(i)
		}
	}
	switch s.Cycle.(type) {
	case *ast.FuncDecl, *ast.FuncLit:
		for _, b := range g.Blocks {
			for i, n := range b.Nodes {
				at := graph.Point{Block: b, Index: i}
				if s.Func.Obj != nil && site.Refers(j.pkg, n, s.Func.Obj) || j.comesBack(s, sp.delays[at]) {
					sp.returns[at] = true
				}
			}
		}
	}
	return sp
}

// comesBack reports whether one of the delays is a call of a function that
// waits and then calls the site's function again.
func (j *Judge) comesBack(s *site.Site, delays delaySet) bool {
	for i, d := range s.Delays {
		if delays&delayBit(i) != 0 && d.Waiter != nil && s.Func.Obj != nil && j.pkg.Calls(d.Waiter)[s.Func.Obj] {
			return true
		}
	}
	return false
}

// A trial judges one site.
type trial struct {
	judge *Judge
	site  *site.Site
	w     *walker
	ops   []*operation

	arms []map[ast.Node]bool // by delay, once they are asked for
	all  *reach              // of a pass in which every operation succeeds, likewise
}

// decide tries every operation: one that is repeated after its failure only is
// enough.
func (t *trial) decide(ops []*operation) Verdict {
	v := Verdict{Intent: Unknown, Reason: NoOperation, Delay: t.site.Delays[0]}
	t.ops = ops
	for _, op := range ops {
		if t.drains(op) {
			continue
		}
		next := t.try(op)
		if next.Intent == Retry {
			return next
		}
		if rank[next.Reason] > rank[v.Reason] {
			v = next
		}
	}
	if v.Intent == Unknown && v.Reason != TooComplex {
		v.Intent = t.calm()
	}
	return v
}

// rank orders the reasons by how much they tell of a site.
var rank = [...]int{NoOperation: 0, FailureEnds: 1, TooComplex: 2, AfterSuccess: 3, OtherItem: 4, LongerOnFailure: 5, OtherDelay: 6, CountedRecursion: 7, OnlyFailure: 8}

// try judges one operation.
func (t *trial) try(op *operation) Verdict {
	v := Verdict{Intent: Unknown, Operation: op.node, Delay: t.site.Delays[0]}
	sp := t.w.spots.without(t.w.graph, op)
	failed := t.fail(op, sp).delayed
	if failed == 0 {
		v.Reason = FailureEnds
		return t.orArmed(v, op, sp)
	}
	good := t.succeed(op, sp)
	if good.delayed != 0 {
		if all := t.allSucceed(); all.delayed == 0 && !all.out {
			good = all
		}
	}
	if good.out {
		v.Reason = TooComplex
		return v
	}
	only := failed &^ good.delayed
	if good.delayed == 0 {
		v.Reason, v.Intent = OnlyFailure, Retry
		if good.again {
			v.Intent = Reconnect
		}
	} else if only != 0 && t.differ(only, good.delayed) {
		v.Reason, v.Intent = OtherDelay, Reconnect
	} else if t.growsOnFailure(op, sp) {
		v.Reason, v.Intent, only = LongerOnFailure, Reconnect, failed
	} else if good.leaves && t.countsAttempts() {
		v.Reason, v.Intent, only = CountedRecursion, Retry, failed
	} else {
		v.Reason = AfterSuccess
		v.Delay = t.site.Delays[good.delayed.first()]
		return t.orArmed(v, op, sp)
	}
	if only != 0 {
		v.Delay = t.site.Delays[only.first()]
	}
	if v.Intent == Reconnect && t.otherItem(op) {
		v.Reason, v.Intent = OtherItem, Pace
	}
	return v
}

// orArmed returns v, unless a failure of op is what sets one of the timers.
func (t *trial) orArmed(v Verdict, op *operation, sp *spots) Verdict {
	if d := t.armedOnFailure(op, sp); d != nil {
		v.Reason, v.Intent, v.Delay = OnlyFailure, Reconnect, d
	}
	return v
}

// fail returns what is reached where op failed.
func (t *trial) fail(op *operation, sp *spots) reach {
	var found reach
	for _, world := range op.failing {
		w := t.w.fork()
		w.op, w.world, w.spots = op, world, sp
		r := w.walk(nil)
		if !world.looks || r.looked {
			found.delayed |= r.delayed
			found.armed = found.armed || r.armed
		}
	}
	return found
}

// succeed returns what is reached where op succeeded.
func (t *trial) succeed(op *operation, sp *spots) reach {
	var best reach
	for i, world := range op.success {
		w := t.w.fork()
		w.op, w.world, w.spots = op, world, sp
		r := w.walk(nil)
		if i == 0 || best.delayed > 0 || best.out {
			best = r
		}
	}
	if best.delayed != 0 && t.judge.neverSucceeds(op) {
		return reach{again: true} // it goes on for as long as all is well
	}
	return best
}

// differ reports whether the delays after failure are known to last otherwise
// than those after success: a job that waits for the same time in two places
// does not answer the failure.
func (t *trial) differ(failed, succeeded delaySet) bool {
	bad, ok1 := t.durations(failed)
	good, ok2 := t.durations(succeeded)
	for d := range bad {
		if good[d] {
			return false
		}
	}
	return ok1 && ok2
}

// durations returns how long the delays last, if that is known of all of them.
func (t *trial) durations(set delaySet) (map[string]bool, bool) {
	all := make(map[string]bool)
	for i, d := range t.site.Delays {
		if set&delayBit(i) == 0 {
			continue
		}
		e := t.judge.lasts(t.site, d)
		if e == nil {
			return nil, false
		}
		all[types.ExprString(e)] = true
	}
	return all, true
}

// growsOnFailure reports whether a delay that comes after success too grows, or
// is not set back, after failure only.
func (t *trial) growsOnFailure(op *operation, sp *spots) bool {
	b := t.judge.backoff(t.site, t.w.cycle, t.w.graph)
	if b == nil {
		return false
	}
	marked := *sp
	marked.backoff = b
	if t.fail(op, &marked).delayed == 0 {
		return false
	}
	good := t.succeed(op, &marked)
	return good.delayed == 0 && !good.out
}

// allSucceed walks one pass in which every operation succeeds. Several
// operations, each of which is a reason for another pass, are told only so.
func (t *trial) allSucceed() reach {
	if len(t.ops) < 2 {
		return reach{out: true}
	}
	if t.all != nil {
		return *t.all
	}
	w := t.w.fork()
	w.others = make(map[*ast.CallExpr][]value)
	for _, op := range t.ops {
		if call, ok := op.node.(*ast.CallExpr); ok && len(op.success) == 1 {
			w.others[call] = op.success[0].results
		}
	}
	r := w.walk(nil)
	t.all = &r
	return r
}

// otherItem reports whether the next pass is not the same attempt again: op
// works on what a range over different items gives it, or the passes are counted
// although success does not end them.
func (t *trial) otherItem(op *operation) bool {
	if loop, ok := t.site.Cycle.(*ast.ForStmt); ok && loop.Cond != nil && loop.Post != nil {
		return true
	}
	items := t.items()
	return len(items) > 0 && t.judge.uses(op.node, items)
}

// countsAttempts reports whether the site's function calls itself with a
// parameter that is one more or less: a count of attempts. Its condition need
// not be the outcome itself (a text that the operation printed), but what counts
// attempts does not wait for a state.
func (t *trial) countsAttempts() bool {
	if _, ok := t.site.Cycle.(*ast.FuncDecl); !ok {
		return false
	}
	counts := false
	ast.Inspect(t.site.Func.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return !counts
		}
		if fn := t.judge.pkg.Callee(call); fn == nil || fn.Obj != t.site.Func.Obj {
			return true
		}
		for _, arg := range call.Args {
			counts = counts || t.isStep(arg)
		}
		return !counts
	})
	return counts
}

// isStep reports whether e is a parameter of the site's function plus or minus 1.
func (t *trial) isStep(e ast.Expr) bool {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok || b.Op != token.ADD && b.Op != token.SUB {
		return false
	}
	one, ok := b.Y.(*ast.BasicLit)
	id, isID := ast.Unparen(b.X).(*ast.Ident)
	if !ok || !isID || one.Value != "1" {
		return false
	}
	obj := t.judge.pkg.Info.ObjectOf(id)
	return obj != nil && within(obj, t.site.Func.Type)
}
