// Package ongoing is a retry helper whose loop asks and waits by turns, in the
// style of dskit's.
package ongoing

import (
	"context"
	"time"
)

// Config of a Backoff.
type Config struct {
	MinBackoff time.Duration `yaml:"min_period"`
	MaxBackoff time.Duration `yaml:"max_period"`
	MaxTries   int           `yaml:"max_tries"` // Give up after this many; 0 means no limit.
}

// A Backoff is a loop.
type Backoff struct {
	cfg  Config
	ctx  context.Context
	made int
	next time.Duration
}

// New returns a Backoff that ends with ctx.
func New(ctx context.Context, cfg Config) *Backoff {
	return &Backoff{cfg: cfg, ctx: ctx, next: cfg.MinBackoff}
}

// Ongoing reports whether there is another pass.
func (b *Backoff) Ongoing() bool {
	return b.ctx.Err() == nil && (b.cfg.MaxTries == 0 || b.made < b.cfg.MaxTries)
}

// Err returns why there is none.
func (b *Backoff) Err() error { return b.ctx.Err() }

// NumRetries returns the number of passes.
func (b *Backoff) NumRetries() int { return b.made }

// Reset begins anew.
func (b *Backoff) Reset() { b.made, b.next = 0, b.cfg.MinBackoff }

// Wait waits for the next pass, if there is one.
func (b *Backoff) Wait() {
	if b.made++; !b.Ongoing() {
		return
	}
	delay := b.next
	if b.cfg.MaxBackoff > 0 {
		delay = min(delay, b.cfg.MaxBackoff)
	}
	b.next *= 2
	select {
	case <-b.ctx.Done():
	case <-time.After(delay):
	}
}
