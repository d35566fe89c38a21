// Package inject has failures injected by a build for tests.
package inject

import (
	"errors"
	"time"

	"github.com/pingcap/failpoint"
)

func load(read func() error) error { // want `retry helper with constant backoff`
	for range 10 {
		err := read()
		failpoint.Inject("cannotRead", func() {
			err = errors.New("injected")
		})
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errors.New("could not read")
}
