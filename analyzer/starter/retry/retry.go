// Package retry runs again what has failed: with delays that double, for as long
// as a context lives.
//
//	err := retry.Do(ctx, retry.Policy{Attempts: 5, Delay: time.Second}, func() error {
//		return send(ctx, message)
//	})
//
// [Do] and [Value] run an operation. [Attempts] is for loops that do more than
// that, and [Policy.Backoff] for those that decide by themselves when to go on.
package retry

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"math/rand"
	"slices"
	"time"
)

// A Policy says how often to try, and how long to wait between two attempts.
type Policy struct {
	Attempts int           // at most; 0 is no limit
	Delay    time.Duration // before the second attempt; each further delay is twice the last
	MaxDelay time.Duration // what delays grow to; 0 is no limit
	Jitter   float64       // the part of each delay that is random: 0.2 takes up to a fifth away

	// Do and Value tell both of each failed attempt that another one follows.
	Log     *slog.Logger // nil is no log
	Name    string       // of the operation, for the log
	OnRetry func(attempt int, err error, delay time.Duration)
}

// Do calls op until it succeeds, returns a [Permanent] error, or has been called
// p.Attempts times, and returns its last error as it is. If ctx ends between two
// calls, Do returns the cause instead. There is always a first call, and no delay
// behind the last.
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
		if final := (*permanent)(nil); errors.As(err, &final) {
			return zero, final.err
		}
		if attempt == p.Attempts {
			return zero, err
		}
		delay := b.next()
		if ctx.Err() == nil {
			p.report(ctx, attempt, err, delay)
		}
		if !pause(ctx.Done(), delay) {
			return zero, context.Cause(ctx)
		}
	}
}

// report tells of an attempt that failed, and that another one follows.
func (p Policy) report(ctx context.Context, attempt int, err error, delay time.Duration) {
	if p.Log != nil {
		p.Log.WarnContext(ctx, "attempt failed", "name", p.Name, "attempt", attempt, "err", err, "delay", delay)
	}
	if p.OnRetry != nil {
		p.OnRetry(attempt, err, delay)
	}
}

// A Backoff waits in a loop that decides by itself when to go on, such as that of
// a service which success does not end.
type Backoff struct {
	policy Policy
	delay  time.Duration // the next
}

// Backoff returns a Backoff with the delays of p. It does not count attempts.
func (p Policy) Backoff() *Backoff { return &Backoff{policy: p, delay: p.Delay} }

// Wait waits for the next delay and reports whether it did: false means that stop
// was closed first, such as the channel of a context that has ended.
func (b *Backoff) Wait(stop <-chan struct{}) bool { return pause(stop, b.next()) }

// Reset makes the next delay the first again.
func (b *Backoff) Reset() { b.delay = b.policy.Delay }

// next returns the delay that comes next.
func (b *Backoff) next() time.Duration {
	delay := b.delay
	if b.policy.MaxDelay > 0 {
		delay = min(delay, b.policy.MaxDelay)
	}
	if delay <= math.MaxInt64/2 {
		b.delay = 2 * delay
	}
	return delay - time.Duration(b.policy.Jitter*rand.Float64()*float64(delay))
}

// pause waits for d and reports whether stop was still open then.
func pause(stop <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-stop:
	case <-timer.C:
	}
	select {
	case <-stop:
		return false
	default:
		return true
	}
}

// Permanent marks an error of an operation as final: it is tried no more, and
// err itself comes back. With kinds, that holds only if err is one of these, as
// [errors.Is] tells:
//
//	return retry.Permanent(send(ctx, message), ErrTooLarge, ErrForbidden)
//
// Permanent(nil) is nil.
func Permanent(err error, kinds ...error) error {
	is := func(kind error) bool { return errors.Is(err, kind) }
	if err == nil || len(kinds) > 0 && !slices.ContainsFunc(kinds, is) {
		return err
	}
	return &permanent{err}
}

type permanent struct{ err error }

func (p *permanent) Error() string { return p.err.Error() }
func (p *permanent) Unwrap() error { return p.err }
