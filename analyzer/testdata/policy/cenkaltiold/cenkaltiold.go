package cenkaltiold

import (
	"time"

	"github.com/cenkalti/backoff"
)

func constant(op func() error, d time.Duration) {
	_ = backoff.Retry(op, backoff.NewConstantBackOff(d)) // want `by NewConstantBackOff: take NewExponentialBackOff \(`
	e := backoff.NewExponentialBackOff()
	e.Multiplier = 1 // want `set Multiplier to 2`
	_ = backoff.Retry(op, e)
}

func fine(op func() error) {
	e := backoff.NewExponentialBackOff()
	e.Multiplier = 3
	_ = backoff.Retry(op, e)
}
