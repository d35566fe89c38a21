package reconnect

import (
	"context"
	"log"
	"time"
)

// compact waits in every pass, but longer only after a failure.
func compact(ctx context.Context, work func() error) {
	wait := time.Second
	for { // want `reconnect loop with exponential backoff`
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if err := work(); err != nil {
			log.Print(err)
			wait *= 2
			continue
		}
		wait = time.Second
	}
}

// compactWork makes its timers anew in each pass.
func compactWork(ctx context.Context, full <-chan struct{}, reload, work func() error) {
	wait := time.Second
	for { // want `reconnect loop with exponential backoff`
		pause := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
		idle := time.NewTimer(time.Minute)
		select {
		case <-idle.C:
			if err := reload(); err != nil {
				log.Print(err)
			}
		case <-full:
			if err := work(); err != nil {
				wait *= 2
			} else {
				wait = time.Second
			}
		}
	}
}

// heartbeat waits for another time after a failure.
func heartbeat(beat func() error, interval, backoff time.Duration) {
	for { // want `reconnect loop with constant backoff`
		if err := beat(); err != nil {
			time.Sleep(backoff)
			continue
		}
		time.Sleep(interval)
	}
}

// flush has a case of its own for what failed.
func flush(ctx context.Context, full <-chan struct{}, write func() error) {
	again := time.NewTimer(time.Hour)
	again.Stop()
	for { // want `reconnect loop with constant backoff`
		select {
		case <-ctx.Done():
			return
		case <-full:
			if err := write(); err != nil {
				again.Reset(10 * time.Second)
			} else {
				again.Stop()
			}
		case <-again.C:
			log.Print("still not written")
		}
	}
}
