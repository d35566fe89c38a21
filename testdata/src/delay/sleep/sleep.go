// Package sleep waits with time.Sleep.
package sleep

import (
	"errors"
	"time"
)

type queue struct{ depth int }

func (q *queue) publish(msg string) error {
	if q.depth > 100 {
		return errors.New("queue is full")
	}
	q.depth++
	return nil
}

func publishWithRetry(q *queue, msg string) error {
	var err error
	for i := 0; i < 3; i++ { // want `hand-rolled retry loop with constant backoff: call the shared retry helper \(retry-loop\)`
		if err = q.publish(msg); err == nil {
			return nil
		}
		time.Sleep(250 * time.Millisecond)
	}
	return err
}

func publishForever(q *queue, msg string) {
	for { // want `retry loop with constant backoff`
		err := q.publish(msg)
		if err == nil {
			break
		}
		time.Sleep(time.Second)
	}
}

// Without a delay there is nothing to report.
func publishAtOnce(q *queue, msg string) error {
	var err error
	for range 3 {
		if err = q.publish(msg); err == nil {
			return nil
		}
	}
	return err
}

// The delay is behind the loop.
func publishAndRest(q *queue, msgs []string) error {
	for _, msg := range msgs {
		if err := q.publish(msg); err != nil {
			return err
		}
	}
	time.Sleep(time.Second)
	return nil
}

// The delay comes before an exit, never before another pass.
func publishOnce(q *queue, msg string) error {
	for {
		err := q.publish(msg)
		if err == nil {
			continue
		}
		time.Sleep(time.Second)
		return err
	}
}
