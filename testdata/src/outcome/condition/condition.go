// Package condition looks at the error in the condition of the loop.
package condition

import (
	"errors"
	"os"
	"time"
)

func call(name string) {
	for os.Remove(name) != nil { // want `retry loop with constant backoff`
		time.Sleep(time.Second)
	}
}

func variable(name string) {
	err := os.Remove(name)
	for err != nil { // want `retry loop with constant backoff`
		time.Sleep(time.Second)
		err = os.Remove(name)
	}
}

func withCount(name string) error {
	err := os.Remove(name)
	for i := 0; err != nil && i < 5; i++ { // want `retry loop with constant backoff`
		time.Sleep(time.Second)
		err = os.Remove(name)
	}
	return err
}

func withPredicate(name string) error {
	err := os.Remove(name)
	for errors.Is(err, os.ErrPermission) { // want `retry loop with constant backoff`
		time.Sleep(time.Second)
		err = os.Remove(name)
	}
	return err
}

func inPost(name string) {
	for err := os.Remove(name); err != nil; err = os.Remove(name) { // want `retry loop with constant backoff`
		time.Sleep(time.Second)
	}
}

// The loop goes on for as long as all is well.
func whileRemovable(name string) {
	for os.Remove(name) == nil {
		time.Sleep(time.Second)
	}
}
