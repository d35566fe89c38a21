package exits

import (
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// LastAttempt returns the error of the last attempt from inside.
func LastAttempt(w *sim.World) error {
	for attempt := 1; ; attempt++ {
		err := w.Do()
		switch {
		case err == nil:
			return nil
		case sim.IsFinal(err):
			return err
		case attempt == 4:
			return fmt.Errorf("attempt %d: %w", attempt, err)
		}
		time.Sleep(time.Second)
	}
}

// FinalLast has both ends in one condition.
func FinalLast(w *sim.World) error {
	const attempts = 3
	for i := 0; ; i++ {
		err := w.Do()
		if err == nil || sim.IsFinal(err) || i == attempts-1 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Ignored takes a final failure for success.
func Ignored(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil || sim.IsFinal(err) {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Joined collects all errors.
func Joined(w *sim.World) error {
	var errs []error
	for i := 0; i < 3; i++ {
		err := w.Do()
		if err == nil {
			return nil
		}
		errs = append(errs, err)
		time.Sleep(time.Second)
	}
	return errors.Join(errs...)
}

// Panics does so when all attempts failed.
func Panics(w *sim.World) {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return
		}
		time.Sleep(time.Second)
	}
	panic("cannot start: " + err.Error())
}
