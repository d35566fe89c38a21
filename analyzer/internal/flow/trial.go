package flow

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
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

	good map[*ast.CallExpr][]value // the results of the operations where they succeed, likewise
}

// decide tries every operation: one that is repeated after its failure only is
// enough.
func (t *trial) decide(ops []*operation) Verdict {
	t.ops = ops
	v := Verdict{Reason: NoOperation, Delay: t.site.Delays[0]}
	var earlier *operation
	for _, op := range ops {
		if t.drains(op) {
			continue
		}
		t.judge.work.Spend(len(ops) + len(t.site.Delays))
		reason, delays := t.try(op)
		if t.judge.work.Out() {
			return Verdict{Reason: TooComplex, Operation: op.node, Delay: t.site.Delays[0]}
		}
		if reason > v.Reason {
			v = Verdict{Reason: reason, Operation: op.node, Delay: t.site.Delays[delays.first()]}
			v.Context = t.contextOf(op)
		}
		if reason == OneOfSeveral && earlier == nil && op.node != nil {
			earlier = op
		}
		if reason == OnlyFailure {
			break
		}
	}
	if v.Reason == OnlyFailure && earlier != nil && earlier.node != v.Operation && t.leadsTo(earlier, v.Delay) {
		v.Earlier = earlier.node
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
		for i, other := range t.site.Delays {
			if other == d && w.walk(nil).delayed&delayBit(i) != 0 {
				return true
			}
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
		case t.countsPasses():
			reason = CountedPasses
		case t.otherItem(op):
			reason = OtherItem
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
	t.strict, t.all = true, nil
	reason, strict := t.compare(op, sp)
	good := t.succeed(op, sp)
	t.strict, t.all = false, nil
	if (reason == OnlyFailure || reason == OneOfSeveral || reason == SuccessGoesOn) && (good.leaves || good.again) {
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

// compare follows op in both worlds.
func (t *trial) compare(op *operation, sp *spots) (Reason, delaySet) {
	bad := t.fail(op, sp)
	failed := bad.delayed
	switch {
	case !bad.told && !bad.out:
		return NoOperation, delayBit(0)
	case failed == 0 && bad.out:
		return TooComplex, delayBit(0)
	case failed == 0:
		return FailureEnds, delayBit(0)
	}
	good, alone := t.succeed(op, sp), true
	if good.delayed != 0 {
		if all := t.allSucceed(); all.delayed == 0 && !all.out {
			good, alone = all, false
		}
	}
	only := failed &^ good.delayed
	switch {
	case good.delayed == 0 && good.waits&failed != 0 && !good.blocks:
		return AfterSuccess, good.waits & failed
	case good.out:
		return TooComplex, failed
	case good.blocks:
		return Blocks, failed
	case good.delayed == 0 && (good.again || !good.leaves):
		without := t.without(op)
		switch {
		case without.delayed&failed != 0:
			return WithoutIt, without.delayed & failed
		case without.out:
			return TooComplex, failed
		}
		return SuccessGoesOn, failed
	case good.delayed == 0 && alone:
		switch aside := t.aside(op); {
		case aside&failed != 0:
			return WithoutIt, aside & failed
		case op.unclear() && t.both(op, sp)&failed != 0 && t.waitsFirst(op) && t.goesOnAnyway(op, sp):
			return AfterSuccess, failed // a state that is looked at each interval
		}
		return OnlyFailure, failed
	case good.delayed == 0:
		return OneOfSeveral, failed
	case bad.out: // what is left needs all that a failure leads to
		return TooComplex, failed
	case only&bad.every != 0 && failed&good.delayed == good.delayed:
		return ExtraDelay, only & bad.every
	case only != 0 && t.differ(only, good.delayed):
		return OtherDelay, only
	case t.growsOnFailure(op, sp):
		return LongerOnFailure, failed
	case good.leaves && t.countsAttempts():
		return CountedRecursion, failed
	}
	return AfterSuccess, good.delayed
}

// fail returns what is reached where op failed.
func (t *trial) fail(op *operation, sp *spots) reach {
	var found reach
	for _, world := range op.failing {
		if world.looks && !t.looksInside() {
			continue
		}
		w := t.w.fork()
		w.op, w.world, w.spots = op, world, sp
		r := w.walk(t.facts)
		found.out = found.out || r.out
		if world.looks && !r.looked {
			continue
		}
		if r.comes && found.comes {
			found.every &= r.every
		} else if r.comes {
			found.comes, found.every = true, r.every
		}
		found.told = true
		found.delayed |= r.delayed
		found.armed = found.armed || r.armed
	}
	return found
}

// looksInside reports whether the site looks at an error or a status inside
// anything at all.
func (t *trial) looksInside() bool {
	if t.inside == maybe {
		t.inside = no
		if len(t.judge.statusesIn(t.site.Func)) > 0 {
			t.inside = yes
		}
		ast.Inspect(t.site.Cycle, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if strings.HasPrefix(n.Sel.Name, "StatusCode") || isGetter("."+n.Sel.Name) || t.judge.isErrorLike(t.judge.pkg.Info.TypeOf(n)) {
					t.inside = yes
				}
			case *ast.RangeStmt:
				t.inside = yes // over parts, perhaps
			}
			return t.inside == no
		})
	}
	return t.inside == yes
}

// succeed returns what is reached where op succeeded.
func (t *trial) succeed(op *operation, sp *spots) reach {
	var best reach
	for i, world := range op.success {
		w := t.w.fork()
		w.op, w.world, w.spots, w.strict, w.inner = op, world, sp, t.strict, t.innerLoops()
		r := w.walk(t.facts)
		if world.filled && (r.again || !r.leaves) {
			continue // waits for what is not there yet
		}
		if i == 0 || best.delayed > 0 || best.out {
			best = r
		}
	}
	if best.delayed != 0 && t.judge.neverSucceeds(op) {
		return reach{again: true, blocks: true}
	}
	return best
}

// known returns what is known where op begins.
func (t *trial) known(op *operation) facts {
	return t.w.approach([]*operation{op}, nil)[op]
}

// allSucceed walks one pass in which every operation succeeds. Several
// operations, each of which is a reason for another pass, are told only so, and
// one that is run several times in a pass.
func (t *trial) allSucceed() reach {
	if t.all != nil {
		return *t.all
	}
	w := t.w.fork()
	w.others, w.strict, w.inner = t.successes(), t.strict, t.innerLoops()
	r := w.walk(nil)
	t.all = &r
	return r
}

// successes returns the results of the operations where they succeed.
func (t *trial) successes() map[*ast.CallExpr][]value {
	if t.good == nil {
		t.good = make(map[*ast.CallExpr][]value)
		for _, op := range t.ops {
			if call, ok := op.node.(*ast.CallExpr); ok && !op.unclear() {
				t.good[call] = op.success[0].results
			}
		}
	}
	return t.good
}

// without returns what a pass reaches that does not run op, and in which all other
// operations succeed: its delays do not answer a failure of op.
func (t *trial) without(op *operation) reach {
	w := t.w.fork()
	w.others, w.avoid = t.successes(), op
	return w.walk(nil)
}

// both returns the delays after success of op whatever the bool beside its error
// tells.
func (t *trial) both(op *operation, sp *spots) (all delaySet) {
	for _, world := range op.success {
		w := t.w.fork()
		w.op, w.world, w.spots, w.inner = op, world, sp, t.innerLoops()
		if !world.filled {
			all |= w.walk(t.facts).delayed
		}
	}
	return all
}

// goesOnAnyway reports whether a failure of op leads to a delay whatever the bool
// beside its error tells: it is not that bool which tells the failure.
func (t *trial) goesOnAnyway(op *operation, sp *spots) bool {
	for i, result := range op.results {
		if !code.IsBool(result) {
			continue
		}
		for _, v := range []value{isTrue, isZero} {
			w := t.w.fork()
			w.op, w.world, w.spots = op, with(op.failing[0], i, v), sp
			if w.walk(t.facts).delayed == 0 {
				return false
			}
		}
	}
	return true
}

// waitsFirst reports whether a pass, the first one too, comes to op only after one
// of the delays.
func (t *trial) waitsFirst(op *operation) bool {
	w := t.w.fork()
	at := &arrival{}
	w.avoid, w.arrivals = op, map[graph.Point]*arrival{op.at: at}
	w.walk(nil)
	return at.reached && !at.early
}

// aside returns the delays of a pass in which all operations succeed, if such a pass
// never comes to op: it is run only after another has failed, and that one's success
// is waited for as well.
func (t *trial) aside(op *operation) delaySet {
	w := t.w.fork()
	w.others, w.arrivals = t.successes(), map[graph.Point]*arrival{op.at: {}}
	if r := w.walk(nil); !r.out && !w.arrivals[op.at].reached {
		return r.delayed
	}
	return 0
}

// differ reports whether the delays after failure are known to last otherwise
// than those after success: a job that waits for the same time in two places
// does not answer the failure, unless only what follows the failure grows.
func (t *trial) differ(failed, succeeded delaySet) bool {
	if t.grows(failed) && !t.grows(succeeded) {
		return true
	}
	bad, ok1 := t.durations(failed)
	good, ok2 := t.durations(succeeded)
	for d := range bad {
		if good[d] {
			return false
		}
	}
	return ok1 && ok2
}

// grows reports whether one of the delays grows.
func (t *trial) grows(set delaySet) bool {
	for i, d := range t.site.Delays {
		if _, grows := t.judge.lasts(t.site, d); grows && set&delayBit(i) != 0 {
			return true
		}
	}
	return false
}

// durations returns how long the delays last, if that is known of all of them.
func (t *trial) durations(set delaySet) (map[string]bool, bool) {
	all := make(map[string]bool)
	for i, d := range t.site.Delays {
		if set&delayBit(i) == 0 {
			continue
		}
		e, _ := t.judge.lasts(t.site, d)
		if e == nil {
			return nil, false
		}
		text := types.ExprString(e)
		if v := t.judge.pkg.Info.Types[e].Value; v != nil {
			text = v.ExactString()
		}
		all[text] = true
	}
	return all, true
}
