// Package again is a helper of the shape callback that has defaults: what it is
// not told it decides itself.
package again

import (
	"context"
	"errors"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/acme/waiter"
)

type settings struct {
	attempts int // 0 for no limit
	wait     waiter.Waiter
}

// An Option changes a default: five attempts, a first delay of 50ms, and delays of
// ten seconds at most.
type Option func(*settings)

// Attempts sets the number of attempts.
func Attempts(n int) Option { return func(s *settings) { s.attempts = n } }

// Endless lifts it.
func Endless() Option { return Attempts(0) }

// First sets the first delay.
func First(d time.Duration) Option { return func(s *settings) { s.wait.Delay = d } }

// Longest sets the limit of the delays.
func Longest(d time.Duration) Option { return func(s *settings) { s.wait.MaxDelay = d } }

type final struct{ error }

// Never returns an error after which there is no other attempt.
func Never(err error) error { return final{err} }

// Do calls op until it succeeds, and returns its last error, or the context's if
// that ended the attempts.
func Do(ctx context.Context, op func(context.Context) error, opts ...Option) error {
	s := settings{attempts: 5, wait: waiter.Waiter{Delay: 50 * time.Millisecond, MaxDelay: 10 * time.Second}}
	for _, o := range opts {
		o(&s)
	}
	for n := 1; ; n++ {
		err := op(ctx)
		if f := (final{}); errors.As(err, &f) {
			return f.error
		}
		if err == nil || n == s.attempts {
			return err
		}
		if err := s.wait.Wait(ctx); err != nil {
			return err
		}
	}
}
