// Package steps is a retry helper that is asked for each next pass, in the style
// of CockroachDB's.
package steps

import (
	"context"
	"time"
)

// Options of a loop.
type Options struct {
	InitialBackoff      time.Duration // 50ms by default
	MaxBackoff          time.Duration // 2s by default
	Multiplier          float64       // 2 by default
	MaxRetries          int           // 0 is no limit
	RandomizationFactor float64
	Closer              <-chan struct{} // ends the loop
}

// A Retry is a loop.
type Retry struct {
	opts Options
	ctx  context.Context
	made int
}

// Start starts a loop.
func Start(opts Options) Retry { return StartWithCtx(context.Background(), opts) }

// StartWithCtx starts a loop that ends with ctx. There is at least one pass.
func StartWithCtx(ctx context.Context, opts Options) Retry {
	if opts.InitialBackoff == 0 {
		opts.InitialBackoff = 50 * time.Millisecond
	}
	if opts.MaxBackoff == 0 {
		opts.MaxBackoff = 2 * time.Second
	}
	return Retry{opts: opts, ctx: ctx}
}

// Next reports whether there is another pass, and waits before all but the first.
func (r *Retry) Next() bool {
	if r.made++; r.made == 1 {
		return true
	}
	if r.opts.MaxRetries > 0 && r.made > r.opts.MaxRetries+1 {
		return false
	}
	delay := min(r.opts.InitialBackoff, r.opts.MaxBackoff)
	r.opts.InitialBackoff *= 2
	select {
	case <-r.opts.Closer:
	case <-r.ctx.Done():
	case <-time.After(delay):
		return true
	}
	return false
}

// CurrentAttempt is the number of the pass, from 0.
func (r *Retry) CurrentAttempt() int { return r.made - 1 }

// WithMaxAttempts runs fn n times at most, which must be positive.
func WithMaxAttempts(ctx context.Context, opts Options, n int, fn func() error) (err error) {
	opts.MaxRetries = n - 1
	for r := StartWithCtx(ctx, opts); r.Next(); {
		if err = fn(); err == nil || n == 1 {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return err
}
