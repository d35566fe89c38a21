// Package pairs is a retry helper that is a range over attempts.
package pairs

import (
	"context"
	"iter"
	"time"
)

// A Plan is a number of attempts, with delays.
type Plan struct {
	Times int
	Pause time.Duration
}

// All yields the number of each attempt, from 1, and the error with which the
// context has ended by then, if it has. There is at least one attempt, and none
// behind an ended context.
func (p Plan) All(ctx context.Context) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		delay := p.Pause
		for n := 1; yield(n, ctx.Err()) && n != p.Times; n++ {
			select {
			case <-ctx.Done():
				return
			case <-time.After(delay):
				delay *= 2
			}
		}
	}
}
