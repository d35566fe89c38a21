package growth

import (
	"math/rand/v2"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Capped has an if for the limit.
//
//proof:cap=400ms
func Capped(w *sim.World) error {
	delay := base
	var err error
	for i := 0; i < 6; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
		if delay > limit {
			delay = limit
		}
	}
	return err
}

// CappedMin takes the smaller one.
//
//proof:cap=400ms
func CappedMin(w *sim.World) error {
	delay := base
	for i := 0; ; i++ {
		err := w.Do()
		if err == nil || i == 5 {
			return err
		}
		w.Log("failed: %v", err)
		time.Sleep(delay)
		delay = min(2*delay, limit)
	}
}

// CappedUse limits where it waits.
//
//proof:cap=400ms
func CappedUse(w *sim.World) error {
	var err error
	for i := 0; i < 5; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(min(base<<i, limit))
	}
	return err
}

// CappedLinear limits a linear delay.
//
//proof:cap=3s
func CappedLinear(w *sim.World) error {
	var err error
	for i := 1; i <= 5; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(min(time.Duration(i)*time.Second, 3*time.Second))
	}
	return err
}

// Quadratic multiplies by the square.
func Quadratic(w *sim.World) error {
	var err error
	for i := 1; i <= 4; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i*i) * time.Second)
	}
	return err
}

// Jitter adds a random part.
//
//proof:jitter
func Jitter(w *sim.World) error {
	var err error
	for i := 0; i < 4; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(base + rand.N(base))
	}
	return err
}

// Table looks its delays up.
func Table(w *sim.World) error {
	var err error
	for _, d := range []time.Duration{time.Second, 2 * time.Second, 5 * time.Second} {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(d)
	}
	return err
}

// Unbounded grows without end, up to its limit.
//
//proof:cap=400ms
func Unbounded(w *sim.World) {
	for d := base; w.Do() != nil; d = min(d*2, limit) {
		time.Sleep(d)
	}
	w.Log("through")
}

// Parameter grows from a parameter.
func Parameter(w *sim.World, delay time.Duration) error {
	var err error
	for i := 0; i < 4; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i+1) * delay)
	}
	return err
}

// Most is the limit of delays; it may be set.
var Most = limit

// CappedGrowth grows for as long as it is below the limit.
//
//proof:cap=400ms
func CappedGrowth(w *sim.World) error {
	delay := base
	for i := 0; ; i++ {
		err := w.Do()
		if err == nil || i == 5 {
			return err
		}
		time.Sleep(delay)
		if delay < Most {
			delay *= 2
		}
	}
}
