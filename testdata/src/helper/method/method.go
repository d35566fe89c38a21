// Package method has types with a method that takes the operation.
package method

import "time"

type Retrier struct {
	Attempts int
	Delay    time.Duration
}

func (r *Retrier) Do(op func() error) (err error) { // want `retry helper with exponential backoff, 1 call in this package: `
	delay := r.Delay
	for range r.Attempts {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

func use(r Retrier, op func() error) error {
	return r.Do(func() error { return op() })
}

func caller(r Retrier) error { return use(r, func() error { return nil }) }
