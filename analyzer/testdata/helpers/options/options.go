// Package options is a retry helper with functional options.
package options

import (
	"context"
	"errors"
	"time"
)

// An Option changes how an operation is tried.
type Option func(*config)

type config struct {
	tries       int
	base, limit time.Duration
	notify      func(error, time.Duration)
}

// Tries limits how often the operation runs. 0 is no limit.
func Tries(n int) Option { return func(c *config) { c.tries = n } }

// Base sets the first delay.
func Base(d time.Duration) Option { return func(c *config) { c.base = d } }

// Cap sets the longest delay.
func Cap(d time.Duration) Option { return func(c *config) { c.limit = d } }

// Notify sets what is called before each delay.
func Notify(f func(err error, next time.Duration)) Option { return func(c *config) { c.notify = f } }

// Do runs op, ten times unless options say something else.
func Do(ctx context.Context, op func() error, opts ...Option) error {
	_, err := DoWithData(ctx, func() (struct{}, error) { return struct{}{}, op() }, opts...)
	return err
}

// DoWithData runs op and returns its value.
func DoWithData[T any](ctx context.Context, op func() (T, error), opts ...Option) (T, error) {
	c := config{tries: 10, base: 100 * time.Millisecond}
	for _, opt := range opts {
		opt(&c)
	}
	var zero T
	for try := 1; ; try++ {
		v, err := op()
		if err == nil {
			return v, nil
		}
		if stop := (*stopped)(nil); errors.As(err, &stop) {
			return zero, stop.err
		}
		if try == c.tries {
			return zero, err
		}
		delay := c.base
		if c.limit > 0 {
			delay = min(delay, c.limit)
		}
		if c.notify != nil {
			c.notify(err, delay)
		}
		c.base *= 2
		select {
		case <-ctx.Done():
			return zero, ctx.Err()
		case <-time.After(delay):
		}
	}
}

// Stop marks an error as the last.
func Stop(err error) error {
	if err == nil {
		return nil
	}
	return &stopped{err}
}

type stopped struct{ err error }

func (s *stopped) Error() string { return s.err.Error() }
