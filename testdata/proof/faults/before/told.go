package faults

import (
	"sync/atomic"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// ByAddress hands its delay to what makes it longer.
func ByAddress(w *sim.World) (err error) {
	wait := time.Second
	for range 4 {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(wait)
		lengthen(&wait)
	}
	return err
}

func lengthen(wait *time.Duration) { *wait = 10 * time.Second }

// Atomic asks each time how long to wait.
func Atomic(w *sim.World) (err error) {
	var wait atomic.Int64
	wait.Store(int64(time.Second))
	for range 4 {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(wait.Load()))
		wait.Store(int64(10 * time.Second))
	}
	return err
}

// FallsThrough waits longer where a case falls through.
func FallsThrough(w *sim.World) (err error) {
	for range 4 {
		wait := time.Second
		err = w.Do()
		switch {
		case err == nil:
			return nil
		case sim.IsFinal(err):
			wait = 10 * time.Second
			fallthrough
		default:
			time.Sleep(wait)
		}
	}
	return err
}

// MayWait waits for some errors alone.
func MayWait(w *sim.World) (err error) {
	for range 4 {
		if err = w.Do(); err == nil {
			return nil
		}
		mayWait(err)
	}
	return err
}

func mayWait(err error) {
	if !sim.IsFinal(err) {
		time.Sleep(time.Second)
	}
}

// OnceMore attempts once more behind the last wait.
func OnceMore(w *sim.World) error {
	for n := 0; ; n++ {
		err := w.Do()
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
		if n == 2 {
			return w.Do()
		}
	}
}
