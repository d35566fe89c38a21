// Package waiter is a retry helper that waits in loops of others.
package waiter

import (
	"context"
	"time"
)

// A Waiter waits.
type Waiter struct{ first, next, longest time.Duration }

// New returns a Waiter for delays that grow from base to limit.
func New(base, limit time.Duration) *Waiter { return &Waiter{base, base, limit} }

// Wait waits.
func (w *Waiter) Wait(ctx context.Context) error {
	delay := min(w.next, w.longest)
	w.next *= 2
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Reset makes the next delay the first again.
func (w *Waiter) Reset() { w.next = w.first }
