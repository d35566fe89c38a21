// Package contextend waits for the end of a context that lasts as long as the delay.
package contextend

import (
	"context"
	"os"
	"time"
)

func wait(name string, keep func(context.CancelFunc)) {
	for os.Remove(name) != nil { // want `retry loop with constant backoff`
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		keep(cancel)
		<-ctx.Done()
		cancel()
	}
}

// until waits for a context that others made: for how long is not known.
func until(ctx context.Context, name string) {
	for os.Remove(name) != nil {
		<-ctx.Done()
	}
}
