package probe

import (
	"context"
	"time"
)

type lease interface {
	renew(ctx context.Context) (lost bool, err error)
	acquire(ctx context.Context) (held bool, err error)
}

// keep renews each interval, and ends when the lease is lost.
func keep(ctx context.Context, l lease, interval time.Duration) {
	timer := time.NewTimer(interval)
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		if lost, err := l.renew(ctx); err == nil && lost {
			return
		}
		timer.Reset(interval)
	}
}

// take tries at once.
func take(ctx context.Context, l lease) {
	for { // want `retry loop with constant backoff`
		if held, err := l.acquire(ctx); err == nil && held {
			return
		}
		time.Sleep(time.Second)
	}
}
