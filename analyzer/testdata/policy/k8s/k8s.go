package k8s

import (
	"context"
	"time"

	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/util/retry"
)

func op() error { return nil }

func always(error) bool { return true }

var atStart = wait.Backoff{Duration: time.Second, Factor: 1.0, Steps: 5} // want `retry policy with constant backoff by Backoff.Factor: set Factor to 2 \(backoff-policy\)`

// What others do with it is not known here.
var Unread = wait.Backoff{Duration: time.Second, Factor: 1.0, Steps: 30}

type options struct{ backoff wait.Backoff }

func constant(ctx context.Context) {
	_ = retry.OnError(wait.Backoff{Duration: time.Second, Factor: 1, Steps: 5}, always, op)                   // want `set Factor to 2`
	_ = retry.OnError(wait.Backoff{Duration: time.Second, Factor: 0, Steps: 5, Jitter: 0.1}, always, op)      // want `set Factor to 2`
	_ = retry.OnError(wait.Backoff{Duration: time.Second, Steps: 5}, always, op)                              // want `set Factor to 2`
	_ = retry.OnError(wait.Backoff{Duration: time.Second, Factor: 1, Steps: 5, Cap: time.Minute}, always, op) // want `set Factor to 2`
	_ = retry.OnError(atStart, always, op)
	b := wait.Backoff{Duration: time.Second, Factor: 1, Steps: 5} // want `set Factor to 2`
	_ = wait.ExponentialBackoff(b, func() (bool, error) {
		if err := op(); err != nil {
			return false, nil
		}
		return true, nil
	})
	_ = wait.ExponentialBackoffWithContext(ctx, wait.Backoff{Duration: time.Second, Factor: 1, Steps: 5}, func(context.Context) (bool, error) { // want `set Factor to 2`
		return op() == nil, nil
	})
	c := retry.DefaultBackoff
	c.Factor = 1 // want `set Factor to 2`
	_ = retry.OnError(c, always, op)
	_ = options{backoff: wait.Backoff{Duration: time.Second, Factor: 1, Steps: 5}} // want `set Factor to 2`
}

func fine(ctx context.Context, ready func() bool, get func() (string, error), factor float64) {
	_ = retry.OnError(wait.Backoff{Duration: time.Second, Factor: 2, Steps: 5}, always, op)
	_ = retry.OnError(wait.Backoff{Duration: time.Second, Factor: factor, Steps: 5}, always, op)
	_ = retry.OnError(retry.DefaultBackoff, always, op)
	_ = wait.Backoff{}

	// Conflicts are tried again soon on purpose.
	_ = retry.RetryOnConflict(retry.DefaultRetry, op)
	_ = retry.OnError(retry.DefaultRetry, always, op)
	_ = retry.RetryOnConflict(wait.Backoff{Duration: time.Second, Factor: 1, Steps: 5}, op)
	conflicts := wait.Backoff{Duration: time.Second, Factor: 1, Steps: 5}
	_ = retry.RetryOnConflict(conflicts, op)

	// These wait for a state.
	_ = wait.PollUntilContextTimeout(ctx, time.Second, time.Minute, true, func(context.Context) (bool, error) { return ready(), nil })
	_ = wait.ExponentialBackoff(wait.Backoff{Duration: time.Second, Factor: 1, Steps: 5}, func() (bool, error) { return ready(), nil })
	_ = wait.ExponentialBackoff(wait.Backoff{Duration: time.Second, Factor: 1, Steps: 5}, func() (bool, error) {
		s, err := get()
		if err != nil {
			return false, err
		}
		if s != "up" {
			return false, nil
		}
		return true, nil
	})

	// One delay does not grow.
	_ = retry.OnError(wait.Backoff{Duration: time.Second, Factor: 1, Steps: 2}, always, op)

	b := wait.Backoff{Duration: time.Second, Steps: 5}
	b.Factor = factor
	_ = retry.OnError(b, always, op)
}
