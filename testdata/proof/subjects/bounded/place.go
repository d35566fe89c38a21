package bounded

import (
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Top waits at the top of all attempts but the first.
func Top(w *sim.World) error {
	var err error
	for i := 0; i < 4; i++ {
		if i > 0 {
			time.Sleep(time.Second)
		}
		if err = w.Do(); err == nil {
			return nil
		}
	}
	return err
}

// TopLogged says so as well.
func TopLogged(w *sim.World) error {
	var err error
	for attempt := 0; attempt < 3; attempt++ {
		if attempt > 0 {
			w.Tell("retry %d after %v", attempt, err)
			time.Sleep(time.Second)
		}
		err = w.Do()
		if err == nil {
			return nil
		}
	}
	return fmt.Errorf("three attempts: %w", err)
}

// TopLine writes it to a log.
func TopLine(w *sim.World) error {
	var err error
	for attempt := 0; attempt < 3; attempt++ {
		if attempt > 0 {
			w.Log("retry %d after %v", attempt, err)
			time.Sleep(time.Second)
		}
		err = w.Do()
		if err == nil {
			return nil
		}
	}
	return fmt.Errorf("three attempts: %w", err)
}

// SkipLast does not wait after the last attempt.
func SkipLast(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		if i < 2 {
			time.Sleep(time.Second)
		}
	}
	return err
}

// BreakLast leaves before the delay.
func BreakLast(w *sim.World) error {
	var err error
	for i := 1; i <= maxAttempts; i++ {
		err = w.Do()
		if err == nil {
			return nil
		}
		if i == maxAttempts {
			break
		}
		time.Sleep(time.Second)
	}
	return fmt.Errorf("giving up: %w", err)
}

// LogBefore logs before the delay, with what is left.
func LogBefore(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		w.Log("attempt %d of %d failed: %v", i+1, 3, err)
		time.Sleep(time.Second)
	}
	w.Log("giving up")
	return err
}

// LogNotLast logs and waits only between attempts.
func LogNotLast(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		if i < 2 {
			w.Log("retrying: %v", err)
			time.Sleep(time.Second)
		}
	}
	return err
}

// LogAfter says so when the delay is over.
func LogAfter(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
		w.Tell("once more after %v", err)
	}
	return err
}

// LineAfter writes it to a log.
func LineAfter(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
		w.Log("once more after %v", err)
	}
	return err
}

// SuccessElse has success at the end of the body.
func SuccessElse(w *sim.World) (string, error) {
	for i := 0; i < 3; i++ {
		s, err := w.Get()
		if err != nil {
			w.Log("failed: %v", err)
			time.Sleep(time.Second)
			continue
		}
		w.Log("got %s", s)
		return s, nil
	}
	return "", errGaveUp
}

// EachAttempt has an effect before each attempt.
func EachAttempt(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		w.Hit("prepare")
		if err = w.Do(); err == nil {
			w.Hit("done")
			return nil
		}
		w.Hit("failed")
		time.Sleep(time.Second)
	}
	return err
}

// TimeAfter receives from a timer's channel.
func TimeAfter(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		<-time.After(time.Second)
	}
	return err
}

// Timer makes a timer of its own.
func Timer(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		timer := time.NewTimer(time.Second)
		<-timer.C
	}
	return err
}

// Ticker paces the attempts.
func Ticker(w *sim.World) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		<-ticker.C
	}
	return err
}
