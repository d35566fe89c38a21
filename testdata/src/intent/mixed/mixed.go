// Package mixed waits for a state and goes on when asking for it fails: success
// alone does not end the loop, and neither does failure.
package mixed

import (
	"errors"
	"time"
)

type volume struct{ state string }

func (v *volume) describe() (string, error) {
	if v.state == "" {
		return "", errors.New("no such volume")
	}
	return v.state, nil
}

func untilAttached(v *volume) {
	for {
		state, err := v.describe()
		if err == nil && state == "attached" {
			return
		}
		time.Sleep(time.Second)
	}
}

// A failure is retried here, and the wait for the state is a loop of its own.
func describe(v *volume) (state string, err error) {
	for range 3 { // want `retry loop with constant backoff`
		if state, err = v.describe(); err == nil {
			return state, nil
		}
		time.Sleep(time.Second)
	}
	return "", err
}

func untilAttachedPatiently(v *volume) error {
	for {
		state, err := describe(v)
		if err != nil {
			return err
		}
		if state == "attached" {
			return nil
		}
		time.Sleep(time.Second)
	}
}
