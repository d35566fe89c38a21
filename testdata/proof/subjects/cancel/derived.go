package cancel

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Attempt gives each attempt a time limit.
func Attempt(ctx context.Context, w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		attempt, cancel := context.WithTimeout(ctx, 10*time.Second)
		err = w.DoCtx(attempt)
		cancel()
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Derived limits all attempts together; they are few enough.
func Derived(ctx context.Context, w *sim.World) error {
	ctx, cancel := context.WithTimeout(ctx, time.Hour)
	defer cancel()
	var err error
	for i := 0; i < 3; i++ {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	return err
}

// Deadline tries as long as there is time.
//
//proof:deadline=10s
func Deadline(ctx context.Context, w *sim.World) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		err := w.DoCtx(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("in 10 s: %w", err)
		case <-time.After(time.Second):
		}
	}
}

// Until does so by the clock.
//
//proof:deadline=10s
func Until(w *sim.World) error {
	deadline := time.Now().Add(10 * time.Second)
	var err error
	for time.Now().Before(deadline) {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errors.Join(errors.New("timed out"), err)
}

// Background has no context but one of its own.
func Background(w *sim.World) error {
	ctx := context.Background()
	var err error
	for i := 0; i < 3; i++ {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Labelled leaves the loop from the select.
func Labelled(ctx context.Context, w *sim.World) error {
	var err error
loop:
	for i := 0; i < 3; i++ {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			err = ctx.Err()
			break loop
		case <-time.After(time.Second):
		}
	}
	return fmt.Errorf("send: %w", err)
}

// Stop ends on a channel that is no context.
func Stop(ctx context.Context, w *sim.World) error {
	stop := ctx.Done()
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		select {
		case <-stop:
			return errors.New("stopped")
		case <-time.After(time.Second):
		}
	}
	return err
}
