// Package delays has the rules for the delays of a helper that takes the place
// of a loop: what limits them, so that the wait in all does not get out of hand,
// how long they are, and how they are written. It is given numbers and text, no
// syntax.
package delays

import (
	"slices"
	"time"
)

// A Growth is how the delays of today grow, as far as the limit depends on it.
type Growth int

// The ways to grow.
const (
	Unknown  Growth = iota // in a way that is not known, or in none: drawn at random, listed in a table
	Constant               // not at all
	Linear                 // by the first delay each time
	Slow                   // by a factor of less than two
	Doubling               // by a factor of two or more
)

// Today is what is known of the delays of a loop. A helper doubles its delays,
// from the same first one.
type Today struct {
	Growth   Growth
	First    time.Duration   // the first delay; 0 if constants do not tell it
	Named    bool            // it is written by a name
	Waits    []time.Duration // all of them, the means of random ones; nil if constants do not tell all
	Longest  time.Duration   // the longest between attempts, also of random ones; 0 if constants do not tell it
	Attempts int64           // how many there are at most; 0 if that is not known
	Counted  bool            // their number ends them, even if it is not known
	Deadline bool            // a point in time ends them
	Capped   bool            // the source limits them
	Endless  bool            // nothing lets them start anew
	Watches  bool            // each pass asks whether to stop, and nothing would end a longer delay early
}

// A Rule says what limits the delays of a helper.
type Rule int

// The rules.
const (
	None     Rule = iota // nothing does: they stay in bounds by themselves
	Source               // what does so today
	AtMost               // a duration
	Multiple             // a multiple of the first delay
	Last                 // the last of linear delays: as many times the first as there are waits
	Long                 // longest, or the first delay, which constants do not tell, if that is longer; mostTimes that if it is short
	NotKnown             // something that is not known: no fix
)

// OfFirst reports whether the limit is told by the first delay.
func (r Rule) OfFirst() bool { return r == Multiple || r == Last || r == Long }

// A Limit is a rule with its number.
type Limit struct {
	Rule   Rule
	AtMost time.Duration // the longest delay; 0 if that is not known
	Times  int64         // of the rule Multiple; of Long where that cannot be written, 0 for delays that double today
}

const (
	// few is the number of attempts up to which delays double without a limit.
	few = 5

	// mostTimes is how many times the first delay the longest is where nothing
	// ends the attempts: it doubles six times.
	mostTimes = 1 << 6

	// longest is what delays do not grow beyond then. One that is longer already
	// stays what it is.
	longest = 30 * time.Second

	// byName is up to which multiple of a first delay that has a name the limit is
	// written by that name.
	byName = 20
)

// Limit returns what limits the delays of the helper. All of them together take
// about twice as long as today at most, but for so few attempts that it does not
// matter.
func (t Today) Limit() Limit {
	switch {
	case (t.Watches || t.Endless) && t.Growth == Constant:
		return t.times(1)
	case t.Watches && t.Growth != Doubling:
		return Limit{Rule: NotKnown}
	case t.Capped && (t.Growth == Doubling || t.Longest == 0 || t.Growth != Slow && t.isFew()):
		return Limit{Rule: Source}
	case t.Attempts == 1 || t.Attempts == 2:
		return Limit{} // there is one wait at most
	case t.Growth == Slow:
		return t.longest()
	case t.isFew(), t.Growth == Doubling && t.ends():
		return Limit{}
	case t.Growth == Constant && (t.ends() || t.First < longest):
		return t.times(2)
	case !t.ends():
		return t.endless()
	case t.Growth == Linear && t.Longest == 0 && t.Counted:
		return Limit{Rule: Last}
	}
	return t.longest()
}

// Longer returns the limit for one attempt more than those for which delays may double without
// one, which a loop that waits behind its last attempt comes to.
func (t Today) Longer() Limit {
	if t.isFew() {
		t.Attempts = few + 1
	}
	return t.Limit()
}

// ends reports whether anything but success, a final failure or a context ends
// the attempts.
func (t Today) ends() bool { return t.Counted || t.Attempts > 0 || t.Deadline }

func (t Today) isFew() bool { return t.Attempts > 0 && t.Attempts <= few }

func (t Today) times(n int64) Limit {
	return t.multiple(time.Duration(n)*t.First, n)
}

// Exactly returns the limit d.
func (t Today) Exactly(d time.Duration) Limit { return t.multiple(d, 0) }

// multiple returns the limit d, by the name of the first delay if it is a small
// multiple of that: the nth one, unless n is 0.
func (t Today) multiple(d time.Duration, n int64) Limit {
	if t.First > 0 && t.Named && d%t.First == 0 {
		n = int64(d / t.First)
	}
	if n > 0 && n <= byName && (t.Named || t.First == 0) {
		return Limit{Rule: Multiple, AtMost: d, Times: n}
	}
	return Limit{Rule: AtMost, AtMost: d}
}

// longest returns the longest delay of today: none if they do not come to it. The one
// behind the last attempt counts if it is a round figure, and a round figure below will
// do if they take no less in all with that.
func (t Today) longest() Limit {
	if t.Longest <= 0 {
		return Limit{Rule: NotKnown}
	}
	limit := t.Exactly(max(Shortened(t.Longest), t.First))
	n := len(t.Waits)
	if n == 0 || t.First == 0 {
		return limit
	}
	last, round := slices.Max(t.Waits), Figure(limit.AtMost)
	switch {
	case t.Attempts > 0 && Doubled(t.First, 0, n)[n-1] <= limit.AtMost:
		return Limit{}
	case limit.Rule != AtMost || t.Capped:
	case last > limit.AtMost && Figure(last) == last:
		limit.AtMost = last
	case round > t.First && Sum(Doubled(t.First, round, n)) >= Sum(t.Waits):
		limit.AtMost = round
	}
	return limit
}

// endless returns what delays that nothing ends grow to: those that double without
// a limit today go on doing so.
func (t Today) endless() Limit {
	again := int64(2)
	if t.Growth == Doubling {
		again = 0
	}
	switch {
	case t.Growth == Unknown:
		return t.longest()
	case t.First == 0:
		return Limit{Rule: Long, Times: again}
	case t.First >= longest:
		return t.Exactly(t.First)
	case t.Growth == Doubling:
		return Limit{Rule: AtMost, AtMost: longest}
	}
	return Limit{Rule: AtMost, AtMost: Figure(min(mostTimes*t.First, longest))}
}
