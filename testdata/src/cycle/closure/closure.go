// Package closure repeats with closures that call themselves.
package closure

import (
	"context"
	"errors"
	"time"
)

type cache struct{ entries map[string]string }

func (c *cache) load(key string) (string, error) {
	if v, ok := c.entries[key]; ok {
		return v, nil
	}
	return "", errors.New("not loaded")
}

func (c *cache) must(key string) string {
	var load func() string
	load = func() string { // want `retry loop with constant backoff`
		v, err := c.load(key)
		if err != nil {
			time.Sleep(time.Second)
			return load()
		}
		return v
	}
	return load()
}

func (c *cache) bounded(ctx context.Context, key string) (string, error) {
	var load func(left int) (string, error)
	load = func(left int) (string, error) { // want `retry loop with constant backoff`
		v, err := c.load(key)
		if err == nil || left == 0 {
			return v, err
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(time.Second):
			return load(left - 1)
		}
	}
	return load(3)
}

// A loop inside a closure is a loop like any other.
func (c *cache) warm(keys ...string) {
	for _, key := range keys {
		go func() {
			for { // want `retry loop with constant backoff`
				if _, err := c.load(key); err == nil {
					return
				}
				time.Sleep(time.Second)
			}
		}()
	}
}

// The closure goes on with the next key after success.
func (c *cache) walk(keys []string) error {
	var visit func(i int) error
	visit = func(i int) error {
		if i == len(keys) {
			return nil
		}
		if _, err := c.load(keys[i]); err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
		return visit(i + 1)
	}
	return visit(0)
}
