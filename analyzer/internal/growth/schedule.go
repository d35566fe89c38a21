package growth

import (
	"slices"
	"strings"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// A Schedule is the waits of a site where all attempts fail, as far as the
// code alone tells them.
type Schedule struct {
	Waits []time.Duration
	More  bool // further waits follow: the number of attempts is not known, or there is no end
	Drawn bool // at random: these are their means
}

// Schedule returns the waits of s. It is not ok if they depend on anything but
// constants, random numbers and the attempt's number.
func (a *Analysis) Schedule(s *site.Site) (Schedule, bool) {
	if found, ok := a.scheduleOf(s, 0); ok {
		return found, true
	}
	found, ok := a.scheduleOf(s, 0.5)
	found.Drawn = true
	return found, ok
}

// Longest returns the waits of s where each random number is as great as it can
// be.
func (a *Analysis) Longest(s *site.Site) (Schedule, bool) {
	if found, ok := a.scheduleOf(s, 0); ok {
		return found, true // there is none
	}
	return a.scheduleOf(s, 1)
}

// A drawn is a site with the share of their limits that random numbers are.
type drawn struct {
	site  *site.Site
	share float64
}

// scheduleOf returns the waits where random numbers are a share of their limits.
func (a *Analysis) scheduleOf(s *site.Site, share float64) (Schedule, bool) {
	run, ok := a.draw(s, share)
	if !ok || len(run.waits) == 0 {
		return Schedule{}, false
	}
	found := Schedule{Waits: run.waits, More: !run.ended}
	if found.Never() && run.skipped { // the delay is set there
		return Schedule{}, false
	}
	return found, true
}

// shown is how many waits String lists.
const shown = 8

// String returns the schedule in words: "waits 1s, 2s, 3s (6s in all)".
func (s Schedule) String() string {
	if len(s.Waits) == 0 {
		return "no waits"
	}
	waits := "waits "
	if s.Drawn {
		waits += "about "
	}
	if s.More && same(s.Waits) || s.Never() {
		return waits + short(s.Waits[0]) + " each time"
	}
	var b strings.Builder
	b.WriteString(waits)
	var total time.Duration
	tooLong := false // for a time.Duration
	for i, w := range s.Waits {
		total += w
		tooLong = tooLong || total < 0
		switch {
		case i == shown:
			b.WriteString(", …")
		case i > shown:
		case i > 0:
			b.WriteString(", " + short(w))
		default:
			b.WriteString(short(w))
		}
	}
	switch {
	case s.More && len(s.Waits) <= shown:
		b.WriteString(", …")
	case !s.More && len(s.Waits) > 1 && !tooLong:
		b.WriteString(" (" + short(total) + " in all)")
	}
	return b.String()
}

// Never reports whether all waits are 0.
func (s Schedule) Never() bool { return same(s.Waits) && len(s.Waits) > 0 && s.Waits[0] == 0 }

func same(ws []time.Duration) bool {
	return !slices.ContainsFunc(ws, func(w time.Duration) bool { return w != ws[0] })
}

// short writes d without the zeros of 1m0s and 1h0m0s.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
