package sim

import (
	"fmt"
	"time"
)

// sides compares on which side of the wait between two attempts each effect is, but for
// lines of a log. The events are known to be the same.
func (j *judge) sides(before, after *Trace) string {
	if j.pair.FreeWaits {
		return ""
	}
	was, is := before.split(), after.split()
	for i := range min(len(was), len(is)) {
		if was[i].gap == 0 || is[i].gap == 0 {
			continue
		}
		for k, e := range was[i].effects {
			if !e.Line && was[i].late[k] != is[i].late[k] {
				return fmt.Sprintf("%q is on the other side of the wait after attempt %d", e.Text, i+1)
			}
		}
	}
	return ""
}

// A stretch is what happens between one attempt and the next.
type stretch struct {
	gap     time.Duration
	effects []Event
	late    []bool // the effect comes after some time
}

// split returns the stretches of a trace but for the last.
func (tr *Trace) split() []stretch {
	var list []stretch
	gaps, acts := tr.gaps(), tr.acts()
	at := tr.times()
	for i, gap := range gaps {
		s := stretch{gap: gap}
		for _, e := range following(acts, i+1) {
			s.effects = append(s.effects, e)
			s.late = append(s.late, e.At > at[i])
		}
		list = append(list, s)
	}
	return list
}
