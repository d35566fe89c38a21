// Package innerloop has operations in a loop that does not wait itself.
package innerloop

import (
	"context"
	"errors"
	"time"
)

type disk struct{ bad bool }

func (d *disk) write(block []byte) error {
	if d.bad {
		return errors.New("bad block")
	}
	return nil
}

func (d *disk) writeAll(blocks [][]byte) (err error) {
	for range 3 { // want `retry loop with constant backoff`
		for _, b := range blocks {
			if err = d.write(b); err != nil {
				break
			}
		}
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func (d *disk) collect(blocks [][]byte) []error {
	var errs []error
	for range 3 { // want `retry loop with constant backoff`
		errs = nil
		for _, b := range blocks {
			if err := d.write(b); err != nil {
				errs = append(errs, err)
			}
		}
		if len(errs) == 0 {
			break
		}
		time.Sleep(time.Second)
	}
	return errs
}

// follow reads until the feed breaks, and then opens it again.
func follow(open func() (next func() (string, error), err error), show func(string)) {
	for { // want `reconnect loop with constant backoff`
		next, err := open()
		for err == nil {
			var line string
			if line, err = next(); err == nil {
				show(line)
			}
		}
		time.Sleep(time.Second)
	}
}

// forward hands on what it reads until the feed breaks, or its context ends: a line that is
// handed on leads to the next one, and not out of the loop.
func forward(ctx context.Context, open func() (next func() (string, error), err error), lines chan<- string) {
	for { // want `reconnect loop with constant backoff`
		next, err := open()
		if err != nil {
			return
		}
		for {
			line, err := next()
			if err != nil {
				break
			}
			select {
			case lines <- line:
			case <-ctx.Done():
				return
			}
		}
		time.Sleep(time.Second)
	}
}
