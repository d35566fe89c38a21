package kept

import (
	"errors"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// RangeAssigned returns the number of the last attempt, which the range assigns.
func RangeAssigned(w *sim.World) (n int, err error) {
	for n = range 4 {
		if err = w.Do(); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return n, err
}

// SetAnew has an error that more than one call gives a value.
func SetAnew(w *sim.World) {
	for i := 0; ; i++ {
		s, err := w.Get()
		if err == nil {
			err = used(s)
		}
		if err == nil || i == 3 {
			w.Tell("ended with %v", err)
			return
		}
		time.Sleep(time.Second)
	}
}

var errUnused = errors.New("not used")

func used(s string) error {
	if s == "value 4" {
		return errUnused
	}
	return nil
}

// Lists counts the attempts by what it keeps of them.
func Lists(w *sim.World) error {
	var errs []error
	for len(errs) < 3 {
		err := w.Do()
		if err == nil {
			return nil
		}
		errs = append(errs, err)
		time.Sleep(time.Second)
	}
	return errs[len(errs)-1]
}
