// Package flag sets a flag from the outcome.
package flag

import (
	"errors"
	"time"
)

type node struct{ members int }

func (n *node) join(cluster string) error {
	if n.members++; n.members < 3 {
		return errors.New("no quorum")
	}
	return nil
}

func success(n *node, cluster string) {
	joined := false
	for !joined { // want `retry loop with constant backoff`
		err := n.join(cluster)
		joined = err == nil
		if !joined {
			time.Sleep(time.Second)
		}
	}
}

func done(n *node, cluster string) (err error) {
	done := false
	for i := 0; i < 5 && !done; i++ { // want `retry loop with constant backoff`
		switch err = n.join(cluster); {
		case err == nil:
			done = true
		default:
			time.Sleep(time.Second)
		}
	}
	return err
}

// The flag says nothing about the outcome.
func unrelated(n *node, cluster string, verbose bool) {
	for {
		err := n.join(cluster)
		if verbose && err != nil {
			println(err.Error())
		}
		time.Sleep(time.Second)
	}
}

// setBack has a flag that every pass sets back before the attempt.
func setBack(attempt func() error) { // want `retry helper with constant backoff`
	for {
		failed := false
		if err := attempt(); err != nil {
			failed = true
		}
		if !failed {
			return
		}
		time.Sleep(time.Second)
	}
}
