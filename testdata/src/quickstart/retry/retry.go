// Package retry is how this team tries something again: with delays that double,
// for as long as a context lives.
package retry

import (
	"context"
	"errors"
	"iter"
	"math"
	"time"
)

// A Policy says how often to try, and how long to wait between two attempts.
type Policy struct {
	Attempts int           // at most; 0 is no limit
	Delay    time.Duration // before the second attempt; each further delay is twice the last
	MaxDelay time.Duration // what delays grow to; 0 is no limit
}

// Do calls op until it succeeds, returns a [Permanent] error, or has been called
// p.Attempts times, and returns its last error as it is. If ctx ends between two
// calls, Do returns the cause instead. There is always a first call.
func Do(ctx context.Context, p Policy, op func() error) error {
	_, err := Value(ctx, p, func() (struct{}, error) { return struct{}{}, op() })
	return err
}

// Value is [Do] for an op that returns a value, which is zero beside an error.
func Value[T any](ctx context.Context, p Policy, op func() (T, error)) (T, error) {
	var zero T
	b := p.Backoff()
	for attempt := 1; ; attempt++ {
		v, err := op()
		if err == nil {
			return v, nil
		}
		if final, ok := errors.AsType[*permanent](err); ok {
			return zero, final.err
		}
		if attempt == p.Attempts {
			return zero, err
		}
		if !b.Wait(ctx.Done()) {
			return zero, context.Cause(ctx)
		}
	}
}

// Attempts yields the number of each attempt, from 1, and waits before all but
// the first. It is for loops that do more than [Do] has a place for:
//
//	for attempt := range retry.Attempts(ctx, policy) {
//		if err = send(ctx); err == nil {
//			break
//		}
//		log.Printf("attempt %d: %v", attempt, err)
//	}
//
// There is at least one attempt. The loop ends, without another wait, behind the
// last one or with ctx.
func Attempts(ctx context.Context, p Policy) iter.Seq[int] {
	return func(yield func(int) bool) {
		b := p.Backoff()
		for attempt := 1; yield(attempt) && attempt != p.Attempts && b.Wait(ctx.Done()); attempt++ {
		}
	}
}

// A Backoff waits in a loop that decides for itself when to go on, such as that
// of a service which success does not end.
type Backoff struct {
	policy Policy
	next   time.Duration
}

// Backoff returns a Backoff with the delays of p. It does not count attempts.
func (p Policy) Backoff() *Backoff { return &Backoff{policy: p, next: p.Delay} }

// Wait waits for the next delay and reports whether it did: false means that stop
// was closed before, such as the channel of a context that has ended.
func (b *Backoff) Wait(stop <-chan struct{}) bool {
	delay := b.next
	if limit := b.policy.MaxDelay; limit > 0 {
		delay = min(delay, limit)
	}
	if delay <= math.MaxInt64/2 {
		b.next = 2 * delay
	}
	select {
	case <-stop:
		return false
	case <-time.After(delay):
		return true
	}
}

// Reset makes the next delay the first again.
func (b *Backoff) Reset() { b.next = b.policy.Delay }

// Permanent marks an error of an operation as final: it is tried no more, and
// err itself comes back. Permanent(nil) is nil.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &permanent{err}
}

type permanent struct{ err error }

func (p *permanent) Error() string { return p.err.Error() }
func (p *permanent) Unwrap() error { return p.err }
