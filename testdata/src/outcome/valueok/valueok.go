// Package valueok gets a value, a bool and an error at once.
package valueok

import (
	"errors"
	"time"
)

type lock struct{ owner string }

// acquire reports whether the lock was free; the error says that the service
// was not there.
func (l *lock) acquire(id string) (bool, error) {
	if id == "" {
		return false, errors.New("lock service is down")
	}
	if l.owner != "" {
		return false, nil
	}
	l.owner = id
	return true, nil
}

// result returns a value, whether there was one, and an error.
func (l *lock) result(id string) (string, bool, error) {
	ok, err := l.acquire(id)
	return l.owner, ok, err
}

func whileDown(l *lock, id string) bool {
	for { // want `retry loop with constant backoff`
		ok, err := l.acquire(id)
		if err == nil {
			return ok
		}
		time.Sleep(time.Second)
	}
}

func whileDownOrTaken(l *lock, id string) {
	for { // want `retry loop with constant backoff`
		if ok, err := l.acquire(id); err == nil && ok {
			return
		}
		time.Sleep(time.Second)
	}
}

func three(l *lock, id string) string {
	for { // want `retry loop with constant backoff`
		owner, ok, err := l.result(id)
		if ok && err == nil {
			return owner
		}
		time.Sleep(time.Second)
	}
}

// A failure leaves the loop; it waits until the lock is free.
func whileTaken(l *lock, id string) error {
	for {
		ok, err := l.acquire(id)
		if ok || err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
}
