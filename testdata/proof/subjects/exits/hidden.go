package exits

import (
	"errors"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// ThenFails does more when it has worked, and that may fail.
func ThenFails(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			err = finish(w)
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

// ThenFailsNamed returns by the name of the error.
func ThenFailsNamed(w *sim.World) (err error) {
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			err = finish(w)
			return
		}
		time.Sleep(time.Second)
	}
	return
}

var errFinish = errors.New("not finished")

func finish(w *sim.World) error {
	w.Tell("finish")
	return errFinish
}

// Stale returns an error that not each failure has set.
func Stale(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err := w.Do(); err != nil {
			time.Sleep(time.Second)
			continue
		}
		if err = w.Do(); err != nil {
			time.Sleep(time.Second)
			continue
		}
		return nil
	}
	return err
}

// Negative tells the number of the attempt with a sign.
func Negative(w *sim.World) {
	for i := 0; i < 3; i++ {
		if w.Do() == nil {
			break
		}
		w.Tell("attempt %d", -i)
		time.Sleep(time.Second)
	}
}
