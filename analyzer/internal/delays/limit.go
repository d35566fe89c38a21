// Package delays has the rules for the delays of a helper that takes the place
// of a loop: what limits them, so that the wait in all does not get out of hand,
// and how long they are. It knows numbers only, no code.
package delays

import "time"

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
	First    time.Duration // the first delay; 0 if constants do not tell it
	Longest  time.Duration // the longest one between attempts; 0 if constants do not tell it
	Attempts int64         // how many there are at most; 0 if that is not known
	Counted  bool          // their number ends them, even if it is not known
	Deadline bool          // a point in time ends them
	Capped   bool          // the source limits them
	Endless  bool          // success goes on, and they would not start anew
	Watches  bool          // each pass asks whether to stop, and nothing would end a longer delay early
}

// A Rule says what limits the delays of a helper.
type Rule int

// The rules.
const (
	None     Rule = iota // nothing does: they stay in bounds by themselves
	Source               // what does so today
	AtMost               // a duration
	Multiple             // a multiple of the first delay
	Longest              // the longest of so many linear delays: the number of waits times the first
	Clamped              // Clamp of the first delay, which constants do not tell
	NotKnown             // something that is not known: no fix
)

// A Limit is a rule with its number.
type Limit struct {
	Rule   Rule
	AtMost time.Duration // of the rule AtMost
	Times  int64         // of the rule Multiple
}

const (
	// few is the number of attempts up to which delays double without a limit.
	few = 5

	// doublings is how often the delays of attempts without an end double.
	doublings = 6

	// Long is what they do not grow beyond then. A delay that is longer already
	// stays what it is.
	Long = 30 * time.Second

	// MostTimes is how many times the first one the longest of them is.
	MostTimes = 1 << doublings
)

// Limit returns what limits the delays of the helper. All of them together take
// about twice as long as today at most, but for so few attempts that it does not
// matter.
func (t Today) Limit() Limit {
	switch {
	case t.Watches && t.Growth == Constant:
		return t.times(1)
	case t.Watches && t.Growth != Doubling:
		return Limit{Rule: NotKnown}
	case t.Endless && t.Growth == Constant:
		return t.times(2)
	case t.Capped && (t.Growth == Doubling || t.Longest == 0 || t.Growth != Slow && t.isFew()):
		return Limit{Rule: Source}
	case t.Attempts == 1 || t.Attempts == 2:
		return Limit{} // there is one wait at most
	case t.Growth == Slow:
		return t.longest()
	case t.isFew(), t.Growth == Doubling && t.ends():
		return Limit{}
	case !t.ends():
		return t.endless()
	case t.Growth == Constant:
		return t.times(2)
	case t.Growth == Linear && t.Longest == 0 && t.Counted:
		return Limit{Rule: Longest}
	}
	return t.longest()
}

// ends reports whether anything but success, a final failure or a context ends
// the attempts.
func (t Today) ends() bool { return t.Counted || t.Attempts > 0 || t.Deadline }

func (t Today) isFew() bool { return t.Attempts > 0 && t.Attempts <= few }

func (t Today) times(n int64) Limit {
	if t.First > 0 {
		return Limit{Rule: AtMost, AtMost: time.Duration(n) * t.First}
	}
	return Limit{Rule: Multiple, Times: n}
}

func (t Today) longest() Limit {
	if t.Longest > 0 {
		return Limit{Rule: AtMost, AtMost: max(rounded(t.Longest), t.First)}
	}
	return Limit{Rule: NotKnown}
}

// rounded returns a delay that was computed, with about two digits.
func rounded(d time.Duration) time.Duration {
	if d%(100*time.Microsecond) == 0 {
		return d
	}
	unit := time.Second
	for unit > 1 && unit > d/50 {
		unit /= 10
	}
	return d.Truncate(unit)
}

func (t Today) endless() Limit {
	if t.First > 0 {
		return Limit{Rule: AtMost, AtMost: Clamp(t.First)}
	}
	return Limit{Rule: Clamped}
}

// Clamp returns what delays without an end grow to, from the first one.
func Clamp(first time.Duration) time.Duration {
	return min(MostTimes*min(first, Long), max(first, Long))
}
