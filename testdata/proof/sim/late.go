package sim

import "fmt"

// late compares runs that a deadline may end. The fix waits for other times than
// the original, so that the deadline may come before another attempt: up to there
// both must do the same.
func (j *judge) late(before, after *Trace) string {
	n := min(before.ops(), after.ops())
	was, is := before.acts(), after.acts()
	must := through(was, n)
	if len(is) < len(must) {
		return sameEvents(must, is)
	}
	if diff := sameEvents(must, is[:len(must)]); diff != "" && n > 0 {
		return diff
	}
	if diff := j.waits(before, after); diff != "" {
		return diff
	}
	if i := after.cancel(); i >= 0 && !j.beforeAll(after) && j.prompt(after) != "" && j.prompt(before) == "" {
		return j.prompt(after)
	}
	if after.End > max(j.pair.Deadline+j.profile.wait(after.ops()), before.End) {
		return fmt.Sprintf("ends %s after the deadline", after.End-j.pair.Deadline)
	}
	if after.cancel() >= 0 || before.cancel() >= 0 {
		return ""
	}
	switch cut := after.End + j.profile.wait(after.ops()); {
	case after.ops() == before.ops() && (!after.failed() || cut < j.pair.Deadline):
		return j.results(before, after)
	case after.ops() < before.ops() && cut < j.pair.Deadline:
		return fmt.Sprintf("gives up at %s, with the deadline at %s", after.End, j.pair.Deadline)
	}
	for i, err := range after.Errs {
		if was := before.Errs[i]; after.failed() && err.Nil || after.failed() && !err.Deadline && !err.of(after.ops()) && err.Text != was.Text {
			return fmt.Sprintf("error %s, was %s", err, was)
		}
	}
	return ""
}
