// Package exits holds loops that some failures end at once.
package exits

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

var errNotFound = errors.New("not found")

// Plain returns a final error as it is.
func Plain(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		err = w.Do()
		if err == nil {
			return nil
		}
		if errors.Is(err, sim.ErrFinal) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Wrapped wraps a final error, and the last one otherwise.
func Wrapped(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		if sim.IsFinal(err) {
			return fmt.Errorf("cannot be retried: %w", err)
		}
		time.Sleep(time.Second)
	}
	return fmt.Errorf("still failing: %w", err)
}

// Other returns an error of its own in place of a final one.
func Other(w *sim.World) error {
	for i := 0; i < 3; i++ {
		err := w.Do()
		if err == nil {
			return nil
		}
		if sim.IsFinal(err) {
			return errNotFound
		}
		time.Sleep(time.Second)
	}
	return errors.New("timed out")
}

// NotRetryable leaves on what is not worth another attempt, success included.
func NotRetryable(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		err = w.Do()
		if !sim.IsRetryable(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// BreakOn breaks on success and on a final error.
func BreakOn(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		err = w.Do()
		if err == nil || sim.IsFinal(err) {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

// ContinueOn continues on what may pass, and fails on the rest.
func ContinueOn(w *sim.World) (string, error) {
	for i := 0; i < 3; i++ {
		s, err := w.Get()
		if errors.Is(err, sim.ErrBusy) {
			time.Sleep(time.Second)
			continue
		}
		if err != nil {
			return "", fmt.Errorf("get: %w", err)
		}
		return s, nil
	}
	return "", errors.New("busy")
}

// ContinueTwice has several conditions for another attempt.
func ContinueTwice(w *sim.World) (string, error) {
	var lastErr error
	for i := 0; i < 3; i++ {
		s, err := w.Get()
		if err != nil {
			lastErr = err
			time.Sleep(time.Second)
			continue
		}
		if s == "" {
			lastErr = errNotFound
			time.Sleep(time.Second)
			continue
		}
		return s, nil
	}
	return "", lastErr
}

// Switch has a case for each kind of error.
func Switch(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		err = w.Do()
		switch {
		case err == nil:
			return nil
		case errors.Is(err, sim.ErrFinal):
			w.Log("final: %v", err)
			return err
		default:
			w.Log("attempt %d: %v", i, err)
		}
		time.Sleep(time.Second)
	}
	return err
}

// SwitchError switches on the error itself.
func SwitchError(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		err = w.Do()
		switch err {
		case nil:
			return nil
		case errNotFound:
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Temporary asks the error by a type of its own.
func Temporary(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		var op *sim.OpError
		if errors.As(err, &op) && !op.Temporary() {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Assertion asks it by an assertion.
func Assertion(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		if t, ok := err.(interface{ Temporary() bool }); !ok || !t.Temporary() {
			break
		}
		time.Sleep(time.Second)
	}
	return fmt.Errorf("upload: %w", err)
}

// OwnError returns an error of its own, whatever came of the attempts.
func OwnError(ctx context.Context, w *sim.World) error {
	ms := 200
	for range 3 {
		err := w.DoCtx(ctx)
		if err != nil {
			w.Log("failed: %v", err)
			time.Sleep(time.Duration(ms) * time.Millisecond)
			ms *= 2
			continue
		}
		return nil
	}
	return errors.New("gave up")
}
