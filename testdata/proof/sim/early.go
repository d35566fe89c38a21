package sim

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// prompt says how a cancelled run failed to end at once, or "".
func (j *judge) prompt(after *Trace) string {
	if after.opsAfterCancel() && !j.beforeAll(after) {
		return fmt.Sprintf("attempt %d starts after the cancellation", after.ops())
	}
	if late := after.lasts(); late > 0 {
		return fmt.Sprintf("ends %s after the cancellation", late)
	}
	return ""
}

// beforeAll reports whether the context was cancelled before the call.
func (j *judge) beforeAll(tr *Trace) bool {
	return strings.HasPrefix(string(tr.Script), string(cancelledBefore))
}

// early judges a run that a cancellation ended earlier than the original: at once,
// or when the original, which looks at the context itself, would have noticed.
func (j *judge) early(before, calm, after *Trace) string {
	if diff := j.prompt(after); diff != "" && (!noticed(before, calm) || j.heeds(before, calm, after) != "" || after.opsAfterCancel()) {
		return diff
	}
	if n := after.tries(); j.beforeAll(after) && n != j.helper.OpsIfCancelled {
		return fmt.Sprintf("%d attempts with a cancelled context, want %d", n, j.helper.OpsIfCancelled)
	}
	if j.beforeAll(after) && after.ops() > 0 && !after.failed() && !j.helper.DropsSuccess {
		return "an attempt that succeeded does not count"
	}
	if diff := j.waits(before, after); diff != "" {
		return diff
	}
	if diff := j.earlyEvents(before, after); diff != "" {
		return diff
	}
	if diff := j.lost(before, calm, after); diff != "" {
		return diff
	}
	if noticed(before, calm) && before.ops() == after.ops() && before.End == after.End {
		return j.answers(before, after)
	}
	return j.earlyResults(before, after)
}

// answers wants what the original returns where the cancellation ends both at
// the same instant; the error of the cancellation may stand for that of the last
// attempt, also if there is none yet, not for one of the function's own.
func (j *judge) answers(before, after *Trace) string {
	for i, err := range after.Errs {
		was := before.err(i)
		if err != was && !was.Canceled && was.Wraps == "" && !(was.Nil && before.ops() == 0) {
			return fmt.Sprintf("when it is cancelled, error %s, was %s", err, was)
		}
	}
	return j.earlyResults(before, after)
}

// earlyEvents wants the events up to the attempt that was the last, those that
// follow it at the same instant, and then only such as follow a failure.
func (j *judge) earlyEvents(before, after *Trace) string {
	was, is := before.acts(), after.acts()
	n := after.ops()
	must := through(was, n)
	switch {
	case n == 0: // what stands before the first attempt may be part of it
		must = must[:common(must, is)]
	case n == before.ops() && !before.failed(): // a success that does not count
		must = must[:max(len(must)-len(following(must, n)), common(must, is))]
	}
	if n > 0 && j.stopped(before, n) {
		if sameFormats(was, is) == "" {
			return "" // both ended here
		}
		// The original may have ended all the same, and does not know why.
		end := following(must, n)
		must = must[:len(must)-len(end)+commonFormats(end, j.profile.pass())]
	}
	if len(is) < len(must) {
		return sameEvents(must, is)
	}
	if diff := sameEvents(must, is[:len(must)]); diff != "" {
		return diff
	}
	rest := is[len(must):]
	for _, tail := range j.tails(before) {
		if sameFormats(squeezed(tail), squeezed(rest)) == "" {
			return ""
		}
	}
	if j.failedUnseen(after) {
		return ""
	}
	return fmt.Sprintf("%q after the end", rest[0].Text)
}

// failedUnseen reports whether the fix ends with an error behind a loop that goes on
// until success in the original, so that no run shows what follows it.
func (j *judge) failedUnseen(after *Trace) bool {
	return !j.profile.ends && len(after.Errs) > 0 && !slices.ContainsFunc(after.Errs, func(e Error) bool { return e.Nil })
}

// stopped reports whether the original ended because of the cancellation, and
// with the same attempt.
func (j *judge) stopped(before *Trace, n int) bool {
	i := before.cancel()
	return i >= 0 && before.failed() && before.ops() == n && before.End == before.Events[i].At
}

// through returns the events up to attempt n and the effects right after it.
func through(acts []Event, n int) []Event {
	var last time.Duration
	for i, e := range acts {
		switch {
		case e.Kind == opEvent && n == 0, e.Kind != opEvent && n == 0 && e.At > last:
			return acts[:i]
		case e.Kind == opEvent:
			n--
			last = e.At
		}
	}
	return acts
}

// common returns how many events two runs have in common.
func common(a, b []Event) int {
	n := 0
	for n < len(a) && n < len(b) && a[n].Text == b[n].Text {
		n++
	}
	return n
}

// commonFormats is common, whatever the numbers and errors in the texts.
func commonFormats(a, b []Event) int {
	n := 0
	for n < len(a) && n < len(b) && a[n].Format == b[n].Format {
		n++
	}
	return n
}

// tails returns what may follow the loop when it failed: nothing, what follows
// the last attempt of this run, of one in which all attempts failed, and of one
// that was cancelled; with and without what is part of each attempt.
func (j *judge) tails(before *Trace) [][]Event {
	list := [][]Event{nil}
	for _, tr := range []*Trace{before, j.profile.trace, j.profile.cancelled} {
		if tr == nil || !tr.failed() {
			continue
		}
		tail := following(tr.acts(), tr.ops())
		for i := range tail {
			list = append(list, tail[i:])
		}
	}
	return list
}

// squeezed leaves one of several effects of a format in a row: what is done for each
// attempt depends on how many there were.
func squeezed(list []Event) []Event {
	return slices.CompactFunc(slices.Clone(list), func(a, b Event) bool { return a.Kind == effectEvent && b.Kind == a.Kind && a.Format == b.Format })
}

func sameFormats(before, after []Event) string {
	format := func(e Event) string {
		if e.Kind == opEvent {
			return e.Text
		}
		return e.Format
	}
	if slices.EqualFunc(before, after, func(a, b Event) bool { return format(a) == format(b) }) {
		return ""
	}
	if diff := sameEvents(before, after); diff != "" {
		return diff
	}
	return "other effects"
}

// earlyResults wants the error of the cancellation; where the original did not
// tell of the cancellation, also the last attempt's, or the one that all failed
// attempts end with. Values are those of the original, of a failure, all along or
// for good, or of the last attempt; or how many attempts there were, or had begun.
func (j *judge) earlyResults(before, after *Trace) string {
	told := false
	failed := j.profile.trace
	for i, err := range after.Errs {
		was := before.err(i)
		switch {
		case err.Cause && !was.Cause && !j.helper.ReturnsCause:
			return "the error is the cancellation's cause"
		case err.Nil:
			return fmt.Sprintf("no error, was %s", was)
		case err == was, err.Canceled:
		case j.pair.Kinds && err.of(after.ops()) && !j.answersLast(i):
			return fmt.Sprintf("when it is cancelled, error %s, which says more", err)
		case !was.Canceled && err.of(after.ops()):
		case !was.Canceled && err.Wraps == "" && (j.profile.ends && err == failed.err(i) || j.failedUnseen(after)):
		default:
			return fmt.Sprintf("error %s, was %s", err, was)
		}
		told = true
	}
	for i, v := range after.Results {
		switch {
		case v == before.result(i) && (told || before.failed()):
		case told && (after.Zero[i] || v == after.Value):
		case told && before.result(i) == fmt.Sprint(before.ops()) && (v == fmt.Sprint(after.ops()) || v == fmt.Sprint(after.ops()+1)): // it counts the attempts, or the passes that have begun
		case j.profile.ends && v == failed.result(i) && v != j.profile.worked.result(i):
		case told && j.profile.final.failed() && v == j.profile.final.result(i):
		case j.profile.cancelled != nil && v == j.profile.cancelled.result(i):
		default:
			return fmt.Sprintf("returns %q, was %q", after.Results, before.Results)
		}
	}
	return ""
}

// answersLast reports whether the original itself answers a cancellation by the error of
// its last attempt, whatever that is.
func (j *judge) answersLast(i int) bool {
	c := j.profile.cancelled
	return c != nil && c.err(i).of(c.ops())
}
