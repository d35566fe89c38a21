// Package lost is a retry helper that does not return the last error.
package lost

import (
	"context"
	"errors"
	"time"
)

var errGaveUp = errors.New("gave up")

// Do runs op.
func Do(ctx context.Context, attempts int, delay time.Duration, op func() error) error {
	for n := 1; op() != nil; n++ {
		if n == attempts {
			return errGaveUp
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(delay):
			delay *= 2
		}
	}
	return nil
}

// GaveUp reports whether err is that of Do.
func GaveUp(err error) bool { return err == errGaveUp }
