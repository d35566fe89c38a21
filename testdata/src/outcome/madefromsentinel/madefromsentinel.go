// Package madefromsentinel makes errors with a method of a known one.
package madefromsentinel

import (
	"fmt"
	"log"
	"time"
)

type code struct{ text string }

func (c *code) Error() string { return c.text }

// Of returns an error of this code; it attempts nothing.
func (c *code) Of(cause error) error { return fmt.Errorf("%s: %w", c.text, cause) }

var errUnavailable = &code{"unavailable"}

func load(get func() error) error { // want `retry helper with constant backoff`
	for range 5 {
		err := get()
		if err == nil {
			return nil
		}
		if wrapped := errUnavailable.Of(err); wrapped != nil {
			log.Print(wrapped)
		}
		time.Sleep(time.Second)
	}
	return errUnavailable
}
