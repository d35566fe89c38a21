// Package generic has functions that return the value of the operation.
package generic

import (
	"os"
	"time"
)

func Value[T any](attempts int, op func() (T, error)) (v T, err error) { // want `retry helper with constant backoff, 2 calls in this package: `
	for range attempts {
		if v, err = op(); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return v, err
}

func Confined[F func() error](op F) { // want `retry helper with constant backoff, no calls in this package: `
	for op() != nil {
		time.Sleep(time.Second)
	}
}

type Retrier[T any] struct{ delay time.Duration }

func (r *Retrier[T]) Do(op func() (T, error)) T { // want `retry helper with constant backoff, 1 call in this package: `
	for {
		if v, err := op(); err == nil {
			return v
		}
		time.Sleep(r.delay)
	}
}

func use(r *Retrier[string]) (string, error) {
	if _, err := Value(3, func() (int, error) { return 1, nil }); err != nil {
		return "", err
	}
	_ = r.Do(os.Hostname)
	return Value[string](3, os.Hostname)
}
