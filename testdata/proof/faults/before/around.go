package faults

import (
	"context"
	"errors"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

var errUnfinished = errors.New("not finished")

// Finishes does more after success, which fails.
func Finishes(w *sim.World) error {
	var err error
	for range 3 {
		if err = w.Do(); err == nil {
			err = errUnfinished
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

// Over has a context in scope that has ended.
func Over(w *sim.World) error {
	ctx, stop := context.WithTimeout(context.Background(), time.Second)
	w.Tell("before: %v", ctx.Err())
	stop()
	var err error
	for range 3 {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Held lets go of something behind the loop.
func Held(ctx context.Context, w *sim.World) error {
	w.Acquire()
	var err error
	for range 3 {
		if err = w.DoCtx(ctx); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	w.Release()
	return err
}

// Tallied compares how many attempts have failed.
func Tallied(ctx context.Context, w *sim.World) bool {
	failed := 0
	for range 3 {
		if w.DoCtx(ctx) == nil {
			break
		}
		failed++
		time.Sleep(time.Second)
	}
	return failed < 3
}

// Stale returns an error that no attempt sets.
func Stale(w *sim.World) error {
	var err error
	for range 3 {
		if err := w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
