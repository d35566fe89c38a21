// Package growth holds loops whose delays grow in different ways.
package growth

import (
	"context"
	"math"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

const (
	base  = 100 * time.Millisecond
	limit = 400 * time.Millisecond
)

// Linear multiplies by the attempt.
func Linear(w *sim.World) error {
	var err error
	for attempt := 1; attempt <= 5; attempt++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt) * time.Second)
	}
	return err
}

// LinearFromZero does not wait the first time.
func LinearFromZero(w *sim.World) error {
	var err error
	for i := 0; i < 5; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return err
}

// LinearTop waits before all attempts but the first.
func LinearTop(w *sim.World) error {
	var err error
	for i := 0; i < 4; i++ {
		if i > 0 {
			time.Sleep(base * time.Duration(i))
		}
		if err = w.Do(); err == nil {
			return nil
		}
	}
	return err
}

// Step adds to the delay.
func Step(w *sim.World) error {
	delay := base
	var err error
	for i := 0; i < 4; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay += base
	}
	return err
}

// Doubling doubles a delay outside the loop.
func Doubling(w *sim.World) error {
	delay := time.Second
	for i := 0; i < 4; i++ {
		if w.Do() == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return sim.ErrBusy
}

// DoublingFirst doubles it before it waits.
func DoublingFirst(w *sim.World) error {
	delay := time.Second
	var err error
	for i := 0; i < 4; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		delay *= 2
		time.Sleep(delay)
	}
	return err
}

// Shift shifts by the attempt.
func Shift(w *sim.World) error {
	var err error
	for i := 0; i < 4; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(base << i)
	}
	return err
}

// ShiftOne shifts a number.
func ShiftOne(w *sim.World) error {
	var err error
	for i := range 4 {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(1<<i) * time.Second)
	}
	return err
}

// Pow takes a power.
func Pow(w *sim.World) error {
	var err error
	for i := 0; i < 4; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(math.Pow(2, float64(i))) * time.Second)
	}
	return err
}

// Header doubles in the header.
func Header(w *sim.World) error {
	var err error
	for i, d := 0, base; i < 4; i, d = i+1, d*2 {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(d)
	}
	return err
}

// A pacer tells how long to wait.
type pacer struct{ first, most time.Duration }

func (p *pacer) pause(n int) time.Duration {
	d := p.first << n
	if d > p.most {
		return p.most
	}
	return d
}

// ByMethod waits as long as a method says, which begins with twice a field.
func ByMethod(w *sim.World) error {
	p := &pacer{first: base, most: limit}
	var err error
	for i := 1; i <= 5; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		if i < 5 {
			time.Sleep(p.pause(i))
		}
	}
	return err
}

// doubled doubles as often as it is told.
func doubled(n int) time.Duration {
	d := base
	for d < limit && n > 0 {
		d *= 2
		n--
	}
	return d
}

// ByLoop waits as long as a function says that doubles in a loop of its own.
func ByLoop(w *sim.World) error {
	retries := 0
	for {
		err := w.Do()
		if err == nil || retries == 4 {
			return err
		}
		d := doubled(retries)
		retries++
		time.Sleep(d)
	}
}

// ByTimer sets a timer to a parameter, which grows.
func ByTimer(w *sim.World) error { return byTimer(w, base) }

func byTimer(w *sim.World, wait time.Duration) (err error) {
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		timer := time.NewTimer(wait)
		<-timer.C
		wait *= 2
	}
	return err
}

// Drained makes a timer that it does not need at once.
func Drained(w *sim.World) error {
	timer := time.NewTimer(base)
	if !timer.Stop() {
		<-timer.C
	}
	defer timer.Stop()
	for i := 0; ; i++ {
		err := w.Do()
		if err == nil || i == 3 {
			return err
		}
		timer.Reset(base)
		<-timer.C
	}
}

// ByWaiter has a function that waits, and asks first whether there is a wait.
func ByWaiter(ctx context.Context, w *sim.World) error {
	var err error
	for n := range 4 {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		if err := rest(ctx, time.Duration(n)*time.Second); err != nil {
			return err
		}
	}
	return err
}

func rest(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d <= 0 {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// Anew begins with its first delay again where it has succeeded.
func Anew(w *sim.World) {
	anew(w, base)
}

func anew(w *sim.World, delay time.Duration) {
	first := delay
	for served := 0; served < 3; {
		if err := w.Do(); err != nil {
			w.Log("failed: %v", err)
			time.Sleep(delay)
			delay = min(2*delay, limit)
			continue
		}
		served++
		delay = first
	}
}

// ByBreak leaves a switch for the wait.
func ByBreak(w *sim.World) error {
	var err error
	for n := 0; n < 4; n++ {
		err = w.Do()
		switch {
		case err == nil:
			return nil
		case sim.IsFinal(err):
			if n < 2 {
				break
			}
			return err
		default:
			w.Log("attempt %d: %v", n, err)
		}
		if n < 3 {
			time.Sleep(base)
		}
	}
	return err
}
