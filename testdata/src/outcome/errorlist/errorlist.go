// Package errorlist has operations that return several errors.
package errorlist

import (
	"errors"
	"log"
	"time"
)

func syncAll(dirs []string) (errs []error) {
	for _, dir := range dirs {
		if dir == "" {
			errs = append(errs, errors.New("no directory"))
		}
	}
	return errs
}

func serve(dirs []string) {
	for { // want `reconnect loop with constant backoff`
		errs := syncAll(dirs)
		for _, err := range errs {
			log.Print(err)
		}
		if len(errs) > 0 {
			time.Sleep(time.Second)
		}
	}
}

func once(dirs []string) {
	for { // want `retry loop with constant backoff`
		if errs := syncAll(dirs); len(errs) == 0 {
			return
		}
		time.Sleep(time.Second)
	}
}
