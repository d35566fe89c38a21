package bounded

import (
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// UpTo leaves in the body where the count has come to a parameter.
func UpTo(w *sim.World, attempts int) error {
	for n := 1; ; n++ {
		err := w.Do()
		if err == nil || n >= attempts {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Past goes past the limit once.
func Past(w *sim.World, attempts int) (string, error) {
	for n := 0; ; n++ {
		s, err := w.Get()
		if err == nil {
			return s, nil
		}
		if n > attempts {
			return "", fmt.Errorf("gave up: %w", err)
		}
		w.Log("attempt %d: %v", n, err)
		time.Sleep(time.Second)
	}
}

// Left counts its parameter down in the header.
func Left(w *sim.World, attempts int) error {
	for ; attempts > 0; attempts-- {
		err := w.Do()
		if err == nil {
			return nil
		}
		w.Log("%d left: %v", attempts-1, err)
		time.Sleep(time.Second)
	}
	return errGaveUp
}

// LeftTest counts it down and tests it in the body.
func LeftTest(w *sim.World, attempts int) error {
	for ; ; attempts-- {
		err := w.Do()
		if err == nil {
			return nil
		}
		if attempts <= 1 {
			return err
		}
		w.Log("%d left: %v", attempts-1, err)
		time.Sleep(time.Second)
	}
}

// RoundIfLeft goes round where attempts are left.
func RoundIfLeft(w *sim.World, attempts int) (string, error) {
	for n := attempts; ; n-- {
		s, err := w.Get()
		if err != nil {
			if n > 0 {
				time.Sleep(time.Second)
				continue
			}
			return "", err
		}
		return s, nil
	}
}

// RoundBoth asks for the failure and the count at once.
func RoundBoth(w *sim.World, attempts int) (int, error) {
	for n := 0; ; n++ {
		total, err := w.Partial()
		if err != nil && n < attempts {
			time.Sleep(time.Second)
			continue
		}
		return total, err
	}
}

// Equal has no end where the count starts behind its limit.
func Equal(w *sim.World, attempts int) error {
	for n := 0; ; n++ {
		err := w.Do()
		if err == nil || sim.IsFinal(err) || n == attempts {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Exempt does not count what is busy.
func Exempt(w *sim.World) error {
	for n := 0; ; n++ {
		err := w.Do()
		if err == nil {
			return nil
		}
		if sim.IsFinal(err) {
			time.Sleep(time.Second)
			continue
		}
		if n >= 2 {
			return err
		}
		time.Sleep(time.Second)
	}
}
