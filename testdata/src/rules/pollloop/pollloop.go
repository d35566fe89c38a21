// Package pollloop has loops that only the rule poll-loop reports.
package pollloop

import (
	"errors"
	"os"
	"sync/atomic"
	"time"
)

type job struct {
	running atomic.Bool
	state   string
}

func (j *job) phase() (string, error) {
	if j.state == "" {
		return "", errors.New("no such job")
	}
	return j.state, nil
}

func untilStopped(j *job) {
	for j.running.Load() { // want `hand-rolled poll loop: wait for the state with the shared helper \(poll-loop\)`
		time.Sleep(time.Millisecond)
	}
}

func untilDone(j *job) error {
	for { // want `poll loop`
		phase, err := j.phase()
		if err != nil {
			return err
		}
		if phase == "done" {
			return nil
		}
		time.Sleep(time.Second)
	}
}

// Not a poll loop: it removes the file again because that failed.
func removeAgain(name string) {
	for os.Remove(name) != nil {
		time.Sleep(time.Second)
	}
}

// Nor is this one: it never ends.
func printForever(j *job) {
	for {
		println(j.state)
		time.Sleep(time.Second)
	}
}
