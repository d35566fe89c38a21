package gen

import "fmt"

// Common returns the file with what the functions of a package share.
func Common(pkg string) []byte {
	return fmt.Appendf(nil, `package %s

import (
	"errors"
	"sync/atomic"
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
	leastDelay    = 3 * time.Second
	noDelay       time.Duration
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

// lease takes something for a while, and returns what gives it back.
func lease(w *sim.World) func() {
	w.Acquire()
	return w.Release
}

// begin is what an attempt begins with.
func begin(w *sim.World) (int, error) {
	w.Hit("begin")
	return 7, nil
}

// finish is what follows success.
func finish(w *sim.World) error {
	w.Hit("finish")
	return errUnfinished
}

var (
	errUnfinished = errors.New("not finished")
	errStopped    = errors.New("stopped")
	errReset      = errors.New("reset")
)

// pauseAfter is the delay that the answer asks for, if it does.
func pauseAfter(err error, delay time.Duration) time.Duration {
	if after := sim.RetryAfter(err); after > 0 {
		return after
	}
	return delay
}

// napUnlessFinal does not always wait.
func napUnlessFinal(err error, delay time.Duration) {
	if sim.IsFinal(err) {
		return
	}
	time.Sleep(delay)
}

// napOr waits as long as is given, or else for a default.
func napOr(given, delay time.Duration) {
	if given == 0 {
		given = delay
	}
	time.Sleep(given)
}

func calling(f func()) { f() }

func double(delay *time.Duration) { *delay *= 2 }

// A pacer has a delay that others may change.
type pacer struct{ ns atomic.Int64 }

func newPacer(first time.Duration) *pacer {
	p := &pacer{}
	p.ns.Store(int64(first))
	return p
}

func (p *pacer) delay() time.Duration { return time.Duration(p.ns.Load()) }
func (p *pacer) double()              { p.ns.Store(2 * p.ns.Load()) }

type budget struct {
	left  int
	items []int
}

func (b *budget) rest() int { return b.left }
func (b *budget) take()     { b.left-- }

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

// SetQuota sets it.
func SetQuota(n int) { quota = n }

// less is what others may have SetQuota called by.
var less = func() { SetQuota(quota - 1) }

func after(w *sim.World, f func()) error {
	err := w.Do()
	if err != nil {
		f()
	}
	return err
}

func useQuota(w *sim.World) error {
	err := w.Do()
	if err != nil {
		quota--
	}
	return err
}
`, pkg)
}
