// Package timerreset waits for a timer that is set again after each failure.
package timerreset

import (
	"context"
	"errors"
	"time"
)

type mirror struct{ behind int }

func (m *mirror) sync(ctx context.Context) error {
	if m.behind > 0 {
		return errors.New("still behind")
	}
	return ctx.Err()
}

func (m *mirror) syncOnce(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for { // want `retry loop with constant backoff`
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
		if err := m.sync(ctx); err == nil {
			return nil
		}
		timer.Reset(10 * time.Second)
	}
}

func (m *mirror) syncTwiceAsSlow(ctx context.Context) error {
	wait := time.Second
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for { // want `retry loop with exponential backoff`
		err := m.sync(ctx)
		if err == nil {
			return nil
		}
		timer.Reset(wait)
		<-timer.C
		wait *= 2
	}
}

// The timer is set again after success as well: the job runs every minute.
func (m *mirror) run(ctx context.Context) {
	timer := time.NewTimer(time.Minute)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			if err := m.sync(ctx); err != nil {
				println(err.Error())
			}
			timer.Reset(time.Minute)
		}
	}
}
