// Package param has functions that take the operation as a parameter.
package param

import (
	"context"
	"os"
	"time"
)

func plain(attempts int, delay time.Duration, op func() error) (err error) { // want `^hand-rolled retry helper with constant backoff, 2 calls in this package: call the shared retry helper \(retry-helper\)$`
	for range attempts {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(delay)
	}
	return err
}

func use() error {
	if err := plain(3, time.Second, func() error { return os.Remove("x") }); err != nil {
		return err
	}
	return plain(5, time.Second, remove)
}

func remove() error { return os.Remove("y") }

func withContext(ctx context.Context, op func(context.Context) error) error { // want `retry helper with linear backoff, no calls in this package: `
	for i := 1; ; i++ {
		err := op(ctx)
		if err == nil || i == 5 {
			return err
		}
		select {
		case <-time.After(time.Duration(i) * time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// An operation that is told something is one, too.
func withRequest(send func(string, int) error, name string) error { // want `retry helper with exponential backoff, 1 call in this package: `
	for i := range 5 {
		if send(name, i) == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return os.ErrDeadlineExceeded
}

func send() error {
	return withRequest(func(name string, attempt int) error { return os.Remove(name) }, "z")
}

type operation func() (bool, error)

// The bool says whether to go on.
func again(op operation) error { // want `retry helper with constant backoff, no calls in this package: `
	for {
		more, err := op()
		if err == nil || !more {
			return err
		}
		time.Sleep(time.Second)
	}
}

func recursive(op func() error, left int) error { // want `retry helper with constant backoff, no calls in this package: `
	err := op()
	if err == nil || left == 0 {
		return err
	}
	time.Sleep(time.Second)
	return recursive(op, left-1)
}
