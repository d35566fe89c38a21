// Package faults holds loops, and in after what a wrong fix makes of them.
package faults

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Answered waits as long as the answer says.
//
//proof:hints
func Answered(ctx context.Context, w *sim.World) (*sim.Response, error) {
	pause := time.Second
	for range 4 {
		resp, err := w.Fetch()
		if err != nil {
			return nil, err
		}
		if resp.StatusCode < 400 {
			return resp, nil
		}
		select {
		case <-time.After(max(pause, resp.RetryAfter)):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		pause *= 2
	}
	return nil, sim.ErrBusy
}

// AnsweredOrOwn does so in a branch.
//
//proof:hints
func AnsweredOrOwn(w *sim.World) error {
	pause := time.Second
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		if after := sim.RetryAfter(err); after > 0 {
			time.Sleep(after)
		} else {
			time.Sleep(pause)
		}
		pause *= 2
	}
}

// ByKind waits longer where the peer is down.
func ByKind(w *sim.World) error {
	var err error
	for range 4 {
		if err = w.Do(); err == nil {
			break
		}
		switch {
		case sim.IsFinal(err):
			time.Sleep(40 * time.Second)
		default:
			time.Sleep(2 * time.Second)
		}
	}
	return err
}

// ByStep has two operations, each with a wait.
func ByStep(w *sim.World) error {
	for {
		if w.Do() != nil {
			time.Sleep(100 * time.Millisecond)
			continue
		}
		err := w.Do()
		if err == nil {
			return nil
		}
		time.Sleep(10 * time.Second)
	}
}

// Tenths grow by a fifth.
//
//proof:slow
func Tenths(w *sim.World) error {
	var err error
	for n := range 9 {
		if n > 0 {
			time.Sleep(time.Duration(100*math.Pow(1.2, float64(n))) * time.Millisecond)
		}
		if err = w.Do(); err == nil {
			return nil
		}
	}
	return err
}

// Halves grow by a half, between few attempts.
//
//proof:slow
func Halves(w *sim.World) error {
	pause := time.Second
	for n := 1; ; n++ {
		err := w.Do()
		if err == nil || n == 4 {
			return err
		}
		time.Sleep(pause)
		pause = pause * 3 / 2
	}
}

// Many are many attempts with the same wait.
func Many(w *sim.World) error {
	for range 9 {
		if w.Do() == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return sim.ErrBusy
}

// Parameter has as many attempts as it is told.
func Parameter(w *sim.World, attempts int) error {
	for n := 1; ; n++ {
		err := w.Do()
		if err == nil || n >= attempts {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Endless has no bound.
func Endless(w *sim.World) error {
	for w.Do() != nil {
		time.Sleep(time.Second)
	}
	return nil
}

// Named says how long it waits.
func Named(w *sim.World) error {
	var err error
	for n := range 4 {
		if err = w.Do(); err == nil {
			return nil
		}
		pause := time.Duration(n+1) * time.Second
		w.Log("attempt %d failed, the next follows after %s", n+1, pause)
		time.Sleep(pause)
	}
	return fmt.Errorf("down: %w", err)
}

// Longer is longer from some failure on.
func Longer(w *sim.World) error {
	var err error
	pause := time.Second
	for range 5 {
		err = w.Do()
		switch {
		case err == nil:
			return nil
		case sim.IsFinal(err):
			pause = 20 * time.Second
		}
		time.Sleep(pause)
	}
	return err
}

// Impatient goes on at once where it would have to wait for long.
func Impatient(w *sim.World) error {
	var err error
	for n := range 6 {
		if err = w.Do(); err == nil {
			return nil
		}
		shortly(time.Duration(n+1) * time.Second)
	}
	return err
}

func shortly(d time.Duration) {
	if d > 3*time.Second {
		return
	}
	time.Sleep(d)
}

var least = 5 * time.Second

// Option has a delay that an option sets in each pass.
func Option(w *sim.World) (err error) {
	for range 3 {
		if err = w.Do(); err == nil {
			return nil
		}
		pause := time.Second
		if least > 0 {
			pause = least
		}
		time.Sleep(pause)
	}
	return err
}
