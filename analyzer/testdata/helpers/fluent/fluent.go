// Package fluent is a retry helper whose methods set one thing after another.
package fluent

import (
	"context"
	"time"
)

// A Retry tries something.
type Retry struct {
	attempts   uint8
	delay, max time.Duration
	ctx        context.Context
}

// New returns a Retry with three attempts.
func New() Retry { return Retry{attempts: 3, ctx: context.Background()} }

// WithContext sets what ends the delays.
func (r Retry) WithContext(ctx context.Context) Retry { r.ctx = ctx; return r }

// WithAttempts sets how often something is tried.
func (r Retry) WithAttempts(n uint8) Retry { r.attempts = n; return r }

// WithDelay sets the first delay.
func (r Retry) WithDelay(d time.Duration) Retry { r.delay = d; return r }

// WithMaxDelay sets the longest delay.
func (r Retry) WithMaxDelay(d time.Duration) Retry { r.max = d; return r }

// Do tries op.
func (r Retry) Do(op func() error) error {
	for {
		err := op()
		if r.attempts--; err == nil || r.attempts == 0 {
			return err
		}
		if r.max > 0 {
			r.delay = min(r.delay, r.max)
		}
		select {
		case <-r.ctx.Done():
			return r.ctx.Err()
		case <-time.After(r.delay):
			r.delay *= 2
		}
	}
}
