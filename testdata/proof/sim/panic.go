package sim

import (
	"context"
	"fmt"
	"strings"
)

// panics judges runs of which one panics, as a function may that gives up. One that
// was cancelled may give up earlier, by its panic or by an error.
func (j *judge) panics(before, calm, after *Trace) string {
	was := before
	if after.cancel() < 0 {
		was = calm
	}
	diff := sameEvents(was.acts(), after.acts())
	if was.Panic == after.Panic && diff == "" {
		return j.waits(was, after)
	}
	answered := noticed(before, calm) && before.Panic == ""
	if after.cancel() >= 0 && j.pair.Context && !answered && j.tellsEnd(after) {
		return j.early(before, calm, after)
	}
	if was.Panic == after.Panic {
		return diff
	}
	return fmt.Sprintf("panic %q, was %q", after.Panic, was.Panic)
}

// tellsEnd reports whether a run ends by an error, or as the original does that is
// cancelled, or by a panic as one in which all attempts failed, with the error of the
// cancellation or of the last attempt.
func (j *judge) tellsEnd(tr *Trace) bool {
	if tr.Panic == "" {
		answer := j.profile.cancelled
		return len(tr.Errs) > 0 || answer != nil && answer.Panic == ""
	}
	if all := j.profile.trace.Panic; all == "" || tr.Panic == all {
		return all != ""
	}
	for _, text := range []string{context.Canceled.Error(), errCause.Error(), fmt.Sprintf("attempt %d:", tr.ops())} {
		if strings.Contains(tr.Panic, text) {
			return true
		}
	}
	return false
}

// err returns the error with the given index; none if the function has panicked.
func (tr *Trace) err(i int) Error {
	if i >= len(tr.Errs) {
		return Error{}
	}
	return tr.Errs[i]
}

// result returns the other result with the given index; none if the function has
// panicked.
func (tr *Trace) result(i int) string {
	if i >= len(tr.Results) {
		return ""
	}
	return tr.Results[i]
}
