// Package predicate tells failures apart with functions that are given the
// error.
package predicate

import (
	"errors"
	"os"
	"time"
)

var errThrottled = errors.New("throttled")

func transient(err error) bool { return errors.Is(err, errThrottled) || os.IsTimeout(err) }

type client struct{ calls int }

func (c *client) put(key string) error {
	if c.calls++; c.calls%3 != 0 {
		return errThrottled
	}
	return nil
}

func (c *client) permanent(err error) bool { return errors.Is(err, os.ErrPermission) }

func (c *client) ofThisPackage(key string) error {
	for { // want `retry loop with constant backoff`
		err := c.put(key)
		if !transient(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

func (c *client) ofAnotherPackage(name string) error {
	for { // want `retry loop with constant backoff`
		err := os.Remove(name)
		if os.IsTimeout(err) {
			time.Sleep(time.Second)
			continue
		}
		return err
	}
}

func (c *client) finalFailures(key string) (err error) {
	for i := 0; i < 5; i++ { // want `retry loop with constant backoff`
		if err = c.put(key); err == nil || c.permanent(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// A predicate that is not about the error.
func (c *client) warmedUp() bool { return c.calls > 10 }

func (c *client) untilWarm() {
	for !c.warmedUp() {
		time.Sleep(time.Second)
	}
}

// isBusy stands in for what another system's build decides.
func isBusy(error) bool { return false }

func remove(rm func() error) error { // want `retry helper with constant backoff`
	for {
		err := rm()
		if !isBusy(err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
}
