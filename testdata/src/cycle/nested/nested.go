// Package nested has cycles in cycles: a delay belongs to the innermost one
// that it spaces.
package nested

import (
	"errors"
	"time"
)

type device struct{ ready bool }

func (d *device) write(block []byte) error {
	if !d.ready {
		return errors.New("not ready")
	}
	return nil
}

func writeAll(d *device, blocks [][]byte) {
	for _, block := range blocks {
		for { // want `retry loop with constant backoff`
			if err := d.write(block); err == nil {
				break
			}
			time.Sleep(time.Millisecond)
		}
	}
}

// Both wait: each is a site of its own.
func writeTwice(d *device, block []byte) {
	for { // want `retry loop with constant backoff`
		var err error
		for range 3 { // want `retry loop with constant backoff`
			if err = d.write(block); err == nil {
				return
			}
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Second)
	}
}
