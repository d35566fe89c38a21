// Package eventloop reacts to events, of which a ticker's is one.
package eventloop

import (
	"context"
	"fmt"
	"log"
	"time"
)

type agent struct {
	jobs    chan func() error
	metrics []int
}

func (a *agent) flush() error {
	if len(a.metrics) == 0 {
		return fmt.Errorf("nothing to flush")
	}
	a.metrics = a.metrics[:0]
	return nil
}

func (a *agent) run(ctx context.Context) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case job := <-a.jobs:
			if err := job(); err != nil {
				log.Print(err)
			}
		case <-ticker.C:
			if err := a.flush(); err != nil {
				log.Print(err)
			}
		}
	}
}

// The error leaves the loop.
func (a *agent) strict(ctx context.Context) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case job := <-a.jobs:
			if err := job(); err != nil {
				return err
			}
		case <-ticker.C:
			if err := a.flush(); err != nil {
				return err
			}
		}
	}
}

// What was collected goes out after a quiet second.
func (a *agent) debounce(values <-chan int) {
	timer := time.NewTimer(time.Second)
	for {
		select {
		case v := <-values:
			a.metrics = append(a.metrics, v)
			timer.Reset(time.Second)
		case <-timer.C:
			if err := a.flush(); err != nil {
				log.Print(err)
			}
		}
	}
}
