package sim

import (
	"fmt"
	"slices"
)

// A judge compares the runs of one pair. What it tolerates is all here:
//
//   - the fix waits exponentially, within bounds, and not after the last attempt;
//   - what is cancelled may end earlier, at the instant of the cancellation, with
//     the error of the cancellation, or only wait less long from then on;
//   - what the helper is known to do with a context that is cancelled already.
type judge struct {
	pair    Pair
	helper  Helper
	profile profile
}

// compare returns what differs, or "". before is the original's run by the
// script, calm its run by the script without cancellation.
func (j *judge) compare(before, calm, after *Trace) string {
	if before.Panic != "" || after.Panic != "" {
		return j.panics(before, calm, after)
	}
	if after.held() != calm.held() {
		return fmt.Sprintf("holds %d at the end, was %d", after.held(), calm.held())
	}
	if j.pair.Deadline > 0 {
		return j.late(before, after)
	}
	// The original may have been cancelled in a wait that the fix does not have.
	if after.cancel() < 0 {
		return j.same(calm, after)
	}
	diff := j.same(before, after)
	if diff == "" {
		if diff := j.ignores(before, calm, after); diff != "" {
			return diff
		}
		return j.heeds(before, calm, after)
	}
	if j.prompt(after) == "" && j.same(calm, after) == "" {
		return "" // it was over all the same
	}
	if !j.pair.Context {
		return diff
	}
	if j.sooner(before, after) {
		return j.heeds(before, calm, after)
	}
	early := j.early(before, calm, after)
	if early == "" {
		return ""
	}
	return fmt.Sprintf("%s; and as an early end: %s", diff, early)
}

// same compares runs that must do the same.
func (j *judge) same(before, after *Trace) string {
	if diff := sameEvents(before.acts(), after.acts()); diff != "" {
		return diff
	}
	if diff := j.results(before, after); diff != "" {
		return diff
	}
	if diff := j.waits(before, after); diff != "" {
		return diff
	}
	if diff := j.sides(before, after); diff != "" {
		return diff
	}
	if diff := says(before, after); diff != "" {
		return diff
	}
	fromZero := j.helper.WaitsAfterLast && j.pair.Base > 0 // today's first delay is none
	if late := after.idle(); late > 0 && (after.ops() > 0 || late > before.idle()) && !((before.idle() > 0 || fromZero) && j.mayWait(after)) {
		return fmt.Sprintf("waits %s after the last attempt", late)
	}
	return ""
}

// mayWait reports whether a run may wait at its end, as the original does.
func (j *judge) mayWait(after *Trace) bool {
	if j.helper.WaitsAfterLast || j.pair.FreeWaits {
		return true
	}
	// The context, cancelled meanwhile, is looked at only after the wait.
	at := after.times()
	return after.cancel() >= 0 && len(at) > 0 && (&counter{judge: j}).allows(after.End-at[len(at)-1], len(at))
}

// sameEvents compares attempts and effects and their order.
func sameEvents(before, after []Event) string {
	for i := range max(len(before), len(after)) {
		switch {
		case i >= len(after):
			return fmt.Sprintf("%q is missing", before[i].Text)
		case i >= len(before):
			return fmt.Sprintf("%q is new", after[i].Text)
		case before[i].Text != after[i].Text:
			return fmt.Sprintf("%q, was %q", after[i].Text, before[i].Text)
		}
	}
	return ""
}

// results compares what the functions return.
func (j *judge) results(before, after *Trace) string {
	if !slices.Equal(before.Results, after.Results) {
		return fmt.Sprintf("returns %q, was %q", after.Results, before.Results)
	}
	for i, err := range after.Errs {
		if err != before.Errs[i] {
			return fmt.Sprintf("error %s, was %s", err, before.Errs[i])
		}
	}
	return ""
}
