package bounded

import (
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// FirstBefore makes the first attempt before the loop.
func FirstBefore(w *sim.World) error {
	err := w.Do()
	for i := 0; err != nil && i < 3; i++ {
		time.Sleep(time.Second)
		err = w.Do()
	}
	return err
}

// WhileError goes on as long as there is an error.
func WhileError(w *sim.World) error {
	err := w.Do()
	n := 0
	for err != nil && n < 3 {
		time.Sleep(time.Second)
		err = w.Do()
		n++
	}
	return err
}

// UntilDone keeps the state in a flag.
func UntilDone(w *sim.World) error {
	var err error
	done := false
	for i := 0; !done && i < 3; i++ {
		if err = w.Do(); err == nil {
			done = true
		} else {
			time.Sleep(time.Second)
		}
	}
	return err
}

// CountInBody counts in the body.
func CountInBody(w *sim.World) error {
	tries := 0
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		tries++
		if tries >= 3 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Retries counts the retries, not the attempts.
func Retries(w *sim.World) error {
	for retries := 0; ; {
		err := w.Do()
		if err == nil {
			return nil
		}
		if retries == 3 {
			w.Log("no more retries: %v", err)
			return err
		}
		retries++
		time.Sleep(time.Second)
	}
}

// InHeader calls the operation in the header.
func InHeader(w *sim.World) error {
	var err error
	i := 0
	for err = w.Do(); err != nil && i < 3; err = w.Do() {
		time.Sleep(time.Second)
		i++
	}
	return err
}

// AssignedInit declares the error before, and an inner one hides it.
func AssignedInit(w *sim.World) error {
	err := errGaveUp
	for i := 0; i < 3; i++ {
		if err := w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
