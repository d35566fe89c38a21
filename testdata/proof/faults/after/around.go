package faults

import (
	"context"
	"errors"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/acme/forms"
	"github.com/sharedretry/sharedretry/testdata/proof/acme/retry"
	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

var errUnfinished = errors.New("not finished")

// Finishes does more after success, which fails.
func Finishes(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, func() error {
		err := w.Do()
		if err == nil {
			err = errUnfinished
			return nil
		}
		return err
	})
}

// Over has a context in scope that has ended.
func Over(w *sim.World) error {
	ctx, stop := context.WithTimeout(context.Background(), time.Second)
	w.Tell("before: %v", ctx.Err())
	stop()
	return retry.Do(ctx, retry.Policy{Attempts: 3, Delay: time.Second}, w.Do)
}

// Held lets go of something behind the loop.
func Held(ctx context.Context, w *sim.World) error {
	w.Acquire()
	var err error
	for range forms.Attempts(ctx, forms.Policy{Attempts: 3, Delay: time.Second}) {
		if err = w.DoCtx(ctx); err == nil {
			break
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	w.Release()
	return err
}

// Tallied compares how many attempts have failed.
func Tallied(ctx context.Context, w *sim.World) bool {
	failed := 0
	for range forms.Attempts(ctx, forms.Policy{Attempts: 3, Delay: time.Second}) {
		if w.DoCtx(ctx) == nil {
			break
		}
		failed++
	}
	return failed < 3
}

// Stale returns an error that no attempt sets.
func Stale(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, w.Do)
}
