package growth

import (
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Told tells a delay that grows; the variable goes with what the line says of it.
func Told(w *sim.World) error {
	delay := base
	var err error
	for i := 0; i < 5; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		w.Log("attempt %d failed", i+1)
		sim.Logf("failed: %v, retrying in %v (%d of %d)", err, delay, i+1, 5)
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

// ToldByKey tells what a pass computes.
//
//proof:cap=400ms
func ToldByKey(w *sim.World) error {
	for i := 0; ; i++ {
		err := w.Do()
		if err == nil {
			return nil
		}
		if i == 5 {
			return err
		}
		lasts := min(base<<i, limit)
		sim.Warn("failed", "attempt", i+1, "delay", lasts, "err", err)
		time.Sleep(lasts)
	}
}

// ToldNeeded tells the delay in a line that needs it.
func ToldNeeded(w *sim.World) error {
	delay := base
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		sim.Logf("%v after %v", err, delay)
		time.Sleep(delay)
		delay *= 2
	}
}

// ToldAnew computes the delay a second time, for the line.
func ToldAnew(w *sim.World) error {
	var err error
	for i := 0; i < 5; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		sim.Logf("failed: %v, retrying in %dms", err, 100*(i+1))
		time.Sleep(time.Duration(i+1) * base)
	}
	return err
}

// ToldLater tells the delay between two words of the line.
func ToldLater(w *sim.World) error {
	delay := base
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		sim.Logf("%v: will retry %v later", err, delay)
		time.Sleep(delay)
		delay *= 2
	}
}

// ToldBefore says at the top of a pass that it waits.
func ToldBefore(w *sim.World) (err error) {
	for n, delay := 0, base; n < 4; n++ {
		if n > 0 {
			sim.Logf("next (%d of 4, waiting %v): %v", n+1, delay, err)
			time.Sleep(delay)
			delay *= 2
		}
		if err = w.Do(); err == nil {
			return nil
		}
	}
	return err
}

// ToldCounted counts what it waits.
func ToldCounted(w *sim.World) error {
	var waited float64
	for {
		err := w.Do()
		if err == nil {
			w.Log("waited %.3f", waited)
			return nil
		}
		delay := base
		time.Sleep(delay)
		waited += delay.Seconds()
	}
}

// ToldInAll tells before how long the delays take in all, and does not say so of one.
func ToldInAll(w *sim.World) error { return toldInAll(w, base, 3) }

func toldInAll(w *sim.World, step time.Duration, most int) (err error) {
	sim.Logf("waiting up to %v", time.Duration(most)*step)
	for range 3 {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(step)
	}
	return err
}
