package sim

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// waits compares the times between the attempts of the fix with what they
// should be: exponential from the original's first, perhaps anew after a success,
// as that may be one of several operations in a pass; and those of the original
// where an outcome decides them.
func (j *judge) waits(before, after *Trace) string {
	if first := after.first(); first > before.first() {
		return fmt.Sprintf("waits %s before the first attempt", first)
	}
	if j.pair.FreeWaits {
		return ""
	}
	c := counter{judge: j, script: after.Script}
	was := before.gaps()
	for i, gap := range after.gaps() {
		today := time.Duration(-1) // not known
		if i < len(was) {
			today = was[i]
		}
		if diff := c.gap(i, gap, today); diff != "" {
			return diff
		}
	}
	return j.sums(before, after)
}

// A counter knows the failures up to a wait, and the limit that the waits have
// shown to have.
type counter struct {
	*judge
	script        Script
	failures, all int // since the last success, and in all
	limit         time.Duration
}

// gap judges the wait after attempt i, from 0; today is the original's.
func (c *counter) gap(i int, gap, today time.Duration) string {
	if c.script.outcome(i+1) == success {
		c.failures = 0
		if today >= 0 && gap != today {
			return fmt.Sprintf("waits %s after attempt %d, which succeeded; was %s", gap, i+1, today)
		}
		return ""
	}
	if c.helper.WaitsAfterLast && gap == 0 && today == 0 {
		return "" // the loop stays, and goes round without a wait
	}
	c.failures++
	c.all++
	if today >= 0 && (c.helper.SameWaits || c.profile.depends || !c.profile.usual(today, c.failures, c.all)) {
		if gap != today {
			return fmt.Sprintf("waits %s after attempt %d, where the wait stays what it is: was %s", gap, i+1, today)
		}
		return ""
	}
	if gap == today && c.stays(gap) {
		return ""
	}
	if !c.allows(gap, c.failures) && !c.allows(gap, c.all) {
		return fmt.Sprintf("waits %s after attempt %d, want %s", gap, i+1, c.wanted())
	}
	return ""
}

// stays reports whether a wait may be as long as today: there are more failures than the
// profile has, and it has grown with them; or what goes on after success has a helper that
// cannot begin anew.
func (c *counter) stays(gap time.Duration) bool {
	return len(c.profile.gaps) > 0 && gap > slices.Max(c.profile.gaps) || c.helper.NoReset && c.profile.worked.ops() > 1
}

// wanted is how long the wait is at most.
func (c *counter) wanted() time.Duration {
	_, most := c.profile.limits(c.pair)
	return min(c.profile.wait(c.failures), most)
}

// usual reports whether a wait of the original is the one that so many failures
// bring with them, whatever they are.
func (pr profile) usual(gap time.Duration, failures, all int) bool {
	for _, n := range []int{failures, all} {
		if n > len(pr.gaps) || pr.gaps[n-1] == gap || untilSuccess.outcome(n) == success {
			return true
		}
	}
	return false
}

// hasDelaysByOutcome reports whether the delays depend on what failed, not only
// on how often; the original may have no delay at all after some failures.
func (pr profile) hasDelaysByOutcome(t *testing.T, p Pair) bool {
	if slices.Contains(pr.gaps, 0) && pr.base == 0 || p.FreeWaits {
		return false
	}
	probes := []Script{"F", "TF", "ST", "SF"}
	if p.Hints {
		probes = append(probes, "H", "TH")
	}
	for _, script := range probes {
		tr := run(t, p.Before, script)
		failures, all := 0, 0
		for i, gap := range tr.gaps() {
			if script.outcome(i+1) == success {
				failures = 0
				continue
			}
			failures++
			all++
			if gap > 0 && !pr.usual(gap, failures, all) {
				return true
			}
		}
	}
	return false
}

// allows reports whether a gap is one that n failures may bring with them.
func (c *counter) allows(gap time.Duration, n int) bool {
	pr := c.profile
	want := pr.base << (n - 1)
	least, most := pr.limits(c.pair)
	switch {
	case pr.base == 0 && gap < soon:
		return true // some helpers wait a nanosecond where they are told not to
	case c.helper.Limit > 0 && gap == min(want, c.helper.Limit) && gap <= most:
		return true
	case pr.cap > 0 && pr.base > pr.cap && (gap == pr.base || gap == pr.cap):
		return true // as some helpers, the original does not limit its first delay
	case gap > most || gap > want && want >= pr.base:
		return false
	case gap == want:
		return true
	case c.limit == 0 && (gap >= least-least/100 || c.pair.Slow && pr.enough(gap)): // a limit may be rounded
		c.limit = gap
	}
	return c.limit > 0 && gap == c.limit
}
