// Package harness runs a retry helper under virtual time and compares what it does
// with what its description claims. It is copied into the tests that package claims
// writes.
package harness

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// A Form is one way to call the helper, and what its description claims of it.
type Form struct {
	Name string

	// Run runs op by the helper and returns its error. Attempts and limit are 0
	// where a fix gives no number and no limit of the delay. Op is given the number
	// of the attempt, or 0 if the helper does not tell it.
	Run func(ctx context.Context, attempts int, delay, limit time.Duration, op func(number int) error) error

	// Reset, if there is one, waits, waits, makes the next delay the first again,
	// and waits; it returns the first and the last time.
	Reset func(delay time.Duration) (first, last time.Duration)

	Attempts  bool // it takes a number of attempts
	Least     int  // the least such number
	Unbounded bool // it goes on for ever without one
	Limit     bool // it takes a limit of the delay
	Context   bool // a context ends it
	Final     bool // there is a mark for final errors
	FinalEver bool // also where there is no number of attempts

	Ended          string // what it does on a context that has ended: "once", "nothing", or "" for either
	CancelsSuccess bool
	PositiveDelay  bool
	Number         bool // op is given its number
}

// A Wrong is the error of a form that returned something that it does not claim.
type Wrong string

func (w Wrong) Error() string { return string(w) }

// ErrFinal is what an operation returns for the helper's mark.
var ErrFinal = errors.New("final")

// enough is after how many attempts an operation succeeds in any case.
const enough = 60

// A run is what a form did.
type run struct {
	at      []time.Time // of the attempts
	errs    []error     // that they returned
	numbers []int
	err     error
	took    time.Duration
	late    time.Duration // after the last attempt
}

// do runs an operation whose n-th attempt, counted from 1, returns outcome(n).
func (f Form) do(ctx context.Context, attempts int, delay, limit time.Duration, outcome func(n int) error) *run {
	r, start := new(run), time.Now()
	r.err = f.Run(ctx, attempts, delay, limit, func(number int) error {
		r.at, r.numbers = append(r.at, time.Now()), append(r.numbers, number)
		var err error
		if len(r.at) < enough {
			err = outcome(len(r.at))
		}
		r.errs = append(r.errs, err)
		return err
	})
	r.took = time.Since(start)
	if len(r.at) > 0 {
		r.late = time.Since(r.at[len(r.at)-1])
	}
	return r
}

// waits returns the time between the attempts.
func (r *run) waits() (list []time.Duration) {
	for i := 1; i < len(r.at); i++ {
		list = append(list, r.at[i].Sub(r.at[i-1]))
	}
	return list
}

// failing is an outcome: each attempt fails with an error of its own.
func failing(int) error { return errors.New("failed") }

// until returns an outcome that fails in all attempts before the n-th.
func until(n int) func(int) error {
	return func(i int) error {
		if i < n {
			return failing(i)
		}
		return nil
	}
}

// Check tests what fixes rely on in each form.
func Check(t *testing.T, forms ...Form) {
	for _, f := range forms {
		for _, check := range []struct {
			name string
			run  func(*testing.T, Form)
			need bool
		}{
			{"attempts", checkAttempts, f.Attempts},
			{"success", checkSuccess, true},
			{"delays", checkDelays, true},
			{"limit", checkLimit, f.Limit},
			{"no limit of attempts", checkUnbounded, f.Unbounded},
			{"final errors", checkFinal, f.Final},
			{"end of the context", checkCancel, f.Context},
			{"ended context", checkEnded, f.Context},
			{"no delay", checkNoDelay, !f.PositiveDelay},
			{"reset", checkReset, f.Reset != nil},
		} {
			if check.need {
				t.Run(f.Name+"/"+check.name, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { check.run(t, f) })
				})
			}
		}
	}
}
