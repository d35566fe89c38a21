package flow

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
)

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

// worksOn reports whether a pass works on with what op returns beside a bool, where that
// tells a failure by itself, and not where it tells success: it says something else, such
// as that no more will come.
//
//	lines, eof := next()
//	if eof {
//		break
//	}
//	err := send(lines)
func (t *trial) worksOn(op *operation) bool {
	call, ok := op.node.(*ast.CallExpr)
	if !ok || len(op.results) < 2 || !slices.ContainsFunc(op.results, code.IsBool) || slices.ContainsFunc(op.results, t.judge.isErrorLike) || !t.judge.work.Spend(len(t.ops)) {
		return false
	}
	names := assigned(call, op.top)
	var works []ast.Node
	for _, other := range t.ops {
		given, ok := other.node.(*ast.CallExpr)
		if ok && other != op && slices.ContainsFunc(names, func(name ast.Expr) bool {
			v := code.Local(t.w.info, name)
			return v != nil && !code.IsBool(v.Type()) && slices.ContainsFunc(given.Args, func(arg ast.Expr) bool { return code.Mentions(t.w.info, arg, v) })
		}) {
			works = append(works, given)
		}
	}
	failed, _ := t.arrivals(op, op.failing, works)
	succeeded, _ := t.arrivals(op, op.success, works)
	return slices.ContainsFunc(works, func(n ast.Node) bool { return failed[n] && !succeeded[n] })
}

// waitsFirst reports whether a pass, the first one too, comes to op only after one
// of the delays.
func (t *trial) waitsFirst(op *operation) bool {
	w := t.w.fork()
	at := &arrival{}
	w.avoid, w.arrivals = op, map[graph.Point]*arrival{op.at: at}
	w.enough = func(reach) bool { return at.early }
	w.walk(nil)
	return at.reached && !at.early
}

// aside returns the delays of a pass in which all operations succeed, if such a pass
// never comes to op: it is run only after another has failed, and that one's success
// is waited for as well.
func (t *trial) aside(op *operation) delaySet {
	w := t.w.fork()
	at := &arrival{}
	w.others, w.arrivals = t.successes(), map[graph.Point]*arrival{op.at: at}
	w.enough = func(reach) bool { return at.reached }
	if r := w.walk(nil); !r.out && !at.reached {
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
