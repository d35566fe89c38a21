// Package closure has function literals that take the operation, and functions
// that call it in one.
package closure

import (
	"context"
	"os"
	"time"
)

func local() error {
	exec := func(run func() error) error { // want `retry helper with constant backoff, 2 calls in this package: `
		for {
			err := run()
			if err == nil {
				return nil
			}
			time.Sleep(time.Second)
		}
	}
	if err := exec(func() error { return os.Remove("x") }); err != nil {
		return err
	}
	return exec(func() error { return os.Remove("y") })
}

// What is returned repeats the operation.
func Retrying(op func() error) func() error { // want `retry helper with constant backoff, no calls in this package: `
	return func() error {
		for {
			if err := op(); err == nil {
				return nil
			}
			time.Sleep(time.Second)
		}
	}
}

type Handler func(ctx context.Context, request string, next func(context.Context, string) error) error

func Middleware() Handler {
	return func(ctx context.Context, request string, next func(context.Context, string) error) error { // want `retry helper with constant backoff, no calls in this package: `
		for {
			if err := next(ctx, request); err == nil {
				return nil
			}
			time.Sleep(time.Second)
		}
	}
}

func inside(ctx context.Context, op func(context.Context) error) error { // want `retry helper with constant backoff, no calls in this package: `
	for {
		err := func() error {
			ctx, cancel := context.WithTimeout(ctx, time.Minute)
			defer cancel()
			return op(ctx)
		}()
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}

func named(ctx context.Context, op func(context.Context) error) error { // want `retry helper with constant backoff, no calls in this package: `
	attempt := func() error {
		ctx, cancel := context.WithTimeout(ctx, time.Minute)
		defer cancel()
		return op(ctx)
	}
	for {
		if err := attempt(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
