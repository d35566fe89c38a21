package growth

import (
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// LongerUnwaited doubles its delay also where it does not wait.
func LongerUnwaited(w *sim.World) error {
	delay := base
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		if !sim.IsFinal(err) {
			time.Sleep(delay)
		}
		delay *= 2
	}
}

// WaitedUnlonger waits also where it does not double its delay.
func WaitedUnlonger(w *sim.World) error {
	delay := base
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		time.Sleep(delay)
		if sim.IsFinal(err) {
			continue
		}
		delay *= 2
	}
}
