// Package iter is a helper of the shape loop: it is the header of a for statement.
package iter

import (
	"context"
	"iter"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/acme/waiter"
)

// Options say how often, and how long to wait before the second attempt.
type Options struct {
	Attempts int // 0 for no limit
	Delay    time.Duration
	MaxDelay time.Duration // 0 for none
}

// A Retry counts the passes of a loop.
type Retry struct {
	ctx   context.Context
	opts  Options
	wait  waiter.Waiter
	count int
}

// Start begins a loop:
//
//	for r := iter.Start(ctx, opts); r.Next(); {
func Start(ctx context.Context, opts Options) *Retry {
	return &Retry{ctx: ctx, opts: opts, wait: waiter.Waiter{Delay: opts.Delay, MaxDelay: opts.MaxDelay}}
}

// Next reports whether there is another pass, and waits before it. The first
// comes at once, even if the context has ended.
func (r *Retry) Next() bool {
	r.count++
	switch {
	case r.count == 1:
		return true
	case r.opts.Attempts > 0 && r.count > r.opts.Attempts:
		return false
	}
	return r.wait.Wait(r.ctx) == nil
}

// Attempts is for range:
//
//	for range iter.Attempts(ctx, opts) {
func Attempts(ctx context.Context, opts Options) iter.Seq[int] {
	return func(yield func(int) bool) {
		r := Start(ctx, opts)
		for r.Next() && yield(r.count) {
		}
	}
}
