// Package eager is a retry helper that makes no attempt on a context that has
// ended, panics without a delay, and returns its mark where the last attempt fails
// for good.
package eager

import (
	"context"
	"errors"
	"time"
)

// Do runs op.
func Do(ctx context.Context, attempts int, delay time.Duration, op func(context.Context) error) error {
	if delay <= 0 {
		panic("not positive")
	}
	for n := 1; ctx.Err() == nil; n++ {
		err := op(ctx)
		if err == nil || n == attempts {
			return err
		}
		if stop := (*stopped)(nil); errors.As(err, &stop) {
			return stop.error
		}
		select {
		case <-ctx.Done():
		case <-time.After(delay):
			delay *= 2
		}
	}
	return ctx.Err()
}

// Stop marks an error as the last.
func Stop(err error) error { return &stopped{err} }

type stopped struct{ error }
