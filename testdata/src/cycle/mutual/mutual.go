// Package mutual repeats through a second function.
package mutual

import (
	"errors"
	"time"
)

type job struct {
	attempts int
	done     bool
}

func (j *job) start() error {
	if j.attempts++; j.attempts < 3 {
		return errors.New("no free worker")
	}
	j.done = true
	return nil
}

// run starts the job, or later again.
func run(j *job) error { // want `retry loop with constant backoff`
	if err := j.start(); err != nil {
		return again(j, err)
	}
	return nil
}

func again(j *job, err error) error {
	if j.attempts > 10 {
		return err
	}
	time.Sleep(time.Second)
	return run(j)
}

func runWithClosure(j *job) error {
	var attempt func() error
	later := func(err error) error {
		if j.attempts > 10 {
			return err
		}
		time.Sleep(time.Second)
		return attempt()
	}
	attempt = func() error { // want `retry loop with constant backoff`
		if err := j.start(); err != nil {
			return later(err)
		}
		return nil
	}
	return attempt()
}

// ping and pong call each other after success: a failure ends the game.
func ping(j *job, rounds int) error {
	if err := j.start(); err != nil {
		return err
	}
	return pong(j, rounds-1)
}

func pong(j *job, rounds int) error {
	if rounds <= 0 {
		return nil
	}
	time.Sleep(time.Millisecond)
	return ping(j, rounds)
}
