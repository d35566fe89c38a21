// Package clock waits with the methods of a clock, which tests replace.
package clock

import (
	"context"
	"errors"
	"time"
)

type clock interface {
	Now() time.Time
	Sleep(d time.Duration)
	After(d time.Duration) <-chan time.Time
}

type sleeper interface {
	SleepContext(ctx context.Context, d time.Duration) error
}

type lease struct {
	clock   clock
	sleeper sleeper
	sleep   func(time.Duration)
	holder  string
}

func (l *lease) acquire(id string) error {
	if l.holder != "" && l.holder != id {
		return errors.New("held by " + l.holder)
	}
	l.holder = id
	return nil
}

func (l *lease) sleepOfClock(id string) {
	for { // want `retry loop with constant backoff`
		if err := l.acquire(id); err == nil {
			return
		}
		l.clock.Sleep(time.Second)
	}
}

func (l *lease) afterOfClock(ctx context.Context, id string) error {
	for { // want `retry loop with constant backoff`
		if err := l.acquire(id); err == nil {
			return nil
		}
		select {
		case <-l.clock.After(time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (l *lease) sleepWithContext(ctx context.Context, id string) error {
	for { // want `retry loop with constant backoff`
		err := l.acquire(id)
		if err == nil {
			return nil
		}
		if err := l.sleeper.SleepContext(ctx, time.Second); err != nil {
			return err
		}
	}
}

func (l *lease) sleepOfField(id string) error {
	var err error
	for range 10 { // want `retry loop with constant backoff`
		if err = l.acquire(id); err == nil {
			return nil
		}
		l.sleep(time.Second)
	}
	return err
}

// A fair takes as long to put to sleep as there are animals in it: its Sleep is
// not that of a clock.
type fair struct{ animals []string }

func (f *fair) Sleep(animal string) { f.animals = append(f.animals, animal) }

func settle(l *lease, f *fair) {
	for {
		if err := l.acquire("fair"); err == nil {
			return
		}
		f.Sleep("goat")
	}
}
