// Package params is a retry helper that is told all by parameters.
package params

import (
	"context"
	"errors"
	"time"
)

// Retry runs op, and again after delays of wait, 2*wait, 4*wait and so on: at most
// 1+retries times.
func Retry(op func(context.Context) error, retries uint, wait time.Duration, ctx context.Context) error {
	for ; ; retries, wait = retries-1, 2*wait {
		err := op(ctx)
		if final := (*unrecoverable)(nil); errors.As(err, &final) {
			return final.err
		}
		if err == nil || retries == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// Unrecoverable marks what must not be tried again.
func Unrecoverable(err error) error {
	if err == nil {
		return nil
	}
	return &unrecoverable{err}
}

// IsUnrecoverable reports whether err is marked.
func IsUnrecoverable(err error) bool {
	final := (*unrecoverable)(nil)
	return errors.As(err, &final)
}

type unrecoverable struct{ err error }

func (u *unrecoverable) Error() string { return u.err.Error() }
func (u *unrecoverable) Unwrap() error { return u.err }
