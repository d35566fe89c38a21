// Package topofbody waits before each attempt but the first.
package topofbody

import (
	"errors"
	"time"
)

type store map[string]string

func (s store) commit(key string) error {
	if _, ok := s[key]; !ok {
		return errors.New("no such key")
	}
	return nil
}

func commit(s store, key string) error {
	var err error
	for attempt := range 4 { // want `retry loop with constant backoff`
		if attempt > 0 {
			time.Sleep(50 * time.Millisecond)
		}
		if err = s.commit(key); err == nil {
			return nil
		}
	}
	return err
}

func commitFlagged(s store, key string) error {
	again := false
	for { // want `retry loop with constant backoff`
		if again {
			time.Sleep(50 * time.Millisecond)
		}
		again = true
		if err := s.commit(key); err == nil {
			return nil
		}
	}
}

// Each key is another item; what failed is not tried again.
func commitAll(s store, keys []string) (failed int) {
	for i, key := range keys {
		if i > 0 {
			time.Sleep(50 * time.Millisecond)
		}
		if err := s.commit(key); err != nil {
			failed++
		}
	}
	return failed
}
