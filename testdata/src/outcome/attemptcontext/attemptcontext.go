// Package attemptcontext learns of a failure from the context of the attempt.
package attemptcontext

import (
	"context"
	"time"
)

type feed struct{ events chan string }

func (f *feed) subscribe(ctx context.Context, cancel context.CancelFunc) <-chan string {
	if f.events == nil {
		cancel()
	}
	return f.events
}

func (f *feed) follow(ctx context.Context, show func(string)) {
	for { // want `reconnect loop with constant backoff`
		attempt, cancel := context.WithCancel(ctx)
		events := f.subscribe(attempt, cancel)
		if attempt.Err() != nil {
			time.Sleep(time.Second)
			continue
		}
		for e := range events {
			show(e)
		}
		cancel()
	}
}

// watch asks for the caller's context: whether to go on is not an outcome.
func watch(ctx context.Context, show func()) {
	for ctx.Err() == nil {
		show()
		time.Sleep(time.Second)
	}
}
