// Package marked is a retry helper that runs again only what is marked.
package marked

import (
	"errors"
	"time"
)

// Retry runs op at most tries times, with delays that double, until done is closed.
func Retry(done <-chan struct{}, tries int32, backoff time.Duration, op func() error) error {
	for ; ; backoff *= 2 {
		err := op()
		again := (*transient)(nil)
		if !errors.As(err, &again) {
			return err
		}
		if tries--; tries == 0 {
			return again.error
		}
		select {
		case <-done:
			return again.error
		case <-time.After(backoff):
		}
	}
}

// Transient marks what goes away by itself.
func Transient(err error) error { return &transient{err} }

type transient struct{ error }
