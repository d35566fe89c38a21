// Package fault says what is wrong with a loop that was judged: properties of a
// finding, not findings of their own.
package fault

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
)

// A Loop is what is known of a judged loop. It does not change.
type Loop struct {
	Bounds growth.Bounds
	Growth growth.Growth
	Course growth.Course // zero if it is not known

	MayEnd     bool   // something that is no bound and no outcome may end the attempts
	WaitsFirst bool   // the delay stands before the operation
	Again      bool   // another attempt stands behind the loop
	Context    string // a context that is in scope where it waits; "" if there is none
	WaitEnds   bool   // the wait ends with a context, or when something says stop
	Cancelled  string // a context of the operation whose end nobody asks for; "" if there is none
	Lost       bool   // what is returned at the end does not hold the last error
}

// A Fault is what is wrong with a loop.
type Fault struct {
	Name      string // such as ignores-context
	Text      string // what the loop does: "ignores ctx while it waits"
	One, Many string // what one loop and what several do: "ignores its context", "ignore their context"
	Quiet     bool   // not in the message
}

// A kind is a fault with how it is told.
type kind struct {
	fault Fault
	told  func(Loop) (text string, ok bool) // no text: that of one loop
}

// table lists all faults, the gravest first.
var table = []kind{
	{Fault{Name: "overflow", One: "overflows", Many: "overflow"}, overflow},
	{Fault{Name: "retries-cancelled", One: "goes on when cancelled", Many: "go on when cancelled"}, retriesCancelled},
	{Fault{Name: "ignores-context", One: "ignores its context", Many: "ignore their context"}, ignoresContext},
	{Fault{Name: "no-wait", One: "does not wait", Many: "do not wait"}, noWait},
	{Fault{Name: "loses-error", One: "loses the last error", Many: "lose the last error"}, losesError},
	{Fault{Name: "unbounded", One: "never gives up", Many: "never give up"}, unbounded},
	{Fault{Name: "no-limit", One: "waits longer without limit", Many: "wait longer without limit"}, noLimit},
	{Fault{Name: "waits-after-last", One: "waits after the last attempt", Many: "wait after the last attempt"}, waitsAfterLast},
	{Fault{Name: "no-jitter", One: "has no jitter", Many: "have no jitter", Quiet: true}, noJitter},
}

// Names returns the names of all faults, the gravest first.
func Names() []string {
	var names []string
	for _, k := range table {
		names = append(names, k.fault.Name)
	}
	return names
}

// Of returns the faults of l, the gravest first.
func Of(l Loop) []Fault {
	var found []Fault
	for _, k := range table {
		if text, ok := k.told(l); ok {
			f := k.fault
			f.Text = cmp.Or(text, f.One)
			found = append(found, f)
		}
	}
	return found
}

func overflow(l Loop) (string, bool) {
	n := l.Course.Overflow
	if l.Bounds.Counted && !l.Course.Ended && l.Bounds.N == 0 {
		return "", false // there may be fewer attempts
	}
	return fmt.Sprintf("overflows its delay from attempt %d on", n), n > 0
}

func retriesCancelled(l Loop) (string, bool) {
	return "goes on when " + l.Cancelled + " is cancelled", l.Cancelled != ""
}

func ignoresContext(l Loop) (string, bool) {
	return "ignores " + l.Context + " while it waits", l.Context != "" && !l.WaitEnds
}

// noWait is about waits between attempts: one that comes before the first is none.
func noWait(l Loop) (string, bool) {
	waits := l.Course.Waits
	if l.WaitsFirst && l.Course.Count == l.Course.Passes && len(waits) > 0 {
		waits = waits[1:]
	}
	if len(waits) == 0 || waits[0] > 0 {
		return "", false
	}
	if len(waits) == 1 || slices.Max(waits) > 0 {
		return "does not wait at first", true
	}
	return never, true
}

// neverWaits reports whether all delays are known to be zero: nothing else is wrong with
// them then.
func neverWaits(l Loop) bool {
	text, _ := noWait(l)
	return text == never
}

// never is what is wrong with a loop whose delays are all zero.
const never = "never waits"

func losesError(l Loop) (string, bool) { return "", l.Lost }

func unbounded(l Loop) (string, bool) { return "", l.Bounds.None() && !l.MayEnd }

// manyAttempts is how many attempts a delay may grow by a factor without a limit.
const manyAttempts = 10

func noLimit(l Loop) (string, bool) {
	grows := l.Growth.Kind == growth.Exponential && !l.Growth.Capped
	many := l.Bounds.N > manyAttempts || !l.Bounds.Counted && !l.Bounds.Deadline && !l.MayEnd
	return "", grows && many
}

func waitsAfterLast(l Loop) (string, bool) {
	c := l.Course
	return "", !l.WaitsFirst && !l.Again && !neverWaits(l) && c.Ended && c.Passes > 1 && c.Count == c.Passes
}

func noJitter(l Loop) (string, bool) {
	switch l.Growth.Kind {
	case growth.Constant, growth.Linear, growth.Exponential, growth.Polynomial, growth.Table:
		return "", !l.Growth.Jittered && !neverWaits(l)
	}
	return "", false
}
