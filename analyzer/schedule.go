package analyzer

import (
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
)

// A Schedule is the delays between attempts that all fail, as far as constants
// tell them.
type Schedule struct {
	Waits []time.Duration // in order; of many, or of those without an end, the first
	More  bool            // others follow
	Drawn bool            // at random: these are their means
}

// String returns the delays in words: "waits 1s, 2s, 3s (6s in all)".
func (s Schedule) String() string { return growth.Schedule(s).String() }

// schedules are those of [Site].
func (f *finding) schedules() (today, fixed *Schedule) {
	if !f.answersFailure() {
		return nil, nil
	}
	if s, ok := f.waits.Schedule(f.site); ok {
		today = (*Schedule)(&s)
	}
	if f.fix != nil {
		fixed = (*Schedule)(f.fix.Schedule)
	}
	return today, fixed
}
