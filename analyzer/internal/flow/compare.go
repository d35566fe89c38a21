package flow

import (
	"go/ast"
	"strings"
)

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
	t.good = t.succeed(op, sp)
	good, alone := t.good, true
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
	case good.delayed == 0 && (good.again || !good.leaves || good.inside && !good.ends):
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
	found, ok := t.failed[sp]
	if ok && t.facts == nil {
		return found
	}
	found = t.failNow(op, sp)
	if t.facts == nil {
		if t.failed == nil {
			t.failed = make(map[*spots]reach)
		}
		t.failed[sp] = found
	}
	return found
}

func (t *trial) failNow(op *operation, sp *spots) (found reach) {
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
		if t.inside == no && len(t.judge.statusesIn(t.site.Func)) > 0 {
			t.inside = yes
		}
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
	if t.results == nil {
		t.results = make(map[*ast.CallExpr][]value)
		for _, op := range t.ops {
			if call, ok := op.node.(*ast.CallExpr); ok && !op.unclear() {
				t.results[call] = op.success[0].results
			}
		}
	}
	return t.results
}
