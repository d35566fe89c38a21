package several

import (
	"errors"
	"time"
)

type queue struct {
	send func(batch []string) (refused []string)
	put  func(name string, refused map[string]bool)
	next func(name string) []string
}

// batch sends again what was refused.
func (q queue) batch(names []string) error {
	for range 5 { // want `retry loop with constant backoff`
		refused := q.send(names)
		if len(refused) == 0 {
			return nil
		}
		names = refused
		time.Sleep(time.Second)
	}
	return errors.New("some were refused")
}

// collected has what was refused written into a map.
func (q queue) collected(names map[string]bool) {
	for { // want `retry loop with constant backoff`
		refused := make(map[string]bool)
		for name := range names {
			q.put(name, refused)
		}
		if len(refused) == 0 {
			return
		}
		names = refused
		time.Sleep(time.Second)
	}
}

// seen goes on as long as there is something: nothing is tried again.
func (q queue) seen(all chan<- string, name string) {
	for {
		next := q.next(name)
		if len(next) == 0 {
			return
		}
		for _, name := range next {
			all <- name
		}
		time.Sleep(time.Second)
	}
}
