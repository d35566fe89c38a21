package exits

import (
	"context"
	"errors"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Repaired waits after a repair that has worked: the error is nil then.
func Repaired(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		err = w.Do()
		if err == nil {
			return nil
		}
		if err = repair(w); err != nil {
			w.Log("repair: %v", err)
		}
		time.Sleep(time.Second)
	}
	return err
}

var errGone = errors.New("it is gone")

func repair(w *sim.World) error {
	w.Hit("repair")
	return nil
}

// SecondOnly has the error of a second step, which is nil where the first failed.
func SecondOnly(w *sim.World) error {
	for i := 0; i < 3; i++ {
		var last error
		err := w.Do()
		if err == nil {
			last = repair(w)
			if last == nil {
				return nil
			}
		}
		time.Sleep(time.Second)
	}
	return sim.ErrFinal
}

// StaysBefore keeps the attempt before the loop.
func StaysBefore(w *sim.World) error {
	err := w.Do()
	if err == nil {
		return nil
	}
	for i := 0; i < 3; i++ {
		time.Sleep(time.Second)
		if err = w.Do(); err == nil {
			return nil
		}
	}
	return err
}

// NilAtTheEnd returns nil where the loop ends by itself, which it does not.
//
//proof:ignores
func NilAtTheEnd(ctx context.Context, w *sim.World) error {
	for i := 0; i < 3; i++ {
		err := w.Do()
		if err == nil {
			return nil
		}
		if i < 2 {
			time.Sleep(time.Second)
		} else {
			return err
		}
	}
	return nil
}

// LastValue returns the value of the last attempt beside its error.
func LastValue(w *sim.World) (int, error) {
	for i := 0; ; i++ {
		n, err := w.Partial()
		if err == nil || i == 2 {
			return n, err
		}
		time.Sleep(time.Second)
	}
}

// Milliseconds limits a number, not a duration.
//
//proof:cap=5s
func Milliseconds(w *sim.World) error {
	ms := 1000
	for {
		err := w.Do()
		if err == nil || sim.IsFinal(err) {
			return err
		}
		time.Sleep(time.Duration(ms) * time.Millisecond)
		ms *= 2
		if ms > 5000 {
			ms = 5000
		}
	}
}

// TwoWaysOut returns after one failure and goes on behind the loop after another.
func TwoWaysOut(w *sim.World) error {
	var err error
	for n := 1; ; n++ {
		err = w.Do()
		if err == nil {
			break
		}
		if sim.IsFinal(err) {
			return errGone
		}
		if n == 3 {
			w.Log("no more attempts")
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		w.Log("giving up: %v", err)
	}
	return err
}

// CountFirst asks for the count before it asks for success.
func CountFirst(w *sim.World) {
	var err error
	for n := 1; ; n++ {
		err = w.Do()
		if n >= 3 {
			break
		}
		if err == nil {
			return
		}
		time.Sleep(time.Second)
	}
	w.Log("ends with %v", err)
}

// RepairedOuter may return nil although no attempt has succeeded.
func RepairedOuter(ctx context.Context, w *sim.World) (s string, err error) {
	for range 3 {
		s, err = w.GetCtx(ctx)
		if err == nil {
			return s, nil
		}
		if err = repair(w); err != nil {
			w.Log("repair: %v", err)
		}
		time.Sleep(time.Second)
	}
	return
}

// OnlySuccessGoesOn has behind the loop what no failure comes to.
//
//proof:ignores
func OnlySuccessGoesOn(ctx context.Context, w *sim.World) error {
	var err error
	for n := 1; n <= 3; n++ {
		err = w.DoCtx(ctx)
		if err == nil {
			if err = repair(w); err == nil {
				break
			}
		}
		if n == 3 {
			return err
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		w.Log("giving up: %v", err)
	}
	return err
}
