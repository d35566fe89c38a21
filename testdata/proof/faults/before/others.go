package faults

import (
	"context"
	"errors"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

var (
	errShutdown = errors.New("shutdown")
	errGaveUp   = errors.New("gave up")
)

// Answers returns another error for each wait that is cancelled.
func Answers(ctx context.Context, w *sim.World) error {
	for {
		err := w.DoCtx(ctx)
		switch {
		case err == nil:
			return nil
		case sim.IsFinal(err):
			select {
			case <-ctx.Done():
				return errGaveUp
			case <-time.After(time.Second):
			}
		default:
			select {
			case <-ctx.Done():
				return errShutdown
			case <-time.After(time.Second):
			}
		}
	}
}

// Outcome hands on what the first attempt made.
func Outcome(w *sim.World, attempts int) error { return outcome(w, w.Do(), attempts) }

func outcome(w *sim.World, err error, attempts int) error {
	if err == nil || attempts <= 1 {
		return err
	}
	time.Sleep(time.Second)
	return outcome(w, w.Do(), attempts-1)
}

// Asks looks at the context before each attempt.
func Asks(ctx context.Context, w *sim.World) error {
	var err error
	for range 4 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
		}
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// InScope gives the operation a context.
func InScope(ctx context.Context, w *sim.World) error {
	var err error
	for range 3 {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Silenced is to be left alone.
//
//nolint:sharedretry
func Silenced(w *sim.World) error {
	var err error
	for range 3 {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

type account struct{ left int }

func (a *account) use(w *sim.World) error {
	a.left--
	return w.Do()
}

// EachPass looks at a bound that each attempt changes.
func EachPass(w *sim.World) error {
	a := &account{left: 4}
	err := errGaveUp
	for n := 0; n < a.left; n++ {
		if err = a.use(w); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Redeclared has a variable of the counter's name.
func Redeclared(w *sim.World) error {
	for n := 0; ; n++ {
		n := n
		err := w.Do()
		w.Log("attempt %d: %v", n, err)
		if err == nil || n == 2 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Address keeps the counter of each pass.
func Address(w *sim.World) error {
	var kept []*int
	var err error
	for n := range 3 {
		kept = append(kept, &n)
		if err = w.Do(); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	for _, n := range kept {
		w.Log("kept %d", *n)
	}
	return err
}

// Default goes on until success.
func Default(w *sim.World) error {
	for {
		err := w.Do()
		if err == nil {
			return nil
		}
		w.Log("failed: %v", err)
		time.Sleep(time.Second)
	}
}

// Dropped looks at each error.
func Dropped(w *sim.World) (err error) {
	for range 3 {
		if err = w.Do(); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

// Identity returns the last error.
func Identity(w *sim.World) error {
	for n := 0; ; n++ {
		if err := w.Do(); err == nil || n == 2 {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Mended has a last attempt that returns, and says something else of final errors.
func Mended(ctx context.Context, w *sim.World) (err error) {
	for tries := 1; ; tries++ {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		if sim.IsFinal(err) {
			break
		}
		if tries == 3 {
			return err
		}
		time.Sleep(time.Second)
	}
	return errors.New("cannot be mended")
}
