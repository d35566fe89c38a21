package sim

import (
	"fmt"
	"slices"
)

// noticed reports whether the cancellation ended the original before its time.
func noticed(before, calm *Trace) bool {
	return before.cancel() >= 0 && before.failed() && before.ops() < calm.ops()
}

// heeds wants the fix to notice a cancellation no later than the original does.
func (j *judge) heeds(before, calm, after *Trace) string {
	if !noticed(before, calm) {
		return ""
	}
	if was, is := before.lasts(), after.lasts(); is > was {
		return fmt.Sprintf("ends %s after the cancellation, was %s", is, was)
	}
	return ""
}

// ignores wants a fix to end with a context that is cancelled while it waits,
// where the function says by an error that it failed, does not look at the context
// itself, and does nothing else when it gives up.
func (j *judge) ignores(before, calm, after *Trace) string {
	if !j.pair.Context || j.pair.Ignores || j.helper.NoContext || noticed(before, calm) || after.Script != Script(cancelInWait) || j.prompt(after) == "" || len(after.Errs) == 0 {
		return ""
	}
	if j.profile.ends && (j.profile.trace.err(0).Nil || j.profile.givesUp()) {
		return ""
	}
	return "the context is not handed on"
}

// sooner reports whether the fix does what the original does, and only waits less long
// once the context has ended.
func (j *judge) sooner(before, after *Trace) bool {
	return before.cancel() >= 0 && after.lasts() <= before.lasts() && sameEvents(before.acts(), after.acts()) == "" && j.results(before, after) == "" &&
		j.waits(before.untilCancel(), after.untilCancel()) == ""
}

// lost returns what the original does only when it is cancelled, and the fix does not.
func (j *judge) lost(before, calm, after *Trace) string {
	for _, e := range before.Events[max(before.cancel(), 0):] {
		done := func(tr *Trace) bool {
			return slices.ContainsFunc(tr.acts(), func(other Event) bool { return other.Format == e.Format })
		}
		if e.Kind == effectEvent && !done(calm) && !done(j.profile.trace) && !done(after) {
			return fmt.Sprintf("%q, which answers the cancellation, is missing", e.Text)
		}
	}
	return ""
}
