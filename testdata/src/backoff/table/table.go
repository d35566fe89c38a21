// Package table takes its delays from a list.
package table

import (
	"os"
	"time"
)

var delays = []time.Duration{time.Second, 3 * time.Second, 10 * time.Second}

func each(name string) (err error) {
	for _, delay := range delays { // want `retry loop with table backoff: call the shared retry helper \(retry-loop\)`
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(delay)
	}
	return err
}

func index(name string) (err error) {
	for i := 0; i < len(delays); i++ { // want `retry loop with table backoff`
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(delays[i])
	}
	return err
}
