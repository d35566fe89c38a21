package sethvargo

import (
	"context"
	"time"

	. "github.com/sethvargo/go-retry"
	again "github.com/sethvargo/go-retry"
)

func op(context.Context) error { return nil }

func constant(ctx context.Context, d time.Duration) {
	_ = again.Do(ctx, again.NewConstant(time.Second), op)                    // want `retry policy with constant backoff by NewConstant: take NewExponential \(backoff-policy\)`
	_ = again.Do(ctx, again.WithCappedDuration(d, again.NewConstant(d)), op) // want `by NewConstant: take NewExponential \(`
	_ = again.Do(ctx, NewConstant(d), op)                                    // want `by NewConstant: take NewExponential \(`
	_ = again.Constant(ctx, 2*time.Second, op)                               // want `by Constant: take Exponential \(`
	backoff := again.NewConstant(d)                                          // want `by NewConstant: take NewExponential \(`
	backoff = again.WithMaxRetries(5, backoff)
	_ = again.Do(ctx, backoff, op)
}

// Longer and longer delays for ever are no remedy: no fix.
func endless(ctx context.Context, d time.Duration, few bool) {
	_ = again.Do(ctx, again.WithJitter(d, again.NewConstant(d)), op) // want `by NewConstant: take NewExponential \(`
	plain := again.NewConstant(d)                                    // want `by NewConstant: take NewExponential \(`
	_ = again.Do(ctx, plain, op)
	twice := again.NewConstant(d) // want `by NewConstant: take NewExponential \(`
	_ = again.Do(ctx, again.WithMaxRetries(5, twice), op)
	_ = again.Do(ctx, twice, op)
	sometimes := again.NewConstant(d) // want `by NewConstant: take NewExponential \(`
	if few {
		sometimes = again.WithMaxRetries(5, sometimes)
	}
	_ = again.Do(ctx, sometimes, op)
}

func limited(ctx context.Context, d time.Duration) {
	_ = again.Do(ctx, again.WithMaxRetries(5, again.NewConstant(d)), op)                       // want `by NewConstant: take NewExponential \(`
	_ = again.Do(ctx, again.WithMaxDuration(d, again.WithJitter(d, again.NewConstant(d))), op) // want `by NewConstant: take NewExponential \(`
	base := again.NewConstant(d)                                                               // want `by NewConstant: take NewExponential \(`
	few := again.WithMaxRetries(5, base)
	_ = again.Do(ctx, few, op)
}

func fine(ctx context.Context, d time.Duration) {
	_ = again.Do(ctx, again.NewExponential(d), op)
	_ = again.Exponential(ctx, d, op)
	_ = again.Do(ctx, again.NewFibonacci(d), op) // grows by a factor in the end
	_ = again.Fibonacci(ctx, d, op)
	_ = again.Do(ctx, again.WithMaxRetries(1, again.NewConstant(d)), op) // one delay
}
