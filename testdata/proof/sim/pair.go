package sim

import (
	"slices"
	"testing"
	"time"
)

// A Pair is a function before and after its fix.
type Pair struct {
	Name          string
	Before, After Func
	Facts
}

// Facts are what traces do not show.
type Facts struct {
	Context   bool          // a context is in scope
	Base      time.Duration // the first delay that is not 0, if too few attempts show it
	Cap       time.Duration // the delay's limit, if too few attempts show it
	Deadline  time.Duration // the attempts end then
	FreeWaits bool          // the delays are drawn anew each time, or of several loops: they are not compared
	Slow      bool          // the delays grow by a factor below two
	Kinds     bool          // an error that is tried again is of a kind: it is no answer to a cancellation
	Hints     bool          // an answer may say how long to wait
	Ignores   bool          // the fix need not look at the context: its end could be taken for success
	Depth     int           // how many outcomes scripts have at most; 0: as many as attempts, and one
}

// A Helper says which deviations the fix may bring with it.
type Helper struct {
	// OpsIfCancelled is how many attempts it makes if the context is cancelled
	// already.
	OpsIfCancelled int

	// DropsSuccess says that an attempt which succeeded all the same does not count.
	DropsSuccess bool

	// ReturnsCause says that after a cancellation with a cause the error is the cause.
	ReturnsCause bool

	// NoContext says that it cannot be given a context.
	NoContext bool

	// Limit is what it limits delays to by itself; 0 for nothing.
	Limit time.Duration

	// SameWaits says that each wait stays what it is.
	SameWaits bool

	// NoReset says that it cannot start its delays anew.
	NoReset bool

	// WaitsAfterLast says that the loop stays, and with it a delay after the last
	// attempt.
	WaitsAfterLast bool
}

// A profile is what the original does if every attempt fails.
type profile struct {
	base, cap time.Duration
	gaps      []time.Duration
	trace     *Trace
	final     *Trace // of a run whose first attempt fails for good
	worked    *Trace // of a run whose first attempt succeeds
	cancelled *Trace // of a run that a cancellation ended; nil if it does not
	ends      bool   // the attempts have a bound
	depends   bool   // the delays depend on the outcomes
	late      bool   // a cancellation is noticed, but only behind the delay
}

const (
	untilSuccess = Script("T")
	finalAtOnce  = Script("F")
	successFirst = Script("S")
)

func newProfile(t *testing.T, p Pair) profile {
	pr := profile{trace: run(t, p.Before, untilSuccess), base: p.Base, cap: p.Cap}
	pr.ends = pr.trace.failed()
	pr.final, pr.worked = run(t, p.Before, finalAtOnce), run(t, p.Before, successFirst)
	pr.gaps = pr.trace.gaps()
	for _, gap := range pr.gaps {
		if pr.base == 0 {
			pr.base = gap
		}
	}
	// Delays that first grew and then stayed the same have reached a limit.
	if n := len(pr.gaps); pr.cap == 0 && n > 1 && pr.gaps[n-1] == pr.gaps[n-2] && pr.gaps[n-1] > pr.base {
		pr.cap = pr.gaps[n-1]
	}
	pr.depends = pr.hasDelaysByOutcome(t, p)
	if p.Context && !pr.instant(0) {
		tr := run(t, p.Before, Script(cancelInWait))
		pr.late = tr.cancel() >= 0 && tr.ops() < pr.trace.ops() && tr.End > tr.Events[tr.cancel()].At
		if tr := run(t, p.Before, Script(cancelInOp)); tr.ops() == 1 && tr.End == 0 {
			pr.cancelled = tr
		}
	}
	return pr
}

// pass returns the effects of a failed attempt that come at once.
func (pr profile) pass() []Event {
	var list []Event
	if at := pr.trace.times(); len(at) > 1 {
		for _, e := range following(pr.trace.acts(), 1) {
			if e.At == at[0] {
				list = append(list, e)
			}
		}
	}
	return list
}

// givesUp reports whether there are effects behind the last attempt that do not
// follow the others.
func (pr profile) givesUp() bool {
	pass := pr.pass()
	return slices.ContainsFunc(following(pr.trace.acts(), pr.trace.ops()), func(e Event) bool {
		return !slices.ContainsFunc(pass, func(other Event) bool { return e.Format == other.Format })
	})
}

// instant reports whether the original does not wait after attempt n, from 0. It
// may then see a cancellation or not, as select chooses.
func (pr profile) instant(n int) bool {
	if n < len(pr.gaps) {
		return pr.gaps[n] == 0
	}
	return (pr.base == 0 || len(pr.gaps) == 0) && pr.trace.idle() == 0
}

// depth returns how many outcomes a script has at most.
func (pr profile) depth(p Pair) int {
	const deepest = 6
	switch {
	case p.Depth > 0:
		return p.Depth
	case !pr.ends:
		return 4
	case pr.trace.ops() > deepest:
		return 3 // the last outcome repeats
	}
	return min(pr.trace.ops()+1, deepest)
}
