package faults

import (
	"context"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Omitted has a default for a number and a delay that say nothing.
func Omitted(w *sim.World, attempts int, wait time.Duration) error {
	if attempts <= 0 {
		attempts = 3
	}
	if wait <= 0 {
		wait = time.Second
	}
	var err error
	for i := 0; i < attempts; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(wait)
	}
	return err
}

// Stepped counts a failure before it asks whether there were too many.
func Stepped(w *sim.World) error {
	failures := 0
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		failures++
		if failures > 3 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Behind goes back to a label, and has more to do after success.
func Behind(w *sim.World) error {
	n := 0
again:
	err := w.Do()
	if err != nil {
		n++
		if n < 3 {
			time.Sleep(time.Second)
			goto again
		}
		return err
	}
	w.Hit("through")
	return nil
}

// Quiet returns after success only.
func Quiet(ctx context.Context, w *sim.World) {
	for i := 0; ; i++ {
		err := w.DoCtx(ctx)
		if err == nil {
			return
		}
		if i == 2 {
			panic(err)
		}
		time.Sleep(time.Second)
	}
}

var (
	usualAttempts = 3
	usualDelay    = 2 * time.Second
)

// Variables has number and delay in variables of the package.
func Variables(w *sim.World) error {
	var err error
	for range usualAttempts {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(usualDelay)
	}
	return err
}

// Unwaited doubles its delay also where it does not wait.
func Unwaited(w *sim.World) error {
	delay := 100 * time.Millisecond
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		if !sim.IsFinal(err) {
			time.Sleep(delay)
		}
		delay *= 2
	}
}

// Told sets its timer by what doubles the delay, which a log asks as well.
func Told(w *sim.World) error {
	delay := time.Second
	next := func() time.Duration {
		d := delay
		delay *= 2
		return d
	}
	for range 3 {
		if w.Do() == nil {
			return nil
		}
		w.Hit(next().String())
		timer := time.NewTimer(next())
		<-timer.C
	}
	return sim.ErrBusy
}
