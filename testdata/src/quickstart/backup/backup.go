// Package backup keeps snapshots of a cluster's state in an object store.
package backup

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// How often an upload is tried, and what the waits in between are made of.
const (
	uploadAttempts = 5
	uploadDelay    = 2 * time.Second
)

// ErrTooLarge means that the store never takes an object of that size.
var ErrTooLarge = errors.New("object is too large")

// A Store keeps objects by key.
type Store interface {
	Put(ctx context.Context, key string, data []byte) error
}

// Upload stores a snapshot.
func Upload(ctx context.Context, store Store, key string, data []byte) error {
	var last error
	for attempt := range uploadAttempts {
		if attempt > 0 {
			delay := time.Duration(attempt) * uploadDelay
			slog.Warn("upload failed, trying again",
				"key", key, "attempt", attempt, "err", last)
			select {
			case <-time.After(delay):
			case <-ctx.Done():
				return fmt.Errorf("upload %s: %w", key, ctx.Err())
			}
		}
		last = store.Put(ctx, key, data)
		if last == nil {
			return nil
		}
		if errors.Is(last, ErrTooLarge) {
			return fmt.Errorf("upload %s: %w", key, last)
		}
	}
	return fmt.Errorf("upload %s: %w", key, last)
}
