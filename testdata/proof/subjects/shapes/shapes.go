// Package shapes holds loops in methods, closures, goroutines and generic code.
package shapes

import (
	"context"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

type client struct {
	w       *sim.World
	retries int
	delay   time.Duration
	err     error
}

// Method calls a method.
func Method(w *sim.World) error {
	c := &client{w: w, retries: 3, delay: time.Second}
	return c.send()
}

func (c *client) send() error {
	var err error
	for i := 0; i < 3; i++ {
		if err = c.w.Do(); err == nil {
			return nil
		}
		c.w.Log("attempt %d: %v", i+1, err)
		time.Sleep(c.delay)
	}
	return err
}

// Fields calls a method that is configured by fields.
func Fields(ctx context.Context, w *sim.World) (string, error) {
	c := client{w: w, retries: 3, delay: time.Second}
	return c.get(ctx)
}

func (c client) get(ctx context.Context) (s string, err error) {
	for attempt := 0; attempt <= c.retries; attempt++ {
		s, err = c.w.GetCtx(ctx)
		if err == nil {
			return s, nil
		}
		if attempt < c.retries {
			time.Sleep(c.delay)
		}
	}
	return "", fmt.Errorf("get: %w", err)
}

// ErrField keeps the error in a field.
func ErrField(w *sim.World) error {
	c := &client{w: w}
	c.connect()
	return c.err
}

func (c *client) connect() {
	for i := 0; i < 3; i++ {
		if c.err = c.w.Do(); c.err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

// Closure retries in a func literal.
func Closure(w *sim.World) error {
	send := func(msg string) error {
		var err error
		for i := 0; i < 3; i++ {
			if err = w.Send(msg); err == nil {
				return nil
			}
			time.Sleep(time.Second)
		}
		return err
	}
	return send("closure")
}

// Goroutine retries in the background and waits for it.
func Goroutine(w *sim.World) error {
	done := make(chan error, 1)
	go func() {
		var err error
		for i := 0; i < 3; i++ {
			if err = w.Do(); err == nil {
				break
			}
			time.Sleep(time.Second)
		}
		done <- err
	}()
	return <-done
}

// Captured assigns to a variable of the function around it.
func Captured(w *sim.World) error {
	var err error
	attempt := func() {
		for i := 0; i < 3; i++ {
			if err = w.Do(); err == nil {
				return
			}
			time.Sleep(time.Second)
		}
	}
	attempt()
	return err
}

// Generic calls a generic function.
func Generic(w *sim.World) (string, error) {
	return get(w, func(s string) (string, error) { return "<" + s + ">", nil })
}

func get[T any](w *sim.World, parse func(string) (T, error)) (T, error) {
	var zero T
	var lastErr error
	for i := 0; i < 3; i++ {
		s, err := w.Get()
		if err == nil {
			return parse(s)
		}
		lastErr = err
		time.Sleep(time.Second)
	}
	return zero, lastErr
}

type box[T any] struct{ value T }

// GenericMethod calls a method of a generic type.
func GenericMethod(w *sim.World) (int, error) {
	var b box[int]
	err := b.fill(w, func(s string) int { return len(s) })
	return b.value, err
}

func (b *box[T]) fill(w *sim.World, parse func(string) T) error {
	var err error
	for i := 0; i < 3; i++ {
		var s string
		if s, err = w.Get(); err == nil {
			b.value = parse(s)
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Helper calls a helper of its own with the operation.
func Helper(w *sim.World) error {
	return withRetries(3, time.Second, w.Do)
}

func withRetries(attempts int, delay time.Duration, op func() error) error {
	var err error
	for i := 0; i < attempts; i++ {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(delay)
	}
	return err
}

// Sleeper waits by a function of its own.
func Sleeper(ctx context.Context, w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	return err
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Names uses names that a fix may need: retry, err, ctx.
func Names(w *sim.World) error {
	var retry, backoff int
	var ctx error
	for retry = 0; retry < 3; retry++ {
		if ctx = w.Do(); ctx == nil {
			return nil
		}
		backoff++
		time.Sleep(time.Second)
	}
	w.Log("%d retries, %d delays", retry, backoff)
	return ctx
}
