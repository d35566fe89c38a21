// Package value is a retry helper that takes a policy as a struct.
package value

import (
	"context"
	"errors"
	"time"
)

// A Policy is how an operation is tried.
type Policy struct {
	Name     string
	Base     time.Duration // the first delay, which doubles each time
	Ceiling  time.Duration // no delay is longer; 0: no limit
	MaxTries int           // 0: no limit
	Timeout  time.Duration // of all of it; 0: none

	OnRetry func(try int, err error)
}

// Run runs op.
func Run(ctx context.Context, p Policy, op func() error) error {
	_, err := Get(ctx, p, func() (struct{}, error) { return struct{}{}, op() })
	return err
}

// Get runs op and returns its value.
func Get[T any](ctx context.Context, p Policy, op func() (T, error)) (T, error) {
	var zero T
	if p.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, p.Timeout)
		defer cancel()
	}
	delay := p.Base
	for try := 1; ; try++ {
		v, err := op()
		switch {
		case err == nil:
			return v, nil
		case errors.As(err, new(*aborted)):
			return zero, errors.Unwrap(err)
		case try == p.MaxTries:
			return zero, err
		}
		if p.OnRetry != nil {
			p.OnRetry(try, err)
		}
		if p.Ceiling > 0 {
			delay = min(delay, p.Ceiling)
		}
		select {
		case <-ctx.Done():
			return zero, ctx.Err()
		case <-time.After(delay):
			delay *= 2
		}
	}
}

// Abort marks an error after which there is no other try.
func Abort(err error) error {
	if err == nil {
		return nil
	}
	return &aborted{err}
}

type aborted struct{ error }

func (a *aborted) Unwrap() error { return a.error }
