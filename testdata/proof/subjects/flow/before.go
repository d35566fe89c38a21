package flow

import (
	"context"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// BeforeForever begins with an attempt, and goes on until one succeeds.
func BeforeForever(ctx context.Context, w *sim.World) (cancelled bool) {
	var err error
	err = w.Do()
	for {
		if err == nil {
			return false
		}
		select {
		case <-ctx.Done():
			return true
		case <-time.After(time.Second):
			err = w.Do()
		}
	}
}

// BeforeCounted tests the error in the body.
func BeforeCounted(w *sim.World) error {
	err := w.Do()
	for i := 0; i < 3; i++ {
		if err == nil {
			return nil
		}
		w.Log("failed: %v", err)
		time.Sleep(time.Second)
		err = w.Do()
	}
	return err
}

// BeforeFinal leaves early.
func BeforeFinal(w *sim.World, attempts int) (string, error) {
	s, err := w.Get()
	for n := 1; n < attempts; n++ {
		if err == nil || sim.IsFinal(err) {
			break
		}
		time.Sleep(time.Second)
		s, err = w.Get()
	}
	return s, err
}

// BeforeLogs does more than wait between two attempts.
func BeforeLogs(w *sim.World) error {
	err := w.Do()
	for n := 0; err != nil && n < 3; n++ {
		w.Log("attempt %d: %v", n, err)
		time.Sleep(time.Second)
		w.Hit("again")
		err = w.Do()
	}
	return err
}
