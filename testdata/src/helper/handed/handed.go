// Package handed has functions that hand the operation to another one, which
// runs it.
package handed

import (
	"fmt"
	"time"
)

func Do(op func() error) error { // want `retry helper with constant backoff, no calls in this package: `
	for {
		err := safely(op)
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}

func safely(op func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return op()
}
