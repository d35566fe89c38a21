package delays

import (
	"math"
	"time"
)

// Doubled returns the first n delays of a helper: each is twice as long as the
// one before, up to most, unless that is 0.
func Doubled(first, most time.Duration, n int) []time.Duration {
	var list []time.Duration
	for d := first; len(list) < n; {
		if most > 0 {
			d = min(d, most)
		}
		list = append(list, d)
		if d <= math.MaxInt64/2 {
			d *= 2
		}
	}
	return list
}

// OutOfHand reports whether the delays of a helper take much more than twice as
// long in all as the same number of today does. A few may, since they double, unless
// those of today become shorter.
func OutOfHand(today, with []time.Duration) bool {
	n := min(len(today), len(with))
	return (n >= few || n > 0 && today[n-1] < today[0]) && Sum(with[:n]) > 5*Sum(today[:n])/2
}

// TooShort reports whether the delays of a helper take much less than half as long in all
// as the same number of today does, which grow by more than a factor of two: what is waited
// for is given up too early then.
func TooShort(today, with []time.Duration) bool {
	n := min(len(today), len(with))
	return 5*Sum(with[:n])/2 < Sum(today[:n])
}

// Sum returns what delays take in all.
func Sum(list []time.Duration) (all time.Duration) {
	for _, d := range list {
		if all += d; all < 0 {
			return math.MaxInt64 / 5
		}
	}
	return min(all, math.MaxInt64/5)
}

// GrowthOf tells from delays that follow each other how they grow: Unknown if
// there are too few of them, or if some are shorter than those before.
func GrowthOf(delays []time.Duration) Growth {
	if len(delays) < 2 || delays[0] <= 0 {
		return Unknown
	}
	steps, factors := true, true
	last := len(delays) - 1
	for last > 1 && delays[last] == delays[last-1] {
		last-- // it has come to a limit
	}
	for i := range last {
		if delays[i+1] < delays[i] {
			return Unknown
		}
		steps = steps && delays[i+1]-delays[i] == delays[1]-delays[0]
		factors = factors && delays[i+1]/2 >= delays[i]
	}
	switch {
	case delays[0] == delays[last]:
		return Constant
	case factors:
		return Doubling
	case steps:
		return Linear
	}
	return Slow
}

// Stays reports whether delays come to a limit and stay there; more is whether others
// follow.
func Stays(delays []time.Duration, more bool) bool {
	n := len(delays)
	return n > 2 && delays[n-1] == delays[n-2] && delays[n-1] > delays[0] && (!more || n > 3 && delays[n-2] == delays[n-3])
}

// LongestOf returns the longest of the delays that so many attempts have between
// them: 0 if it is not among delays, the first ones. More is whether others
// follow.
func LongestOf(delays []time.Duration, attempts int64, more bool) (longest time.Duration) {
	if waits := attempts - 1; attempts > 0 && waits < int64(len(delays)) {
		delays = delays[:max(waits, 0)]
	} else if more && (attempts == 0 || waits > int64(len(delays))) {
		return 0
	}
	for _, d := range delays {
		longest = max(longest, d)
	}
	return longest
}
