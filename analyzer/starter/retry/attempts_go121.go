//go:build !go1.23

package retry

import "context"

// Attempts are the passes of a loop, which [Attempts.Next] counts and spaces.
type Attempts struct {
	policy  Policy
	backoff *Backoff
	stop    <-chan struct{}
	made    int
}

// Start begins a loop that does more than [Do] has a place for:
//
//	for r := retry.Start(ctx, policy); r.Next(); {
//		if err = send(ctx, message); err == nil {
//			break
//		}
//		log.Printf("attempt %d: %v", r.Number(), err)
//	}
//
// There is at least one attempt. The loop ends, without another delay, behind the
// last one or with ctx.
func Start(ctx context.Context, p Policy) *Attempts {
	return &Attempts{policy: p, backoff: p.Backoff(), stop: ctx.Done()}
}

// Next waits before all attempts but the first, and reports whether there is one.
func (a *Attempts) Next() bool {
	if a.made > 0 && (a.made == a.policy.Attempts || !a.backoff.Wait(a.stop)) {
		return false
	}
	a.made++
	return true
}

// Number returns the number of the attempt, from 1.
func (a *Attempts) Number() int { return a.made }
