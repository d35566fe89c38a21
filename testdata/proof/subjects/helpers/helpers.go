// Package helpers holds functions that take the operation and repeat it by hand.
package helpers

import (
	"context"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Plain gives a helper the number of attempts, the delay and the operation.
func Plain(w *sim.World, attempts int) error { return again(attempts, time.Second, w.Do) }

func again(attempts int, delay time.Duration, op func() error) error {
	var err error
	for i := 0; i < attempts; i++ {
		if err = op(); err == nil {
			return nil
		}
		if i < attempts-1 {
			time.Sleep(delay)
		}
	}
	return err
}

// WithContext gives it a context.
func WithContext(ctx context.Context, w *sim.World) error {
	return againContext(ctx, 500*time.Millisecond, w.DoCtx)
}

func againContext(ctx context.Context, delay time.Duration, op func(context.Context) error) error {
	var err error
	for n := 1; n <= 4; n++ {
		if err = op(ctx); err == nil || sim.IsFinal(err) {
			return err
		}
		select {
		case <-time.After(delay):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return fmt.Errorf("4 attempts: %w", err)
}

// WithValue gets a value from it.
func WithValue(w *sim.World, attempts int) (string, error) { return value(attempts, w.Get) }

func value[T any](left int, op func() (T, error)) (T, error) {
	for {
		v, err := op()
		if err == nil {
			return v, nil
		}
		if left--; left <= 0 {
			var zero T
			return zero, err
		}
		time.Sleep(time.Second)
	}
}

// OfType is a method of a type that has the delay.
func OfType(w *sim.World) error { return retrier{3, time.Second}.do(w.Do) }

type retrier struct {
	attempts int
	delay    time.Duration
}

func (r retrier) do(op func() error) (err error) {
	for i := range r.attempts {
		if err = op(); err == nil {
			break
		}
		time.Sleep(time.Duration(i+1) * r.delay)
	}
	return err
}

// Recursive calls itself with the operation.
func Recursive(w *sim.World, attempts int) error { return recursive(attempts, w.Do) }

func recursive(left int, op func() error) error {
	if err := op(); err != nil {
		if left > 1 {
			time.Sleep(time.Second)
			return recursive(left-1, op)
		}
		return err
	}
	return nil
}
