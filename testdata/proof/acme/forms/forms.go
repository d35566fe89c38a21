// Package forms is a helper that can be called in every way: it is given the
// operation, it is the header of a loop, and it takes the place of a delay.
package forms

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"
)

// A Policy says how often, and how long to wait before the second attempt.
type Policy struct {
	Attempts        int // 0 for no limit
	Delay, MaxDelay time.Duration
}

type permanent struct{ cause error }

func (p *permanent) Error() string { return p.cause.Error() }

// Permanent returns an error that ends the attempts: they return err. With kinds, it
// does so only for one of these.
func Permanent(err error, kinds ...error) error {
	is := func(kind error) bool { return errors.Is(err, kind) }
	if err == nil || len(kinds) > 0 && !slices.ContainsFunc(kinds, is) {
		return err
	}
	return &permanent{err}
}

// Do calls op until it succeeds, and returns its last error, or the context's
// if that ended the attempts.
func Do(ctx context.Context, p Policy, op func() error) error {
	_, err := Value(ctx, p, func() (bool, error) { return true, op() })
	return err
}

// Value is Do for an operation with a value, which is zero beside an error.
func Value[T any](ctx context.Context, p Policy, op func() (T, error)) (T, error) {
	var zero T
	b := p.Backoff()
	for n := 1; ; n++ {
		v, err := op()
		if err == nil {
			return v, nil
		}
		if end := (*permanent)(nil); errors.As(err, &end) {
			return zero, end.cause
		}
		if n == p.Attempts {
			return zero, err
		}
		if !b.Wait(ctx.Done()) {
			return zero, ctx.Err()
		}
	}
}

// Attempts is for range. There is one attempt at least.
func Attempts(ctx context.Context, p Policy) iter.Seq[int] {
	return func(yield func(int) bool) {
		b := p.Backoff()
		for n := 1; yield(n) && n != p.Attempts && b.Wait(ctx.Done()); n++ {
		}
	}
}

// A Backoff waits, each time twice as long as the time before.
type Backoff struct {
	policy Policy
	next   time.Duration
}

// Backoff returns one whose first wait is p.Delay.
func (p Policy) Backoff() *Backoff { return &Backoff{p, p.Delay} }

// Wait waits, and reports whether it did: done was not closed before.
func (b *Backoff) Wait(done <-chan struct{}) bool {
	d := b.next
	b.next *= 2
	if b.policy.MaxDelay > 0 {
		d = min(d, b.policy.MaxDelay)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-done:
		return false
	case <-timer.C:
		return true
	}
}

// Reset makes the next wait the first again.
func (b *Backoff) Reset() { b.next = b.policy.Delay }
