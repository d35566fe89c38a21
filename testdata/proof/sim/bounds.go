package sim

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

const (
	few         = 5                // attempts up to which delays just double
	longest     = 30 * time.Second // what delays without any bound grow to
	mostDoubled = 6                // how often they double
)

// limits returns the least and the highest limit that the delays of a fix may
// have: with few attempts they double; with more, or a number that is not known,
// they stay in reach of today's; what goes on without a bound waits half a minute
// at most.
func (pr profile) limits(p Pair) (least, most time.Duration) {
	between := slices.Max(append(pr.gaps, pr.base))
	today := max(between, pr.trace.rest()) // perhaps it waits at the end, too
	switch {
	case pr.cap > 0 && pr.ends && between < pr.cap:
		return between, pr.cap
	case pr.cap > 0:
		return pr.cap, pr.cap
	case p.Slow:
		most = today
	case pr.doubles():
		most = math.MaxInt64
	case p.Deadline > 0:
		most = max(2*pr.base, today)
	case !pr.ends:
		most = max(min(pr.base<<mostDoubled, longest), today)
	case len(pr.gaps) < few:
		most = math.MaxInt64
	case today <= pr.base:
		most = 2 * pr.base
	default:
		most = today
	}
	least = min(2*pr.base, most)
	switch {
	case pr.late, p.Base > 0: // today's second delay is the first of the fix
		least = pr.base
	case between > pr.base:
		least = min(least, between)
	}
	return least, most
}

// doubles reports whether the delays of the original grow without a limit, and
// as fast as those of a fix.
func (pr profile) doubles() bool {
	for i := range pr.gaps {
		if i > 0 && pr.gaps[i] < 2*pr.gaps[i-1] {
			return false
		}
	}
	return len(pr.gaps) > 2
}

// enough reports whether delays that grow up to limit take no less in all than those
// of the original.
func (pr profile) enough(limit time.Duration) bool {
	var all time.Duration
	for i := range pr.gaps {
		all += min(pr.wait(i+1), limit)
	}
	return pr.ends && limit > pr.base && all >= sum(pr.gaps)
}

// wait returns how long the fix waits after attempt n, from 1, at most.
func (pr profile) wait(n int) time.Duration {
	d := pr.base << (n - 1)
	if pr.cap > 0 && (d > pr.cap || d < pr.base) {
		d = pr.cap
	}
	return d
}

// sums compares what the waits take in all: those of many attempts about twice as long
// as today at most, and any about half as long at least, but for a limit of the helper's own.
func (j *judge) sums(before, after *Trace) string {
	was, is := before.gaps(), after.gaps()
	n := len(is)
	if !j.profile.ends || n != len(was) {
		return ""
	}
	limited := slices.Clone(was)
	for i := range limited {
		if j.helper.Limit > 0 {
			limited[i] = min(limited[i], j.helper.Limit)
		}
	}
	if is := sum(is); n >= few && is > sum(was)*5/2+soon || is*5/2+soon < sum(limited) {
		return fmt.Sprintf("waits %s in all, was %s", is, sum(was))
	}
	return ""
}

func sum(list []time.Duration) (all time.Duration) {
	for _, d := range list {
		all += d
	}
	return all
}

// says finds effects that name the wait behind them, and no longer the right one.
func says(before, after *Trace) string {
	was, is := before.split(), after.split()
	for i := range min(len(was), len(is)) {
		if was[i].gap == is[i].gap || was[i].gap == 0 {
			continue
		}
		for _, e := range is[i].effects {
			if names(e.Text, was[i].gap) {
				return fmt.Sprintf("%s %q, and waits %s", Says, e.Text, is[i].gap)
			}
		}
	}
	return ""
}

// Says begins the text of a difference that a message may point out instead.
const Says = "says"

// names reports whether a text has a duration as one of its words.
func names(text string, d time.Duration) bool {
	return slices.Contains(strings.Fields(text), d.String())
}
