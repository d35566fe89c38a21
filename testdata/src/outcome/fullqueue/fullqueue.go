// Package fullqueue attempts to send without waiting.
package fullqueue

import "time"

type queue struct {
	items chan int
	quit  chan struct{}
}

func (q *queue) offer(item int) bool {
	select {
	case q.items <- item:
		return true
	default:
		return false
	}
}

// full tells the other way round: true if the item did not get in.
func (q *queue) full(item int) bool {
	select {
	case q.items <- item:
		return false
	case <-q.quit:
		return false
	default:
		return true
	}
}

func (q *queue) put(item int) {
	delay := time.Millisecond
	for { // want `retry loop with exponential backoff`
		if q.offer(item) {
			return
		}
		time.Sleep(delay)
		delay *= 2
	}
}

func (q *queue) drop(item int) {
	for q.full(item) { // want `retry loop with constant backoff`
		time.Sleep(time.Millisecond)
	}
}

// room looks at the queue and attempts nothing.
func (q *queue) room() bool { return len(q.items) < cap(q.items) }

func (q *queue) waitRoom() {
	for !q.room() {
		time.Sleep(time.Millisecond)
	}
}
