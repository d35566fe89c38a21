package flow

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

var errNever = errors.New("never")

// Switched branches in a switch, the last attempt in one of its cases.
func Switched(w *sim.World, attempts int) (string, error) {
	for i := 1; ; i++ {
		s, err := w.Get()
		switch {
		case err == nil:
			return s, nil
		case sim.IsFinal(err):
			return "", fmt.Errorf("final: %w", err)
		case i >= attempts:
			return "", err
		}
		time.Sleep(time.Second)
	}
}

// InElseIf asks for the last attempt where success is not.
func InElseIf(w *sim.World) error {
	const attempts = 4
	var result error
	for i := 0; i < attempts; i++ {
		result = w.Do()
		if result == nil {
			return nil
		} else if i+1 == attempts {
			return result
		}
		time.Sleep(time.Second)
	}
	return result
}

// OneOfTwo leaves where an attempt succeeds or is the last, in one header.
func OneOfTwo(w *sim.World) error {
	for i := 1; ; i++ {
		if err := w.Do(); err == nil || i == 4 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// StepInIf counts where an if begins.
func StepInIf(w *sim.World) error {
	left := 4
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		if left--; left == 0 {
			return fmt.Errorf("none left: %w", err)
		}
		time.Sleep(time.Second)
	}
}

// MoreOnSuccess returns more where it succeeds than where it fails or is cancelled.
func MoreOnSuccess(ctx context.Context, w *sim.World) (string, error) {
	var s string
	var err error
	found := false
	for range 4 {
		if s, err = w.Get(); err == nil {
			found = true
			break
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("stopped: %w", ctx.Err())
		case <-time.After(time.Second):
		}
	}
	if !found {
		return "", errNever
	}
	return "got " + s, nil
}
