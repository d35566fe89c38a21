// Package waiter waits in functions, methods and closures of its own.
package waiter

import (
	"context"
	"errors"
	"io"
	"time"
)

// pause waits for as long as it is told.
func pause(d time.Duration) { time.Sleep(d) }

// rest waits for d unless ctx ends first.
func rest(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// backOff computes how long it waits.
func backOff(attempt int) { pause(time.Duration(1<<attempt) * time.Second) }

type reader struct {
	src   io.Reader
	delay time.Duration
	quit  chan struct{}
}

// idle waits for the reader's delay; it reports false when the reader quits.
func (r *reader) idle() bool {
	select {
	case <-time.After(r.delay):
		return true
	case <-r.quit:
		return false
	}
}

func (r *reader) withFunction(p []byte) (n int, err error) {
	for range 3 { // want `retry loop with constant backoff`
		if n, err = r.src.Read(p); err == nil {
			return n, nil
		}
		pause(time.Second)
	}
	return n, err
}

func (r *reader) withContext(ctx context.Context, p []byte) (int, error) {
	for { // want `retry loop with constant backoff`
		n, err := r.src.Read(p)
		if err == nil {
			return n, nil
		}
		if err := rest(ctx, time.Second); err != nil {
			return 0, err
		}
	}
}

func (r *reader) withMethod(p []byte) (int, error) {
	for { // want `retry loop with constant backoff`
		n, err := r.src.Read(p)
		if err == nil {
			return n, nil
		}
		if !r.idle() {
			return 0, errors.New("quit")
		}
	}
}

func (r *reader) withComputed(p []byte) (n int, err error) {
	for i := range 4 { // want `retry loop with exponential backoff`
		if n, err = r.src.Read(p); err == nil {
			return n, nil
		}
		backOff(i)
	}
	return n, err
}

func (r *reader) withClosure(p []byte) (n int, err error) {
	doze := func() { time.Sleep(r.delay) }
	for range 3 { // want `retry loop with constant backoff`
		if n, err = r.src.Read(p); err == nil {
			return n, nil
		}
		doze()
	}
	return n, err
}

func (r *reader) withLiteral(p []byte) (n int, err error) {
	for range 3 { // want `retry loop with constant backoff`
		if n, err = r.src.Read(p); err == nil {
			return n, nil
		}
		func() {
			println("read:", err.Error())
			time.Sleep(r.delay)
		}()
	}
	return n, err
}

// slowRead waits and then reads: it is the operation, not the delay.
func (r *reader) slowRead(p []byte) (int, error) {
	time.Sleep(r.delay)
	return r.src.Read(p)
}

func (r *reader) all(p []byte) (sum int, err error) {
	for {
		n, err := r.slowRead(p)
		if err == io.EOF {
			return sum, nil
		}
		if err != nil {
			return sum, err
		}
		sum += n
	}
}

// pauseUpTo tells how long it waited, and whether that was the longest time.
func pauseUpTo(d, longest time.Duration) (time.Duration, bool) {
	time.Sleep(min(d, longest))
	return min(d, longest), d >= longest
}

func dialSlower(dial func() error) { // want `retry helper with exponential backoff`
	for d := time.Second; ; d *= 2 {
		if dial() == nil {
			return
		}
		if _, last := pauseUpTo(d, time.Minute); last {
			return
		}
	}
}
