// Package capped has delays that stop growing at a limit.
package capped

import (
	"os"
	"time"
)

const limit = 30 * time.Second

func byMin(name string) {
	delay := time.Second
	for os.Remove(name) != nil { // want `retry loop with exponential backoff`
		time.Sleep(delay)
		delay = min(2*delay, limit)
	}
}

func byIf(name string) {
	delay := time.Second
	for os.Remove(name) != nil { // want `retry loop with linear backoff`
		time.Sleep(delay)
		if delay += time.Second; delay > limit {
			delay = limit
		}
	}
}

func inFunction(name string) {
	delay := time.Second
	for os.Remove(name) != nil { // want `retry loop with exponential backoff`
		time.Sleep(delay)
		delay = next(delay)
	}
}

func next(d time.Duration) time.Duration {
	if d *= 2; d < limit {
		return d
	}
	return limit
}
