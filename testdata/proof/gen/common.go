package gen

import "fmt"

// Common returns the file with what the functions of a package share.
func Common(pkg string) []byte {
	return fmt.Appendf(nil, `package %s

import (
	"errors"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

const (
	maxAttempts = 3
	baseDelay   = 200 * time.Millisecond
	maxDelay    = 500 * time.Millisecond
)

var (
	usualAttempts = 3
	usualDelay    = 300 * time.Millisecond
)

// fatal does not return.
func fatal(w *sim.World, err error) {
	w.Log("fatal: %%v", err)
	panic(err)
}

type client struct {
	w     *sim.World
	delay time.Duration
}

func try(w *sim.World) bool {
	if err := w.Do(); err != nil {
		w.Log("try: %%v", err)
		return false
	}
	return true
}

func repair(w *sim.World) error {
	w.Hit("repair")
	return nil
}

var (
	errStopped = errors.New("stopped")
	errReset   = errors.New("reset")
)

// pauseAfter is the delay that the answer asks for, if it does.
func pauseAfter(err error, delay time.Duration) time.Duration {
	if after := sim.RetryAfter(err); after > 0 {
		return after
	}
	return delay
}

type budget struct {
	left  int
	items []int
}

func (b *budget) rest() int { return b.left }

func spend(w *sim.World, b *budget) error {
	b.left--
	return w.Do()
}

func drain(w *sim.World, b *budget) error {
	err := w.Do()
	if err != nil {
		b.items = b.items[1:]
	}
	return err
}

func shrink(w *sim.World, limit *int) error {
	*limit--
	return w.Do()
}

func remove(w *sim.World, todo map[int]bool) error {
	for n := range todo {
		delete(todo, n)
		break
	}
	return w.Do()
}

// quota is a number of attempts.
var quota int

func useQuota(w *sim.World) error {
	err := w.Do()
	if err != nil {
		quota--
	}
	return err
}
`, pkg)
}
