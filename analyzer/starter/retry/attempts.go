package retry

import (
	"context"
	"iter"
)

// Attempts yields the number of each attempt, from 1, and waits before all but
// the first. It is for loops that do more than [Do] has a place for:
//
//	for attempt := range retry.Attempts(ctx, policy) {
//		if err = send(ctx, message); err == nil {
//			break
//		}
//		log.Printf("attempt %d: %v", attempt, err)
//	}
//
// There is at least one attempt. The loop ends, without another delay, behind the
// last one or with ctx.
func Attempts(ctx context.Context, p Policy) iter.Seq[int] {
	return func(yield func(int) bool) {
		b := p.Backoff()
		for attempt := 1; yield(attempt) && attempt != p.Attempts && b.Wait(ctx.Done()); attempt++ {
		}
	}
}
