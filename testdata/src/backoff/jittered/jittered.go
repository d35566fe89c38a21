// Package jittered adds a random part to its delays.
package jittered

import (
	"math/rand/v2"
	"os"
	"time"
)

func constant(name string) {
	for os.Remove(name) != nil { // want `retry loop with constant backoff`
		time.Sleep(time.Second + time.Duration(rand.Int64N(int64(time.Second))))
	}
}

func exponential(name string) {
	delay := time.Second
	for os.Remove(name) != nil { // want `retry loop with exponential backoff`
		time.Sleep(delay/2 + rand.N(delay))
		delay *= 2
	}
}

func linear(name string) (err error) {
	for i := range 5 { // want `retry loop with linear backoff`
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(jitter(time.Duration(i) * time.Second))
	}
	return err
}

func jitter(d time.Duration) time.Duration {
	return d + time.Duration(rand.Float64()*float64(d)/10)
}
