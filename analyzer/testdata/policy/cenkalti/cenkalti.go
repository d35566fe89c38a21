package cenkalti

import (
	"context"
	"time"

	. "github.com/cenkalti/backoff/v5"
	bo "github.com/cenkalti/backoff/v5"
)

type exponential = bo.ExponentialBackOff

func op() (int, error) { return 0, nil }

func use(ctx context.Context, b bo.BackOff) {
	_, _ = bo.Retry(ctx, op, bo.WithBackOff(b), bo.WithMaxTries(5))
}

func constant(ctx context.Context, d time.Duration) {
	use(ctx, bo.NewConstantBackOff(d)) // want `retry policy with constant backoff by NewConstantBackOff: take NewExponentialBackOff \(backoff-policy\)`
	use(ctx, NewConstantBackOff(d))    // want `by NewConstantBackOff: `
	make := bo.NewConstantBackOff      // want `by NewConstantBackOff: `
	use(ctx, make(d))
	use(ctx, &bo.ConstantBackOff{Interval: d}) // want `by ConstantBackOff: take NewExponentialBackOff \(`
	use(ctx, new(bo.ConstantBackOff))          // want `by ConstantBackOff: `
	var none bo.ZeroBackOff                    // want `by ZeroBackOff: take NewExponentialBackOff \(`
	use(ctx, &none)
	use(ctx, &ZeroBackOff{}) // want `by ZeroBackOff: `
	options := []bo.RetryOption{bo.WithMaxTries(5)}
	options = append(options, bo.WithBackOff(bo.NewConstantBackOff(d))) // want `by NewConstantBackOff: `
	_, _ = bo.Retry(ctx, op, options...)
}

func multiplier(ctx context.Context) {
	use(ctx, &bo.ExponentialBackOff{InitialInterval: time.Second, Multiplier: 1, MaxInterval: time.Minute})   // want `retry policy with constant backoff by ExponentialBackOff.Multiplier: set Multiplier to 2 \(backoff-policy\)`
	use(ctx, &exponential{InitialInterval: time.Second, Multiplier: 1.0, MaxInterval: time.Minute})           // want `set Multiplier to 2`
	use(ctx, &bo.ExponentialBackOff{InitialInterval: time.Second, Multiplier: 0, MaxInterval: time.Minute})   // want `set Multiplier to 2`
	use(ctx, &bo.ExponentialBackOff{InitialInterval: time.Second, MaxInterval: time.Minute})                  // want `set Multiplier to 2`
	use(ctx, &bo.ExponentialBackOff{InitialInterval: time.Second, Multiplier: 1})                             // want `set Multiplier to 2`
	use(ctx, &bo.ExponentialBackOff{InitialInterval: time.Second, Multiplier: (1), MaxInterval: time.Minute}) // want `set Multiplier to 2`

	b := bo.NewExponentialBackOff()
	b.InitialInterval = time.Second
	b.Multiplier = 1 // want `set Multiplier to 2`
	use(ctx, b)

	factor := 1.0
	use(ctx, &bo.ExponentialBackOff{InitialInterval: time.Second, Multiplier: factor, MaxInterval: time.Minute}) // want `set Multiplier to 2`
	defaults := struct{ factor, other float64 }{factor: 1}
	use(ctx, &bo.ExponentialBackOff{InitialInterval: time.Second, Multiplier: defaults.factor, MaxInterval: time.Minute}) // want `set Multiplier to 2`
}

func fine(ctx context.Context, d time.Duration, factor float64) error {
	use(ctx, bo.NewExponentialBackOff())
	use(ctx, &bo.ExponentialBackOff{InitialInterval: d, Multiplier: 1.5, MaxInterval: time.Minute})
	use(ctx, &bo.ExponentialBackOff{InitialInterval: d, Multiplier: factor, MaxInterval: time.Minute})
	use(ctx, &StopBackOff{})

	b := &bo.ExponentialBackOff{InitialInterval: d, MaxInterval: time.Minute}
	b.Multiplier = factor
	use(ctx, b)

	c := bo.NewExponentialBackOff()
	c.Multiplier = 1
	if factor > 1 {
		c.Multiplier = factor
	}
	use(ctx, c)

	// One delay does not grow.
	_, err := bo.Retry(ctx, op, bo.WithBackOff(bo.NewConstantBackOff(d)), bo.WithMaxTries(2))
	var _ bo.BackOff = (*bo.ConstantBackOff)(nil)
	return err
}

func read(b bo.BackOff) bool {
	switch b.(type) {
	case *bo.ConstantBackOff, *bo.ZeroBackOff:
		return true
	}
	return false
}

func defaulted(ctx context.Context, factor float64) {
	if factor == 0 {
		factor = 1
	}
	use(ctx, &bo.ExponentialBackOff{InitialInterval: time.Second, Multiplier: factor, MaxInterval: time.Minute})
}

// Whoever runs it decides.
func choice(ctx context.Context, kind string, d time.Duration) {
	switch kind {
	case "constant":
		use(ctx, bo.NewConstantBackOff(d))
	case "exponential":
		use(ctx, bo.NewExponentialBackOff())
	}
	if kind == "" {
		use(ctx, &bo.ConstantBackOff{Interval: d})
	} else {
		use(ctx, bo.NewExponentialBackOff())
	}
	if kind == "fast" {
		use(ctx, bo.NewConstantBackOff(d)) // want `by NewConstantBackOff: `
	}
	use(ctx, bo.NewExponentialBackOff())
}
