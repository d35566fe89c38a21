package faults

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/acme/retry"
	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// ByAddress hands its delay to what makes it longer.
func ByAddress(w *sim.World) (err error) {
	wait := time.Second
	return retry.Do(context.Background(), retry.Policy{Attempts: 4, Delay: wait}, w.Do)
}

// Atomic asks each time how long to wait.
func Atomic(w *sim.World) (err error) {
	var wait atomic.Int64
	wait.Store(int64(time.Second))
	return retry.Do(context.Background(), retry.Policy{Attempts: 4, Delay: time.Duration(wait.Load())}, w.Do)
}

// FallsThrough waits longer where a case falls through.
func FallsThrough(w *sim.World) (err error) {
	return retry.Do(context.Background(), retry.Policy{Attempts: 4, Delay: time.Second}, w.Do)
}

// MayWait waits for some errors alone.
func MayWait(w *sim.World) (err error) {
	return retry.Do(context.Background(), retry.Policy{Attempts: 4, Delay: time.Second}, w.Do)
}

// OnceMore attempts once more behind the last wait.
func OnceMore(w *sim.World) error {
	if err := retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, w.Do); err == nil {
		return nil
	}
	return w.Do()
}
