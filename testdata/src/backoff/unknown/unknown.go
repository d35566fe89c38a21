// Package unknown waits for a time that something out of sight decides: the
// message does not name a growth.
package unknown

import (
	"os"
	"time"
)

type policy interface {
	Delay(attempt int) time.Duration
}

func fromPolicy(p policy, name string) (err error) {
	for i := range 5 { // want `hand-rolled retry loop: call the shared retry helper \(retry-loop\)`
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(p.Delay(i))
	}
	return err
}

func fromFunction(delay func(int) time.Duration, name string) (err error) {
	for i := range 5 { // want `hand-rolled retry loop: call`
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(delay(i))
	}
	return err
}
