// Package cancel holds loops with a context in scope.
package cancel

import (
	"context"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Ignored passes the context on and does not look at it.
func Ignored(ctx context.Context, w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Select ends with the context's error.
func Select(ctx context.Context, w *sim.World) error {
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

// SelectWrapped wraps it.
func SelectWrapped(ctx context.Context, w *sim.World) (string, error) {
	var lastErr error
	for attempt := 0; attempt < 3; attempt++ {
		if attempt > 0 {
			select {
			case <-time.After(time.Duration(attempt) * time.Second):
			case <-ctx.Done():
				return "", fmt.Errorf("cancelled: %w", ctx.Err())
			}
		}
		s, err := w.GetCtx(ctx)
		if err == nil {
			return s, nil
		}
		lastErr = err
		w.Log("attempt %d: %v", attempt, err)
	}
	return "", fmt.Errorf("all attempts failed: %w", lastErr)
}

// SelectLast returns the last error when it is cancelled.
func SelectLast(ctx context.Context, w *sim.World) error {
	for i := 0; ; i++ {
		err := w.DoCtx(ctx)
		if err == nil || i >= 2 {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Second):
		}
	}
}

// Timer stops its timer.
func Timer(ctx context.Context, w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		timer := time.NewTimer(time.Second)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
	return err
}

// Checked asks the context before each attempt.
func Checked(ctx context.Context, w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// InHeader asks it in the header.
func InHeader(ctx context.Context, w *sim.World) error {
	for ctx.Err() == nil {
		err := w.DoCtx(ctx)
		if err == nil {
			return nil
		}
		w.Log("failed: %v", err)
		time.Sleep(time.Second)
	}
	return ctx.Err()
}

// Unbounded goes on until success.
func Unbounded(ctx context.Context, w *sim.World) error {
	for {
		err := w.DoCtx(ctx)
		if err == nil {
			return nil
		}
		if sim.IsFinal(err) {
			return err
		}
		w.Log("retrying: %v", err)
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// UnboundedNoContext does not look at its context, and says when it is through.
func UnboundedNoContext(ctx context.Context, w *sim.World) {
	for {
		if err := w.DoCtx(ctx); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	w.Log("connected")
}

// EndGoesOn goes round after the delay, and leaves behind the select where the context
// ends.
func EndGoesOn(ctx context.Context, w *sim.World) (err error) {
	tries := 0
	for {
		if err = w.DoCtx(ctx); err == nil || tries > 2 {
			break
		}
		tries++
		select {
		case <-time.After(time.Second):
			continue
		case <-ctx.Done():
		}
		break
	}
	return err
}

// ToldBefore tells how many attempts failed before the last.
func ToldBefore(w *sim.World) error {
	tries := 0
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		if tries >= 3 {
			return fmt.Errorf("after %d: %w", tries, err)
		}
		tries++
		time.Sleep(time.Second)
	}
}
