package flow

import (
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// FlagAtTop asks before each attempt but the first whether one has succeeded.
func FlagAtTop(w *sim.World) string {
	done := false
	for i := 0; i < 4 && !done; i++ {
		if i > 0 {
			time.Sleep(time.Second)
		}
		if err := w.Do(); err != nil {
			w.Log("not yet: %v", err)
			continue
		}
		done = true
	}
	if !done {
		return "gave up"
	}
	return "done"
}

// FlagAsked waits where it goes on.
func FlagAsked(w *sim.World) (err error) {
	again := true
	for i := 0; again && i < 3; i++ {
		err = w.Do()
		again = err != nil && !sim.IsFinal(err)
		if again {
			time.Sleep(time.Second)
		}
	}
	return err
}

// AllInHeader has its attempts in the header.
func AllInHeader(w *sim.World) error {
	for err := w.Do(); err != nil; err = w.Do() {
		w.Log("again: %v", err)
		time.Sleep(time.Second)
	}
	return nil
}

// InElse leaves in the branch beside the one that waits.
func InElse(w *sim.World) (err error) {
	for i := 0; i < 3; i++ {
		err = w.Do()
		if err != nil && !sim.IsFinal(err) {
			time.Sleep(time.Second)
		} else {
			return err
		}
	}
	return err
}
