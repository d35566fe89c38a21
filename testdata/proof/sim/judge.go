package sim

import (
	"fmt"
	"slices"
)

// A judge compares the runs of one pair. What it tolerates is all here:
//
//   - the fix waits exponentially, and not after the last attempt;
//   - what is cancelled may end earlier, at the instant of the cancellation, with
//     the error of the cancellation;
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
		if before.Panic != after.Panic {
			return fmt.Sprintf("panic %q, was %q", after.Panic, before.Panic)
		}
		return ""
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
		return ""
	}
	if j.prompt(after) == "" && j.same(calm, after) == "" {
		return "" // it was over all the same
	}
	if !j.pair.Context {
		return diff
	}
	early := j.early(before, after)
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
	if late := after.idle(); late > 0 && !(before.idle() > 0 && j.mayWait(after)) {
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
	return after.cancel() >= 0 && len(at) > 0 && j.profile.allows(after.End-at[len(at)-1], j.profile.wait(len(at)))
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

// waits compares the times between the attempts of the fix with what they
// should be: exponential from the original's first, perhaps anew after a success,
// as that may be one of several operations in a pass.
func (j *judge) waits(before, after *Trace) string {
	if first := after.first(); first > before.first() {
		return fmt.Sprintf("waits %s before the first attempt", first)
	}
	if j.pair.FreeWaits {
		return ""
	}
	was := before.gaps()
	failures, all := 0, 0
	for i, gap := range after.gaps() {
		failures++
		all++
		if after.Script.outcome(i+1) == success {
			failures = 0
			all--
			if i < len(was) && gap != was[i] {
				return fmt.Sprintf("waits %s after attempt %d, which succeeded; was %s", gap, i+1, was[i])
			}
			continue
		}
		if j.helper.WaitsAfterLast && gap == 0 && i < len(was) && was[i] == 0 {
			failures, all = failures-1, all-1 // the loop stays, and goes round without a wait
			continue
		}
		if i < len(was) && was[i] == 0 && i < len(j.profile.gaps) && j.profile.gaps[i] != 0 && gap != 0 {
			return fmt.Sprintf("waits %s after attempt %d, where there was no wait", gap, i+1)
		}
		if want := j.profile.wait(failures); !j.profile.allows(gap, want) && !j.profile.allows(gap, j.profile.wait(all)) {
			return fmt.Sprintf("waits %s after attempt %d, want %s", gap, i+1, want)
		}
	}
	return ""
}
