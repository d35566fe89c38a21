// Package generic is a retry helper for operations with a value.
package generic

import (
	"context"
	"time"
)

// Do runs op. 0 as attempts is no limit.
func Do[T any](ctx context.Context, attempts int, first, longest time.Duration, op func(context.Context) (T, error)) (T, error) {
	for n := 1; ; n++ {
		v, err := op(ctx)
		if err == nil || n == attempts {
			return v, err
		}
		select {
		case <-ctx.Done():
			return v, ctx.Err()
		case <-time.After(min(first, longest)):
			first *= 2
		}
	}
}
