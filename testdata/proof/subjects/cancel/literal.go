package cancel

import (
	"context"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Literal waits in a function literal, which the context in scope ends.
func Literal(ctx context.Context, w *sim.World) (err error) {
	sleep := func(d time.Duration) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(d):
			return nil
		}
	}
	for i := 0; i < 4; i++ {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		if err := sleep(time.Second); err != nil {
			return err
		}
	}
	return err
}

// LiteralTells waits in a function literal that tells whether it did.
func LiteralTells(ctx context.Context, w *sim.World) (string, error) {
	wait := func(i int) bool {
		t := time.NewTimer(time.Second << i)
		defer t.Stop()
		select {
		case <-t.C:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for i := 0; ; i++ {
		s, err := w.GetCtx(ctx)
		if err == nil || i == 3 {
			return s, err
		}
		if !wait(i) {
			return "", ctx.Err()
		}
	}
}

// Undone sets behind the loop what it has set before it.
func Undone(ctx context.Context, w *sim.World) (err error) {
	var s struct{ busy bool }
	defer func() { w.Tell("busy: %v", s.busy) }()
	s.busy = true
	for i := 0; ; i++ {
		if err = w.DoCtx(ctx); err == nil || i == 2 {
			break
		}
		w.Tell("failed: %v", err)
		time.Sleep(time.Second)
	}
	s.busy = false
	return err
}
