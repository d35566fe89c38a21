// Package retry is a helper of the shape callback: it is given the operation.
package retry

import (
	"context"
	"errors"

	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/acme/waiter"
)

// A Policy says how often, and how long to wait before the second attempt.
type Policy struct {
	Attempts int // 0 for no limit
	Delay    time.Duration
	MaxDelay time.Duration // 0 for none
}

// stop marks an error that ends the attempts.
type stop struct{ err error }

func (s *stop) Error() string { return s.err.Error() }

// Stop returns an error that ends the attempts: they return err.
func Stop(err error) error { return &stop{err} }

// Do calls op until it succeeds, and returns its last error, or the context's
// if that ended the attempts.
func Do(ctx context.Context, p Policy, op func() error) error {
	_, err := Value(ctx, p, func() (struct{}, error) { return struct{}{}, op() })
	return err
}

// Value is Do for an operation with a value.
func Value[T any](ctx context.Context, p Policy, op func() (T, error)) (T, error) {
	wait := waiter.Waiter{Delay: p.Delay, MaxDelay: p.MaxDelay}
	for n := 1; ; n++ {
		v, err := op()
		var s *stop
		switch {
		case err == nil:
			return v, nil
		case errors.As(err, &s):
			return v, s.err
		case n == p.Attempts:
			return v, err
		}
		if err := wait.Wait(ctx); err != nil {
			return v, err
		}
	}
}
