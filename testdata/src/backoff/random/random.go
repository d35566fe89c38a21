// Package random waits for a random time after each failure.
package random

import (
	"math/rand/v2"
	"os"
	"time"
)

func anything(name string) {
	for os.Remove(name) != nil { // want `retry loop with random backoff: call the shared retry helper \(retry-loop\)`
		time.Sleep(time.Duration(rand.IntN(1000)) * time.Millisecond)
	}
}

func anyDuration(name string) {
	for os.Remove(name) != nil { // want `retry loop with random backoff`
		time.Sleep(rand.N(time.Second))
	}
}
