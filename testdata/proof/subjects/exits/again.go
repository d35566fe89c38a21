package exits

import (
	"errors"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// OnceMore makes one more attempt behind the loop.
func OnceMore(w *sim.World) error {
	for left := 3; left > 0 && w.Do() != nil; left-- {
		time.Sleep(time.Second)
	}
	return w.Do()
}

// Within has the attempt behind another call, whose error has the same name.
func Within(w *sim.World) error {
	for i := 0; i < 3; i++ {
		n, err := begin(w)
		if err != nil {
			return err
		}
		if err := w.Do(); err != nil {
			w.Tell("attempt %d: %v", n, err)
			if !sim.IsFinal(err) && i < 2 {
				time.Sleep(time.Second << i)
				continue
			}
			return err
		}
		return commit(w, n)
	}
	return errors.New("out of reach")
}

func begin(w *sim.World) (int, error) {
	w.Tell("begin")
	return 7, nil
}

func commit(w *sim.World, n int) error {
	w.Tell("commit %d", n)
	return nil
}
