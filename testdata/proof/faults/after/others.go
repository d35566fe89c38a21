package faults

import (
	"context"
	"errors"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/acme/forms"
	"github.com/sharedretry/sharedretry/testdata/proof/acme/retry"
	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

var (
	errShutdown = errors.New("shutdown")
	errGaveUp   = errors.New("gave up")
)

// Answers returns another error for each wait that is cancelled.
func Answers(ctx context.Context, w *sim.World) error {
	if err := retry.Do(ctx, retry.Policy{Delay: time.Second, MaxDelay: 30 * time.Second}, func() error { return w.DoCtx(ctx) }); err != nil {
		return errGaveUp
	}
	return nil
}

// Outcome hands on what the first attempt made.
func Outcome(w *sim.World, attempts int) error { return outcome(w, w.Do(), attempts) }

func outcome(w *sim.World, _ error, attempts int) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: max(attempts-1, 1), Delay: time.Second, MaxDelay: 2 * time.Second}, w.Do)
}

// Asks looks at the context before each attempt.
func Asks(ctx context.Context, w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 4, Delay: time.Second}, func() error {
		select {
		case <-ctx.Done():
			return retry.Stop(ctx.Err())
		default:
		}
		return w.Do()
	})
}

// InScope gives the operation a context.
func InScope(ctx context.Context, w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, func() error { return w.DoCtx(ctx) })
}

// Silenced is to be left alone.
//
//nolint:sharedretry
func Silenced(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, w.Do)
}

type account struct{ left int }

func (a *account) use(w *sim.World) error {
	a.left--
	return w.Do()
}

// EachPass looks at a bound that each attempt changes.
func EachPass(w *sim.World) error {
	a := &account{left: 4}
	return retry.Do(context.Background(), retry.Policy{Attempts: a.left, Delay: time.Second}, func() error { return a.use(w) })
}

// Redeclared has a variable of the counter's name.
func Redeclared(w *sim.World) error {
	n := 0
	return retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, func() error {
		n := n
		err := w.Do()
		w.Log("attempt %d: %v", n, err)
		if err == nil {
			return nil
		}
		n++
		return err
	})
}

// Address keeps the counter of each pass.
func Address(w *sim.World) error {
	var kept []*int
	n := 0
	err := retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, func() error {
		kept = append(kept, &n)
		err := w.Do()
		if err == nil {
			return nil
		}
		n++
		return err
	})
	for _, n := range kept {
		w.Log("kept %d", *n)
	}
	return err
}

// Default goes on until success.
func Default(w *sim.World) error {
	return retry.Do(context.Background(), retry.Policy{Attempts: 5, Delay: time.Second}, func() error { // the helper's default
		err := w.Do()
		if err == nil {
			return nil
		}
		w.Log("failed: %v", err)
		return err
	})
}

// Dropped looks at each error.
func Dropped(w *sim.World) (err error) {
	retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, func() error {
		err = w.Do()
		return err
	})
	return err
}

// Identity returns the last error.
func Identity(w *sim.World) error {
	if err := retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, w.Do); err != nil {
		return errors.New(err.Error())
	}
	return nil
}

// Mended has a last attempt that returns, and says something else of final errors.
func Mended(ctx context.Context, w *sim.World) (err error) {
	for range forms.Attempts(ctx, forms.Policy{Attempts: 3, Delay: time.Second}) {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		if sim.IsFinal(err) {
			break
		}
	}
	return errors.New("cannot be mended")
}
