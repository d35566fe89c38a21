package flow

import (
	"go/ast"

	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// OnlyFailed returns those of some nodes of a site that run after a failure of the
// operation of v, and not after its success.
func (j *Judge) OnlyFailed(s *site.Site, v Verdict, nodes []ast.Node) (only []ast.Node) {
	j.graphs.Trim()
	g := j.graphs.Of(s.Func)
	c := g.Cycle(s.Cycle)
	if c == nil {
		return nil
	}
	t := &trial{judge: j, site: s, w: j.walker(g, c)}
	t.w.spots = j.spots(s, g)
	for _, op := range j.operations(g, c, 0) {
		if op.node != v.Operation || op.node == nil {
			continue
		}
		failed, _ := t.arrivals(op, op.failing, nodes)
		succeeded, sure := t.arrivals(op, op.success, nodes)
		for _, n := range nodes {
			if sure && failed[n] && !succeeded[n] {
				only = append(only, n)
			}
		}
	}
	return only
}

// arrivals returns the nodes to which one of some worlds leads from op on, before it
// runs again; not sure if there are too many ways.
func (t *trial) arrivals(op *operation, worlds []world, nodes []ast.Node) (reached map[ast.Node]bool, sure bool) {
	reached, sure = make(map[ast.Node]bool), true
	points := make(map[ast.Node]graph.Point)
	for _, n := range nodes {
		if at, ok := t.w.graph.Find(n); ok {
			points[n] = at
		}
	}
	for _, world := range worlds {
		w := t.w.fork()
		w.op, w.world, w.spots = op, world, t.w.spots.without(t.w.graph, op)
		w.arrivals = make(map[graph.Point]*arrival)
		for _, at := range points {
			w.arrivals[at] = &arrival{}
		}
		if w.walk(nil).out {
			sure = false
		}
		for n, at := range points {
			reached[n] = reached[n] || w.arrivals[at].reached
		}
	}
	return reached, sure
}
