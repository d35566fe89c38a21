// Package receiver is a retry helper that is made once and has methods.
package receiver

import (
	"context"
	"iter"
	"time"
)

// Config says how a [Retrier] tries.
type Config struct {
	RetryCount int // after the first attempt; not positive: without limit
	Interval   time.Duration
	MaxWait    time.Duration
}

// A Retrier runs operations.
type Retrier struct {
	config Config
	now    func() time.Time
}

// NewRetrier returns a Retrier.
func NewRetrier(c Config) *Retrier { return &Retrier{c, time.Now} }

// Execute runs op.
func (r *Retrier) Execute(ctx context.Context, op func(context.Context) error) (err error) {
	for range r.Attempts(ctx) {
		if err = op(ctx); err == nil {
			return nil
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// Attempts yields the numbers of the attempts, beginning with 1. There is at least
// one.
func (r *Retrier) Attempts(ctx context.Context) iter.Seq[int] {
	return func(yield func(int) bool) {
		delay := r.config.Interval
		for n := 1; yield(n) && (r.config.RetryCount <= 0 || n <= r.config.RetryCount); n++ {
			if r.config.MaxWait > 0 {
				delay = min(delay, r.config.MaxWait)
			}
			select {
			case <-ctx.Done():
				return
			case <-time.After(delay):
				delay *= 2
			}
		}
	}
}
