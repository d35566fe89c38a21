// Package field has functions that take the operation in a field of their
// options.
package field

import (
	"context"
	"time"
)

type Options struct {
	Attempts int
	Delay    time.Duration
	Op       func(context.Context) error
}

func Do(ctx context.Context, opts Options) (err error) { // want `retry helper with constant backoff, 1 call in this package: `
	op := opts.Op
	for range opts.Attempts {
		if err = op(ctx); err == nil {
			return nil
		}
		time.Sleep(opts.Delay)
	}
	return err
}

func Until(ctx context.Context, opts *Options) { // want `retry helper with constant backoff, no calls in this package: `
	for opts.Op(ctx) != nil {
		time.Sleep(opts.Delay)
	}
}

func use(ctx context.Context) error {
	return Do(ctx, Options{Attempts: 3, Op: func(context.Context) error { return nil }})
}
