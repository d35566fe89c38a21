package flow

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// A trial judges one site.
type trial struct {
	judge *Judge
	site  *site.Site
	w     *walker
	ops   []*operation
	facts facts // what is known where the walks begin

	strict bool                // success does not make an error
	inside truth               // whether errors inside results are looked at, once it is asked
	loops  []ast.Node          // the bodies of the loops in the cycle, likewise
	made   truth               // whether the cycle makes errors, likewise
	arms   []map[ast.Node]bool // by delay, once they are asked for
	all    *reach              // of a pass in which every operation succeeds, likewise
	failed map[*spots]reach    // where an operation failed and nothing else is known, likewise
	good   reach               // where the last operation that was compared succeeded

	given   []*given                  // what the cycle gives other values, likewise
	results map[*ast.CallExpr][]value // the results of the operations where they succeed, likewise
}

// decide tries every operation: one that is repeated after its failure only is
// enough.
func (t *trial) decide(ops []*operation) Verdict {
	t.ops = ops
	t.ops = slices.DeleteFunc(slices.Clone(ops), t.worksOn)
	v := Verdict{Reason: NoOperation, Delay: t.site.Delays[0]}
	var earlier *operation
	var alike []candidate // of the same reason
	for _, op := range t.ops {
		if t.drains(op) {
			continue
		}
		t.judge.work.Spend(len(ops) + len(t.site.Delays))
		reason, delays := t.try(op)
		if t.judge.work.Out() {
			return Verdict{Reason: TooComplex, Operation: op.node, Delay: t.site.Delays[0]}
		}
		if reason > v.Reason {
			v.Reason, alike = reason, nil
		}
		if reason == v.Reason && reason != NoOperation {
			alike = append(alike, candidate{op, t.site.Delays[delays.first()]})
		}
		if reason == OneOfSeveral && earlier == nil && op.node != nil {
			earlier = op
		}
		if reason == OnlyFailure {
			break
		}
	}
	if len(alike) > 0 {
		c := t.choose(alike, v.Reason)
		v.Operation, v.Delay, v.Context, v.GoesOn = c.op.node, c.delay, t.contextOf(c.op), c.op.goesOn()
	}
	if v.Reason == OnlyFailure && earlier != nil && earlier.node != v.Operation && t.leadsTo(earlier, v.Delay) {
		v.Earlier = earlier.node
	} else if v.Reason == OnlyFailure {
		v.Earlier = t.lookedAt(v.Operation)
	}
	if v.Reason == OnlyFailure && v.Earlier == nil {
		v.Earlier = t.failsBefore(v)
	}
	switch v.Reason {
	case OnlyFailure:
		v.Either = slices.Contains(t.delaysIn(t.good.leaving), v.Delay)
	case OneOfSeveral:
		v.Either = slices.Contains(t.delaysIn(t.allSucceed().leaving), v.Delay)
	}
	if v.Reason == ExtraDelay || v.Reason == OtherDelay {
		v.OnSuccess = t.delaysIn(t.allSucceed().delayed)
	}
	v.Intent = intents[v.Reason]
	if v.Intent == Unknown && v.Reason != TooComplex {
		v.Intent = t.calm()
	}
	return v
}

// A candidate is an operation by which a site may be judged, with the delay that decides.
type candidate struct {
	op    *operation
	delay *site.Delay
}

// choose returns the one of several candidates for the same reason that is named: its
// outcome is looked at, and its failure leads to the delay by itself.
func (t *trial) choose(alike []candidate, reason Reason) candidate {
	seen := slices.DeleteFunc(slices.Clone(alike), func(c candidate) bool { return c.op.blind })
	if len(seen) == 0 {
		return alike[0]
	}
	if len(seen) > 1 && intents[reason] != Unknown {
		if i := slices.IndexFunc(seen, func(c candidate) bool { return t.leadsTo(c.op, c.delay) }); i >= 0 {
			return seen[i]
		}
	}
	return seen[0]
}

// failsBefore returns the first operation before that of v whose failure leads to the delay
// as well, in every pass; nil if there is none.
func (t *trial) failsBefore(v Verdict) ast.Node {
	for _, op := range t.ops {
		if op.node == v.Operation {
			break
		}
		if op.node == nil || op.blind || t.drains(op) || op.failing[0].looks {
			continue
		}
		w := t.w.fork()
		w.op, w.world, w.spots = op, op.failing[0], t.w.spots.without(t.w.graph, op)
		if r := w.walk(nil); !r.out && !r.leaves && !r.again && slices.Contains(t.delaysIn(r.every), v.Delay) {
			return op.node
		}
	}
	return nil
}

// lookedAt returns the operation whose error op is given a pointer to, as a function is
// that tells whether to go on; nil if there is none.
func (t *trial) lookedAt(op ast.Node) (earlier ast.Node) {
	call, ok := op.(*ast.CallExpr)
	if !ok {
		return nil
	}
	for _, arg := range call.Args {
		ref, ok := ast.Unparen(arg).(*ast.UnaryExpr)
		if !ok || ref.Op != token.AND {
			continue
		}
		err := code.Local(t.judge.pkg.Info, ref.X)
		if err == nil || !t.judge.isErrorLike(err.Type()) {
			continue
		}
		for _, other := range t.ops {
			if s, ok := other.top.(*ast.AssignStmt); ok && s.End() <= call.Pos() && code.Writes(t.judge.pkg.Info, s, err) {
				earlier = other.node
			}
		}
	}
	return earlier
}

// delaysIn returns the delays of the site that set holds.
func (t *trial) delaysIn(set delaySet) (list []*site.Delay) {
	for i, d := range t.site.Delays {
		if set&delayBit(i) != 0 {
			list = append(list, d)
		}
	}
	return list
}

// leadsTo reports whether a failure of op leads to the delay d by itself, where all
// else succeeds.
func (t *trial) leadsTo(op *operation, d *site.Delay) bool {
	for _, world := range op.failing {
		w := t.w.fork()
		w.op, w.world, w.spots, w.others = op, world, t.w.spots.without(t.w.graph, op), t.successes()
		i := slices.Index(t.site.Delays, d)
		w.enough = func(r reach) bool { return r.delayed&delayBit(i) != 0 }
		if w.enough(w.walk(nil)) {
			return true
		}
	}
	return false
}

// contextOf returns the context whose end op tells of, or nil.
func (t *trial) contextOf(op *operation) ast.Expr {
	call, ok := op.node.(*ast.CallExpr)
	if !ok || !isContextErr(t.judge.pkg.Info, call) {
		return nil
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}

// try judges one operation, and returns the delays that decide.
func (t *trial) try(op *operation) (Reason, delaySet) {
	sp := t.w.spots.without(t.w.graph, op)
	reason, delays := t.compare(op, sp)
	if reason == AfterSuccess || reason == TooComplex {
		// What the pass assigned before op may rule out some ways.
		if t.facts = t.known(op); len(t.facts) > 0 {
			reason, delays = t.compare(op, sp)
		}
		t.facts = nil
	}
	if reason == AfterSuccess {
		reason, delays = t.compareStrictly(op, sp, delays)
	}
	if reason == FailureEnds || reason == AfterSuccess {
		if timer := t.setOnFailure(op, sp); timer != 0 {
			reason, delays = SetOnFailure, timer
		}
	}
	if intents[reason] == Reconnect {
		switch {
		case t.countsPasses(op):
			reason = CountedPasses
		case t.otherItem(op):
			reason = OtherItem
		case reason == SuccessGoesOn && t.isDrained(op, delays):
			reason = Drained
		}
	}
	return reason, delays
}

// compareStrictly is compare where ways on which the code makes an error itself,
// such as one that says that the answer was bad, are no success of op.
func (t *trial) compareStrictly(op *operation, sp *spots, delays delaySet) (Reason, delaySet) {
	if !t.makesErrors() {
		return AfterSuccess, delays
	}
	all := t.all
	t.strict, t.all = true, nil
	reason, strict := t.compare(op, sp)
	t.strict, t.all = false, all
	if good := t.good; (reason == OnlyFailure || reason == OneOfSeveral || reason == SuccessGoesOn) && (good.leaves || good.again) {
		return reason, strict
	}
	return AfterSuccess, delays
}

// innerLoops returns the bodies of the loops in the cycle.
func (t *trial) innerLoops() []ast.Node {
	if t.loops == nil {
		t.loops = []ast.Node{}
		ast.Inspect(t.site.Cycle, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ForStmt:
				if n != t.site.Cycle {
					t.loops = append(t.loops, n.Body)
				}
			case *ast.RangeStmt:
				if n != t.site.Cycle {
					t.loops = append(t.loops, n.Body)
				}
			}
			return true
		})
	}
	return t.loops
}

// makesErrors reports whether the cycle makes an error.
func (t *trial) makesErrors() bool {
	if t.made == maybe {
		t.made = no
		for _, b := range t.w.graph.Blocks {
			if t.w.cycle.Holds(b) && slices.ContainsFunc(b.Nodes, t.judge.failsBy) {
				t.made = yes
			}
		}
	}
	return t.made == yes
}
