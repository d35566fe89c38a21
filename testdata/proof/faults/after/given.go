package faults

import (
	"context"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/acme/forms"
	"github.com/sharedretry/sharedretry/testdata/proof/acme/retry"
	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Omitted has a default for a number and a delay that say nothing.
func Omitted(w *sim.World, attempts int, wait time.Duration) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: max(attempts, 1), Delay: max(wait, time.Second)}, w.Do) // the default is gone
}

// Stepped counts a failure before it asks whether there were too many.
func Stepped(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, w.Do)
}

// Behind goes back to a label, and has more to do after success.
func Behind(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, w.Do)
}

// Quiet returns after success only.
func Quiet(ctx context.Context, w *sim.World) {
	if err := retry.Do(ctx, retry.Policy{Attempts: 3, Delay: time.Second}, func() error { return w.DoCtx(ctx) }); err != nil && ctx.Err() == nil {
		panic(err)
	}
}

var (
	usualAttempts = 3
	usualDelay    = 2 * time.Second
)

// Variables has number and delay in variables of the package.
func Variables(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: usualAttempts, Delay: time.Second}, w.Do)
}

// Unwaited doubles its delay also where it does not wait.
func Unwaited(w *sim.World) error {
	b := forms.Policy{Delay: 100 * time.Millisecond, MaxDelay: 30 * time.Second}.Backoff()
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		if !sim.IsFinal(err) {
			b.Wait(nil)
		}
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
	for range forms.Attempts(context.Background(), forms.Policy{Attempts: 3, Delay: time.Second}) {
		if w.Do() == nil {
			return nil
		}
		w.Hit(next().String())
	}
	return sim.ErrBusy
}
