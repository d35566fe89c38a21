// Package waiter is a helper of the shape wait: it takes the place of a delay.
package waiter

import (
	"context"
	"time"
)

// A Waiter waits, each time twice as long as the time before.
type Waiter struct {
	Delay    time.Duration // the first
	MaxDelay time.Duration // the limit; 0 for none
}

// Wait waits. It returns the context's error if that ends first.
func (w *Waiter) Wait(ctx context.Context) error { return Sleep(ctx, w.next()) }

// Sleep waits for so long. It returns the context's error if that ends first.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (w *Waiter) next() time.Duration {
	d := w.Delay
	if w.MaxDelay > 0 {
		d = min(d, w.MaxDelay)
	}
	w.Delay *= 2
	return d
}
