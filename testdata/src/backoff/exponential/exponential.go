// Package exponential waits longer by a factor after each failure.
package exponential

import (
	"math"
	"os"
	"time"
)

func doubled(name string) {
	delay := 100 * time.Millisecond
	for os.Remove(name) != nil { // want `retry loop with exponential backoff: call the shared retry helper \(retry-loop\)`
		time.Sleep(delay)
		delay *= 2
	}
}

func shifted(name string) (err error) {
	for i := range 5 { // want `retry loop with exponential backoff`
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

func power(name string) (err error) {
	for i := range 5 { // want `retry loop with exponential backoff`
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(time.Duration(math.Pow(1.5, float64(i))) * time.Second)
	}
	return err
}

func recursive(name string, delay time.Duration) error { // want `retry loop with exponential backoff`
	err := os.Remove(name)
	if err == nil || delay > time.Minute {
		return err
	}
	time.Sleep(delay)
	return recursive(name, 2*delay)
}
