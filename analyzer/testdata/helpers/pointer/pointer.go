// Package pointer is a retry helper that takes its settings by a pointer.
package pointer

import (
	"context"
	"time"
)

// Settings of [Call]. Those that are left out have defaults.
type Settings struct {
	Attempts  int64 // 3 by default
	Backoff   Backoff
	Retryable func(error) bool // all by default
}

// A Backoff says how long the delays are.
type Backoff struct {
	Initial time.Duration
	Max     time.Duration
	Factor  float64 // 1 by default
	Jitter  float64
}

// Call calls fn.
func Call(ctx context.Context, fn func(ctx context.Context) error, s *Settings) (err error) {
	attempts, delay := int64(3), time.Duration(0)
	if s != nil {
		delay = s.Backoff.Initial
		if s.Attempts > 0 {
			attempts = s.Attempts
		}
	}
	for attempt := int64(1); ; attempt++ {
		if err = fn(ctx); err == nil || attempt == attempts || s != nil && s.Retryable != nil && !s.Retryable(err) {
			return err
		}
		if s != nil && s.Backoff.Max > 0 {
			delay = min(delay, s.Backoff.Max)
		}
		timer := time.NewTimer(delay)
		select {
		case <-ctx.Done():
			timer.Stop()
			return context.Cause(ctx)
		case <-timer.C:
		}
		if s != nil && s.Backoff.Factor > 0 {
			delay = time.Duration(float64(delay) * s.Backoff.Factor)
		}
	}
}
