package flow

import (
	"context"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Again calls itself with one attempt less.
func Again(w *sim.World, attempts int) error {
	err := w.Do()
	if err == nil || attempts <= 1 {
		return err
	}
	time.Sleep(time.Second)
	return Again(w, attempts-1)
}

// AgainIf calls itself where attempts are left.
func AgainIf(w *sim.World, attempts int) (string, error) {
	s, err := w.Get()
	if err != nil {
		if attempts > 0 {
			w.Log("%d left: %v", attempts, err)
			time.Sleep(500 * time.Millisecond)
			return AgainIf(w, attempts-1)
		}
		return "", fmt.Errorf("gave up: %w", err)
	}
	return s, nil
}

// AgainUp counts up to a limit, with a linear delay.
func AgainUp(w *sim.World) error { return againUp(w, 1) }

func againUp(w *sim.World, attempt int) error {
	err := w.Do()
	if err == nil {
		return nil
	}
	if attempt >= 3 {
		return err
	}
	time.Sleep(time.Duration(attempt) * time.Second)
	return againUp(w, attempt+1)
}

// AgainDoubling hands on a delay.
func AgainDoubling(ctx context.Context, w *sim.World) error {
	return againDoubling(ctx, w, time.Second, 0)
}

func againDoubling(ctx context.Context, w *sim.World, delay time.Duration, attempt int) error {
	if err := w.DoCtx(ctx); err != nil {
		if sim.IsFinal(err) || attempt == 3 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(delay):
		}
		return againDoubling(ctx, w, delay*2, attempt+1)
	}
	return nil
}

// AgainForever has no results and no limit.
func AgainForever(w *sim.World) {
	if err := w.Do(); err != nil {
		w.Log("failed: %v", err)
		time.Sleep(time.Second)
		AgainForever(w)
	}
}

type caller struct{ w *sim.World }

// AgainMethod is a method that calls itself.
func AgainMethod(w *sim.World, attempts int) error { return (&caller{w}).again(attempts) }

func (c *caller) again(left int) error {
	if err := c.w.Do(); err != nil {
		if left--; left <= 0 {
			return err
		}
		time.Sleep(time.Second)
		return c.again(left)
	}
	return nil
}

// AgainNotLast does something with what the call returns.
func AgainNotLast(w *sim.World, attempts int) error {
	if err := w.Do(); err != nil && attempts > 0 {
		time.Sleep(time.Second)
		if err := AgainNotLast(w, attempts-1); err != nil {
			return fmt.Errorf("again: %w", err)
		}
	}
	return nil
}

// AgainKept keeps the number of each call.
func AgainKept(w *sim.World, attempts int) error {
	defer func() { w.Log("ends with %d", attempts) }()
	err := w.Do()
	if err == nil || attempts <= 1 {
		return err
	}
	time.Sleep(time.Second)
	return AgainKept(w, attempts-1)
}
