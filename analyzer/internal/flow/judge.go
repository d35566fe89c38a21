// Package flow tells why a cycle goes round. It follows the control flow from
// an operation in two worlds, one where the operation failed and one where it
// succeeded: a retry comes back to the operation after a delay in the first
// only.
package flow

import (
	"go/ast"
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
	NoOperation  Reason = iota // nothing in the cycle tells failure from success
	OnlyFailure                // the delay comes after failure only
	AfterSuccess               // the delay comes after success too
	FailureEnds                // a failure does not come back to the operation after a delay
	OtherItem                  // the next pass works on another item
	TooComplex                 // the ways through the cycle are too many
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
	waits   map[ast.Node]bool // every delay of the package
	touches map[ast.Node][]path
	calls   map[string][]value // what functions return, by function and arguments
	reads   map[ast.Node][]world
}

// NewJudge returns a judge of the sites, all of one package.
func NewJudge(pkg *source.Package, graphs *graph.Set, sites []*site.Site) *Judge {
	j := &Judge{pkg: pkg, graphs: graphs, waits: make(map[ast.Node]bool)}
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
	sp := &spots{delays: make(map[graph.Point]int), returns: make(map[graph.Point]bool)}
	for i, d := range s.Delays {
		if at, ok := g.Find(d.Node); ok {
			sp.delays[at] = i + 1
		}
	}
	switch s.Cycle.(type) {
	case *ast.FuncDecl, *ast.FuncLit:
		for _, b := range g.Blocks {
			for i, n := range b.Nodes {
				if j.callsFunc(n, s.Func.Obj) {
					sp.returns[graph.Point{Block: b, Index: i}] = true
				}
			}
		}
	}
	return sp
}

func (j *Judge) callsFunc(n ast.Node, obj types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if fn := j.pkg.Callee(call); fn != nil && fn.Obj == obj {
				found = true
			}
		}
		return !found
	})
	return found
}

// A trial judges one site.
type trial struct {
	judge *Judge
	site  *site.Site
	w     *walker
}

// decide tries every operation: one that is repeated after its failure only is
// enough.
func (t *trial) decide(ops []*operation) Verdict {
	v := Verdict{Intent: Unknown, Reason: NoOperation, Delay: t.site.Delays[0]}
	all := t.allSucceed(ops)
	for _, op := range ops {
		next := t.try(op, all)
		if next.Intent == Retry {
			return next
		}
		if rank[next.Reason] > rank[v.Reason] {
			v = next
		}
	}
	if v.Reason != OnlyFailure && v.Reason != TooComplex {
		v.Intent = t.calm()
	}
	return v
}

// rank orders the reasons by how much they tell of a site.
var rank = [...]int{NoOperation: 0, FailureEnds: 1, TooComplex: 2, AfterSuccess: 3, OtherItem: 4, OnlyFailure: 5}

// try judges one operation.
func (t *trial) try(op *operation, all reach) Verdict {
	v := Verdict{Intent: Unknown, Operation: op.node, Delay: t.site.Delays[0]}
	failed := t.fail(op)
	if failed == 0 {
		v.Reason = FailureEnds
		return v
	}
	v.Delay = t.site.Delays[failed-1]
	good := t.succeed(op)
	switch {
	case good.delayed == 0 && !good.out:
	case all.delayed == 0 && !all.out:
		good = reach{again: all.again}
	case good.out:
		v.Reason = TooComplex
		return v
	default:
		v.Reason = AfterSuccess
		v.Delay = t.site.Delays[good.delayed-1]
		return v
	}
	v.Reason, v.Intent = OnlyFailure, Retry
	if good.again {
		v.Intent = Reconnect
		if t.otherItem(op) {
			v.Reason, v.Intent = OtherItem, Pace
		}
	}
	return v
}

// fail returns 1 + the index of the delay that comes between a failure of op
// and the next pass, or 0.
func (t *trial) fail(op *operation) int {
	for _, world := range op.failing {
		w := t.w.fork()
		w.op, w.world = op, world
		r := w.walk(nil)
		if r.delayed > 0 && (!world.looks || r.looked) {
			return r.delayed
		}
	}
	return 0
}

// succeed returns what is reached where op succeeded.
func (t *trial) succeed(op *operation) reach {
	if t.judge.neverSucceeds(op) {
		return reach{again: true} // it goes on for as long as all is well
	}
	var best reach
	for i, world := range op.success {
		w := t.w.fork()
		w.op, w.world = op, world
		r := w.walk(nil)
		if i == 0 || best.delayed > 0 || best.out {
			best = r
		}
	}
	return best
}

// allSucceed walks one pass in which every operation succeeds. Several
// operations, each of which is a reason for another pass, are told only so.
func (t *trial) allSucceed(ops []*operation) reach {
	if len(ops) < 2 {
		return reach{out: true}
	}
	w := t.w.fork()
	w.others = make(map[*ast.CallExpr][]value)
	for _, op := range ops {
		if call, ok := op.node.(*ast.CallExpr); ok && len(op.success) == 1 {
			w.others[call] = op.success[0].results
		}
	}
	return w.walk(nil)
}

// otherItem reports whether op works on what a range over different items gives
// it, so that the next pass is not the same attempt again.
func (t *trial) otherItem(op *operation) bool {
	loop, ok := t.site.Cycle.(*ast.RangeStmt)
	if !ok {
		return false
	}
	items := make(map[types.Object]bool)
	for _, e := range []ast.Expr{loop.Key, loop.Value} {
		if id, ok := e.(*ast.Ident); ok {
			items[t.judge.pkg.Info.ObjectOf(id)] = true
		}
	}
	uses := false
	ast.Inspect(op.node, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && items[t.judge.pkg.Info.ObjectOf(id)] {
			uses = true
		}
		return !uses
	})
	return uses
}

// calm tells the intents apart that do not answer a failure.
func (t *trial) calm() Intent {
	switch loop := t.site.Cycle.(type) {
	case *ast.RangeStmt:
		return Pace
	case *ast.ForStmt:
		if loop.Cond != nil && loop.Post != nil {
			return Pace
		}
		if loop.Cond != nil {
			return Poll
		}
	}
	if t.endsByState() {
		return Poll
	}
	return Periodic
}

// endsByState reports whether a condition inside the cycle ends it, other than
// one about an error.
func (t *trial) endsByState() bool {
	for _, b := range t.w.graph.Blocks {
		if !t.w.cycle.Holds(b) || !isCondition(b) || t.aboutError(b.Nodes[len(b.Nodes)-1]) {
			continue
		}
		for _, next := range b.Succs {
			if !t.w.cycle.Holds(next) || next != t.w.cycle.Head && !t.w.cycle.Returns(graph.Point{Block: next}) {
				return true
			}
		}
	}
	return false
}

func (t *trial) aboutError(n ast.Node) bool {
	about := false
	ast.Inspect(n, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && isErrorLike(t.judge.pkg.Info.TypeOf(e)) {
			about = true
		}
		return !about
	})
	return about
}
