// Package rangeloop repeats with a range statement.
package rangeloop

import (
	"errors"
	"fmt"
	"time"
)

type registry struct{ names map[string]bool }

func (r *registry) register(name string) error {
	if r.names[name] {
		return errors.New("name is taken")
	}
	r.names[name] = true
	return nil
}

func overNumbers(r *registry, name string) (err error) {
	for range 5 { // want `retry loop with constant backoff`
		if err = r.register(name); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func overDelays(r *registry, name string) (err error) {
	for _, delay := range []time.Duration{time.Second, 5 * time.Second, time.Minute} { // want `retry loop with table backoff`
		if err = r.register(name); err == nil {
			return nil
		}
		time.Sleep(delay)
	}
	return err
}

// The same request goes to one registry after the other until one takes it.
func overReplicas(replicas []*registry, name string) (err error) {
	for _, r := range replicas { // want `retry loop with constant backoff`
		if err = r.register(name); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

func overAttempts(yield func(func(int) bool), r *registry, name string) (err error) {
	for attempt := range yield { // want `retry loop: call the shared retry helper \(retry-loop\)`
		if err = r.register(name); err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt) * time.Second)
	}
	return err
}

// Each name is an item of its own, and a failure leaves the loop.
func overNames(r *registry, names []string) error {
	for i, name := range names {
		if err := r.register(name); err != nil {
			return fmt.Errorf("name %d: %w", i, err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return nil
}
