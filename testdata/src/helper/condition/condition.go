// Package condition has functions that take a condition and wait until it
// holds: no retry.
package condition

import (
	"errors"
	"time"
)

func waitFor(ready func() bool) {
	for !ready() {
		time.Sleep(time.Second)
	}
}

func poll(condition func() (done bool, err error)) error {
	for range 10 {
		done, err := condition()
		if err != nil {
			return err
		}
		if done {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errors.New("timeout")
}

func every(f func() error) {
	for range time.Tick(time.Second) {
		_ = f()
	}
}
