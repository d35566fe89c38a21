// Package timer waits for a time.Timer.
package timer

import (
	"context"
	"os"
	"time"
)

func open(name string) (*os.File, error) {
	var last error
	for range 5 { // want `retry loop with constant backoff`
		file, err := os.Open(name)
		if err == nil {
			return file, nil
		}
		last = err
		timer := time.NewTimer(time.Second)
		<-timer.C
	}
	return nil, last
}

func openUntilDone(ctx context.Context, name string) (*os.File, error) {
	for { // want `retry loop with constant backoff`
		file, err := os.Open(name)
		if err == nil {
			return file, nil
		}
		timer := time.NewTimer(time.Second)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, ctx.Err()
		}
	}
}

// A timer that is only stopped does not wait.
func openNow(name string) (*os.File, error) {
	for range 5 {
		timer := time.NewTimer(time.Second)
		file, err := os.Open(name)
		timer.Stop()
		if err == nil {
			return file, nil
		}
	}
	return nil, os.ErrNotExist
}
