// Package lasterr keeps copies of the error.
package lasterr

import (
	"fmt"
	"os"
	"time"
)

func last(name string) (*os.File, error) {
	var lastErr error
	for attempt := range 3 { // want `retry loop with constant backoff`
		if lastErr != nil {
			println("attempt", attempt)
			time.Sleep(time.Second)
		}
		file, err := os.Open(name)
		if err == nil {
			return file, nil
		}
		lastErr = err
	}
	return nil, lastErr
}

func wrapped(name string) (*os.File, error) {
	for { // want `retry loop with constant backoff`
		file, err := os.Open(name)
		wrapped := wrap(name, err)
		if wrapped == nil {
			return file, nil
		}
		time.Sleep(time.Second)
	}
}

func wrap(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("open %s: %w", name, err)
}

func collected(name string) ([]error, *os.File) {
	var errs []error
	for len(errs) < 3 { // want `retry loop with constant backoff`
		file, err := os.Open(name)
		if err == nil {
			return errs, file
		}
		errs = append(errs, err)
		time.Sleep(time.Second)
	}
	return errs, nil
}
