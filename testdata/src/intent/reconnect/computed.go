package reconnect

import (
	"context"
	"time"
)

// follow makes its delay from a count of failures, which success sets back.
func follow(ctx context.Context, read func(context.Context) error) {
	failed := 0
	for { // want `reconnect loop with exponential backoff`
		if err := read(ctx); err != nil {
			failed++
		} else {
			failed = 0
		}
		wait := 100 * time.Millisecond << failed
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// tick counts what it did: that is no failure.
func tick(ctx context.Context, read func(context.Context) error) {
	done := 0
	for {
		if read(ctx) == nil {
			done++
		}
		wait := time.Second * time.Duration(done)
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}
