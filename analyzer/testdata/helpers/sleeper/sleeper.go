// Package sleeper is the smallest retry helper: a sleep that ends with a context.
package sleeper

import (
	"context"
	"time"
)

// Sleep sleeps for d, or until ctx ends.
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
