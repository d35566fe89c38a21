// Package faults holds loops, and in after what a wrong fix makes of them.
package faults

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/acme/retry"
	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Answered waits as long as the answer says.
//
//proof:hints
func Answered(ctx context.Context, w *sim.World) (*sim.Response, error) {
	resp, err := retry.Value(ctx, retry.Policy{Attempts: 4, Delay: time.Second}, func() (*sim.Response, error) {
		resp, err := w.Fetch()
		if err != nil {
			return nil, retry.Stop(err)
		}
		if resp.StatusCode < 400 {
			return resp, nil
		}
		return nil, errors.New("w.Fetch failed")
	})
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, sim.ErrBusy
	}
	return resp, nil
}

// AnsweredOrOwn does so in a branch.
//
//proof:hints
func AnsweredOrOwn(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Delay: time.Second}, w.Do)
}

// ByKind waits longer where the peer is down.
func ByKind(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 4, Delay: 2 * time.Second}, w.Do)
}

// ByStep has two operations, each with a wait.
func ByStep(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Delay: 100 * time.Millisecond, MaxDelay: 6 * time.Second}, func() error {
		if err := w.Do(); err != nil {
			return err
		}
		return w.Do()
	})
}

// Tenths grow by a fifth.
//
//proof:slow
func Tenths(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 9, Delay: 120 * time.Millisecond}, w.Do)
}

// Halves grow by a half, between few attempts.
//
//proof:slow
func Halves(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 4, Delay: time.Second}, w.Do)
}

// Many are many attempts with the same wait.
func Many(w *sim.World) error {
	if err := retry.Do(context.Background(), retry.Policy{Attempts: 9, Delay: time.Second, MaxDelay: 8 * time.Second}, w.Do); err != nil {
		return sim.ErrBusy
	}
	return nil
}

// Parameter has as many attempts as it is told.
func Parameter(w *sim.World, attempts int) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: max(attempts, 1), Delay: time.Second, MaxDelay: 30 * time.Second}, w.Do)
}

// Endless has no bound.
func Endless(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Delay: time.Second}, w.Do)
}

// Named says how long it waits.
func Named(w *sim.World) error {
	n := 0
	err := retry.Do(context.Background(), retry.Policy{Attempts: 4, Delay: time.Second}, func() error {
		err := w.Do()
		if err == nil {
			return nil
		}
		pause := time.Duration(n+1) * time.Second
		w.Log("attempt %d failed, the next follows after %s", n+1, pause)
		n++
		return err
	})
	if err != nil {
		return fmt.Errorf("down: %w", err)
	}
	return nil
}

// Longer is longer from some failure on.
func Longer(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 5, Delay: time.Second}, w.Do)
}

// Impatient goes on at once where it would have to wait for long.
func Impatient(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 6, Delay: time.Second, MaxDelay: 5 * time.Second}, w.Do)
}

// Option has a delay that an option sets in each pass.
func Option(w *sim.World) (err error) {
	return retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, w.Do)
}
