// Package trylock spins on structures in the same process.
package trylock

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

type spool struct {
	mu    sync.Mutex
	busy  atomic.Bool
	items chan string
}

func (s *spool) lock() {
	for !s.mu.TryLock() {
		time.Sleep(time.Millisecond)
	}
}

func (s *spool) claim() {
	for !s.busy.CompareAndSwap(false, true) {
		runtime.Gosched()
		time.Sleep(time.Microsecond)
	}
}

func (s *spool) take() string {
	for {
		select {
		case item := <-s.items:
			return item
		default:
			time.Sleep(time.Millisecond)
		}
	}
}
