// Package bounded holds loops that count their attempts in different ways.
package bounded

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

const maxAttempts = 4

var errGaveUp = errors.New("gave up")

// FromZero counts from 0 and keeps the last error.
func FromZero(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		err = w.Do()
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// FromOne counts from 1 up to and with the limit.
func FromOne(w *sim.World) error {
	var lastErr error
	for attempt := 1; attempt <= maxAttempts; attempt++ {
		if lastErr = w.Do(); lastErr == nil {
			return nil
		}
		time.Sleep(500 * time.Millisecond)
	}
	return fmt.Errorf("after %d attempts: %w", maxAttempts, lastErr)
}

// Down counts the attempts that are left.
func Down(w *sim.World) error {
	for left := 3; ; left-- {
		err := w.Do()
		if err == nil {
			return nil
		}
		if left == 1 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// DownTo counts down in the header.
func DownTo(w *sim.World) (err error) {
	for retries := 3; retries > 0; retries-- {
		if err = w.Do(); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

// Range ranges over a constant.
func Range(w *sim.World) error {
	var err error
	for range maxAttempts {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// RangeIndex uses the index of a range.
func RangeIndex(w *sim.World) error {
	var err error
	for i := range 3 {
		if err = w.Do(); err == nil {
			return nil
		}
		w.Log("attempt %d failed: %v", i+1, err)
		time.Sleep(time.Second)
	}
	return errGaveUp
}

// Parameters is given its attempts and its delay.
func Parameters(w *sim.World, attempts int, delay time.Duration) error {
	var err error
	for i := 0; i < attempts; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(delay)
	}
	return err
}

// CheckedParameters makes sure that there is an attempt.
func CheckedParameters(w *sim.World, attempts int, delay time.Duration) error {
	if attempts < 1 {
		attempts = 1
	}
	var err error
	for i := 0; i < attempts; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(delay)
	}
	return err
}

// AtLeastOne tries once whatever the number says.
func AtLeastOne(w *sim.World, retries int) error {
	for i := 0; ; i++ {
		err := w.Do()
		if err == nil || i >= retries {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Exhausted returns an error of its own.
func Exhausted(w *sim.World) error {
	for i := 0; i < 3; i++ {
		if err := w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errors.New("no attempt succeeded")
}

// IntoOuter assigns each error to a variable outside.
func IntoOuter(w *sim.World) error {
	var last error
	for i := 0; i < 3; i++ {
		err := w.Do()
		if err == nil {
			return nil
		}
		last = err
		time.Sleep(time.Second)
	}
	return fmt.Errorf("retries exhausted: %w", last)
}

// Once makes one attempt in all.
func Once(w *sim.World) error {
	var err error
	for i := 0; i < 1; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// InElse has its delay in the branch of failure.
func InElse(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		err = w.Do()
		if err != nil {
			time.Sleep(time.Second)
		} else {
			break
		}
	}
	return err
}

// Unused does not need its counter for anything else, and logs at the end.
func Unused(w *sim.World) bool {
	for i := 0; i < 3; i++ {
		if err := w.Do(); err == nil {
			return true
		}
		time.Sleep(2 * time.Second)
	}
	w.Log("all attempts failed")
	return false
}

// ByHand counts in the body, and tells both numbers of a pass.
func ByHand(ctx context.Context, w *sim.World) error {
	tried := 0
	for {
		w.Log("%d failed so far", tried)
		tried++
		err := w.DoCtx(ctx)
		if err == nil || !sim.IsRetryable(err) {
			return err
		}
		w.Log("attempt %d: %v", tried, err)
		time.Sleep(time.Second)
	}
}
