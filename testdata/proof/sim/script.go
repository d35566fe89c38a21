// Package sim is a world of scripted outcomes and virtual time, in which a
// function that retries runs before and after its fix, and the rules by which
// the two runs are compared.
package sim

import "strings"

// A Script says how each attempt at the operation ends. It is a word over the
// outcomes below; behind its end the last outcome repeats [repeats] times, then
// everything succeeds.
type Script string

// The outcomes of an attempt. Each failure is an error value of its own.
const (
	success      = 'S'
	transient    = 'T' // another attempt may help
	final        = 'F' // no other attempt can help
	hinted       = 'H' // transient, and the answer says how long to wait
	cancelInOp   = 'C' // transient, and the context is cancelled meanwhile
	cancelInWait = 'W' // transient, and the context is cancelled a little later
	causeInWait  = 'K' // the same, cancelled with a cause of its own
)

// cancelledBefore begins the script of a call with a cancelled context.
const cancelledBefore = 'P'

const (
	repeats  = 10  // of a script's last outcome: more than any subject attempts
	maxSteps = 250 // attempts after which the function is stopped
)

// outcome returns how the attempt with the given number, from 1, ends.
func (s Script) outcome(attempt int) byte {
	word := strings.TrimPrefix(string(s), string(cancelledBefore))
	switch {
	case word == "" || attempt > len(word)+repeats:
		return success
	case attempt > len(word):
		return word[len(word)-1]
	}
	return word[attempt-1]
}

// cancels reports whether the context is cancelled at any time.
func (s Script) cancels() bool { return strings.ContainsAny(string(s), "PCWK") }

// calm returns the script without cancellation.
func (s Script) calm() Script {
	return Script(strings.NewReplacer("P", "", "C", "T", "W", "T", "K", "T").Replace(string(s)))
}

// len returns the number of outcomes that the script names.
func (s Script) len() int { return len(strings.TrimPrefix(string(s), string(cancelledBefore))) }
