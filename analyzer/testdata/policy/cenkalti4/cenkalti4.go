package cenkalti4

import (
	"time"

	"github.com/cenkalti/backoff/v4"
)

func op() error { return nil }

func constant(d time.Duration) {
	_ = backoff.Retry(op, backoff.NewConstantBackOff(d))                            // want `by NewConstantBackOff: take NewExponentialBackOff \(`
	_ = backoff.Retry(op, backoff.WithMaxRetries(backoff.NewConstantBackOff(d), 4)) // want `by NewConstantBackOff: take NewExponentialBackOff \(`
	_ = backoff.Retry(op, &backoff.ConstantBackOff{Interval: d})                    // want `by ConstantBackOff: `
	_ = backoff.Retry(op, &backoff.ZeroBackOff{})                                   // want `by ZeroBackOff: `

	b := backoff.NewExponentialBackOff(backoff.WithInitialInterval(time.Second), backoff.WithMultiplier(1)) // want `retry policy with constant backoff by WithMultiplier: set the multiplier to 2 \(backoff-policy\)`
	_ = backoff.Retry(op, b)
	same := 1.0
	_ = backoff.NewExponentialBackOff(backoff.WithMultiplier(same)) // want `set the multiplier to 2`
	_ = backoff.NewExponentialBackOff(backoff.WithMultiplier(0))    // want `set the multiplier to 2`
	options := []backoff.ExponentialBackOffOpts{
		backoff.WithInitialInterval(d),
		backoff.WithMultiplier(1.0), // want `set the multiplier to 2`
	}
	_ = backoff.NewExponentialBackOff(options...)

	e := backoff.NewExponentialBackOff()
	e.Multiplier = 1 // want `set Multiplier to 2`
	_ = backoff.Retry(op, e)
	_ = backoff.ExponentialBackOff{InitialInterval: d, Multiplier: 1, MaxInterval: time.Hour} // want `set Multiplier to 2`
}

func fine(d time.Duration) {
	_ = backoff.Retry(op, backoff.NewExponentialBackOff(backoff.WithMultiplier(2)))
	_ = backoff.Retry(op, backoff.WithMaxRetries(backoff.NewConstantBackOff(d), 1)) // one delay
	b := backoff.NewConstantBackOff(d)
	_ = backoff.Retry(op, backoff.WithMaxRetries(b, 1))
	_ = backoff.ExponentialBackOff{}
}
