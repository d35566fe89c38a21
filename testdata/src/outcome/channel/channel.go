// Package channel receives the error from a channel.
package channel

import (
	"context"
	"errors"
	"time"
)

type probe struct{ results chan error }

type answer struct {
	text string
	err  error
}

func (p *probe) send() {}

func plain(p *probe) {
	for { // want `retry loop with constant backoff`
		p.send()
		if err := <-p.results; err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func inSelect(ctx context.Context, p *probe) error {
	for { // want `retry loop with constant backoff`
		p.send()
		select {
		case err := <-p.results:
			if err == nil {
				return nil
			}
			time.Sleep(time.Second)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func inStruct(p *probe, answers <-chan answer) string {
	for { // want `retry loop with constant backoff`
		p.send()
		a := <-answers
		if a.err == nil {
			return a.text
		}
		time.Sleep(time.Second)
	}
}

// A job counts as done when its channel is closed: nothing has failed.
func closed(done <-chan struct{}) error {
	for range 10 {
		select {
		case <-done:
			return nil
		default:
		}
		time.Sleep(time.Second)
	}
	return errors.New("not done")
}
