package cancel

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// TimedOut gives up when a timer says so.
//
//proof:deadline=10s
func TimedOut(w *sim.World) error {
	timeout := time.After(10 * time.Second)
	for {
		if err := w.Do(); err == nil {
			return nil
		}
		select {
		case <-timeout:
			return errors.New("timed out")
		case <-time.After(time.Second):
		}
	}
}

// TimedOutWith tells the last error, and is given a context.
//
//proof:deadline=10s
func TimedOutWith(ctx context.Context, w *sim.World) (string, error) {
	timer := time.NewTimer(10 * time.Second)
	defer timer.Stop()
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for n := 1; ; n++ {
		s, err := w.GetCtx(ctx)
		if err == nil {
			return s, nil
		}
		w.Log("attempt %d: %v", n, err)
		select {
		case <-ticker.C:
		case <-timer.C:
			return "", fmt.Errorf("timed out: %w", err)
		}
	}
}

// TimedOutOr has another answer to the end of its context.
//
//proof:deadline=10s
func TimedOutOr(ctx context.Context, w *sim.World) error {
	timeout := time.After(10 * time.Second)
	for {
		err := w.DoCtx(ctx)
		if err == nil {
			return nil
		}
		if sim.IsFinal(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timeout:
			return fmt.Errorf("timed out: %w", err)
		case <-time.After(time.Second):
		}
	}
}

// TimedOutPages has a time for each of its pages.
//
//proof:deadline=10s
func TimedOutPages(w *sim.World) error {
	for range 2 {
		timeout := time.After(10 * time.Second)
		for {
			if err := w.Do(); err == nil {
				break
			}
			select {
			case <-timeout:
				return errors.New("timed out")
			case <-time.After(time.Second):
			}
		}
	}
	return nil
}
