package growth

import (
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// ZeroGiven waits at the top, by a parameter, which the first number leaves out.
func ZeroGiven(w *sim.World) error { return zeroGiven(w, base) }

func zeroGiven(w *sim.World, step time.Duration) (err error) {
	for i := range 4 {
		time.Sleep(time.Duration(i) * step)
		if err = w.Do(); err == nil {
			break
		}
	}
	return err
}

// ZeroNumbered waits at the top, where the first number leaves it out, and goes on behind.
func ZeroNumbered(w *sim.World) (kept int) {
	for n := 0; n < 5; n++ {
		time.Sleep(time.Duration(n) * base)
		err := w.Do()
		if err == nil {
			kept = n + 1
			break
		}
		w.Log("%d: %v", n, err)
	}
	w.Log("kept %d", kept)
	return kept
}

// UnderError waits at the top where there is an error: not at first.
func UnderError(w *sim.World) (err error) {
	for n := 0; n < 4; n++ {
		if err != nil {
			w.Log("%v", err)
			time.Sleep(time.Duration(n) * base)
		}
		if err = w.Do(); err == nil {
			break
		}
	}
	return err
}

// Tripled grows by more than a helper does, for two waits.
func Tripled(w *sim.World) error {
	delay := base
	failures := 0
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		if failures++; failures == 3 {
			return err
		}
		time.Sleep(delay)
		delay *= 3
	}
}

// Quadrupled grows by more than that.
func Quadrupled(w *sim.World) (err error) {
	delay := base
	for range 4 {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 4
	}
	return err
}

// Flagged ends by a flag that another condition sets.
func Flagged(w *sim.World) error {
	over := false
	for n := 1; ; n++ {
		err := w.Do()
		if err == nil || over {
			return err
		}
		if n >= 6 {
			over = true
		}
		w.Log("%d: %v", n, err)
		time.Sleep(base)
	}
}
