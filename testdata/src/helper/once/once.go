// Package once has a function with two loops: it is reported once.
package once

import "time"

func Do(op func() error, fast bool) error { // want `retry helper with constant backoff, no calls in this package: `
	if fast {
		for {
			if err := op(); err == nil {
				return nil
			}
			time.Sleep(time.Millisecond)
		}
	}
	for {
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
