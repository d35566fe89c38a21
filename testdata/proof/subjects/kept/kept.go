// Package kept holds loops that keep something besides the last error, or whose
// variables others look at.
package kept

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// FinalNamed returns a final error by its named result.
func FinalNamed(ctx context.Context, w *sim.World) (err error) {
	for i := 0; i < 3; i++ {
		if err = w.DoCtx(ctx); err == nil {
			return
		}
		if sim.IsFinal(err) {
			return
		}
		time.Sleep(time.Second)
	}
	return fmt.Errorf("exhausted: %w", err)
}

// FinalOrNil returns what may be a final error or none.
func FinalOrNil(w *sim.World) (s string, err error) {
	for i := 0; i < 3; i++ {
		s, err = w.Get()
		if err == nil || sim.IsFinal(err) {
			return s, err
		}
		time.Sleep(time.Second)
	}
	return "", fmt.Errorf("exhausted: %w", err)
}

// FinalBare does so without naming it.
func FinalBare(w *sim.World) (s string, err error) {
	for i := 0; i < 3; i++ {
		s, err = w.Get()
		if err != nil && !sim.IsFinal(err) {
			time.Sleep(time.Second)
			continue
		}
		return
	}
	return "", fmt.Errorf("exhausted: %w", err)
}

// Deferred looks at the error when it returns.
func Deferred(w *sim.World) error {
	var err error
	defer func() { w.Log("ends with %v", err) }()
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return fmt.Errorf("gave up: %w", err)
}

// Reported looks at it after each attempt.
func Reported(w *sim.World) error {
	var err error
	report := func() { w.Log("failed: %v", err) }
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		report()
		time.Sleep(time.Second)
	}
	return fmt.Errorf("gave up: %w", err)
}

// Counted looks at the attempt's number from outside.
func Counted(w *sim.World) error {
	var attempt int
	report := func() { w.Log("attempt %d failed", attempt) }
	var err error
	for attempt = 1; attempt <= 3; attempt++ {
		if err = w.Do(); err == nil {
			return nil
		}
		report()
		time.Sleep(time.Second)
	}
	return err
}

// First returns the first error.
func First(w *sim.World) error {
	var first error
	for i := 0; i < 3; i++ {
		err := w.Do()
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
		time.Sleep(time.Second)
	}
	return first
}

// Worst keeps what is no final error.
func Worst(w *sim.World) error {
	var lastErr error
	for i := 0; i < 3; i++ {
		err := w.Do()
		if err == nil {
			return nil
		}
		if lastErr == nil || !sim.IsFinal(err) {
			lastErr = err
		}
		time.Sleep(time.Second)
	}
	return lastErr
}

// Chained tells all of them.
func Chained(w *sim.World) error {
	var last error
	for i := 0; i < 3; i++ {
		err := w.Do()
		if err == nil {
			return nil
		}
		last = fmt.Errorf("try %d: %w (before: %v)", i, err, last)
		time.Sleep(time.Second)
	}
	return last
}

// ChainedOrNil does so in a variable that success sets back.
func ChainedOrNil(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		e := w.Do()
		if e == nil {
			err = nil
			break
		}
		err = fmt.Errorf("%v: %w", err, e)
		time.Sleep(time.Second)
	}
	return err
}

// Joined collects them.
//
//proof:ignores
func Joined(ctx context.Context, w *sim.World) error {
	var errs []error
	for i := 0; i < 3; i++ {
		err := w.DoCtx(ctx)
		if err == nil {
			return nil
		}
		errs = append(errs, err)
		time.Sleep(time.Second)
	}
	return errors.Join(errs...)
}

type keeper struct {
	last  error
	after time.Duration
	most  int
}

// Field keeps the error in a field.
//
//proof:ignores
func Field(ctx context.Context, w *sim.World) error {
	var k keeper
	for i := 0; i < 3; i++ {
		k.last = w.DoCtx(ctx)
		if k.last == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return k.last
}

// Failures returns how many there were.
func Failures(ctx context.Context, w *sim.World) (n int) {
	for i := 0; i < 3; i++ {
		if err := w.DoCtx(ctx); err == nil {
			return n
		}
		n++
		time.Sleep(time.Second)
	}
	return n
}

// Unreachable ends the last attempt in the body.
//
//proof:ignores
func Unreachable(ctx context.Context, w *sim.World) error {
	for attempt := 0; attempt < 3; attempt++ {
		err := w.DoCtx(ctx)
		if err == nil {
			return nil
		}
		if attempt == 2 || sim.IsFinal(err) {
			return fmt.Errorf("attempt %d: %w", attempt, err)
		}
		time.Sleep(time.Second)
	}
	panic("unreachable")
}

// Bug has an error for what cannot be.
//
//proof:ignores
func Bug(ctx context.Context, w *sim.World) (string, error) {
	for attempt := 0; attempt < 3; attempt++ {
		s, err := w.GetCtx(ctx)
		if err == nil {
			return s, nil
		}
		if attempt == 2 || sim.IsFinal(err) {
			return "", fmt.Errorf("attempt %d: %w", attempt, err)
		}
		time.Sleep(time.Second)
	}
	return "", errors.New("this cannot be")
}

func (k *keeper) do(w *sim.World) error {
	k.after = 3 * time.Second
	return w.Do()
}

// Asked waits as long as the attempt has said.
func Asked(w *sim.World) (err error) {
	var k keeper
	for i := 0; i < 3; i++ {
		if err = k.do(w); err == nil {
			return nil
		}
		time.Sleep(k.after)
	}
	return err
}

// NoFirstWait makes the first attempt at once.
func NoFirstWait(w *sim.World) (err error) {
	timer := time.NewTimer(0)
	for i := 0; i < 3; i++ {
		<-timer.C
		if err = w.Do(); err == nil {
			return nil
		}
		timer.Reset(time.Second)
	}
	return err
}

// DueFirst waits in front of the attempt for a timer that is due at once the first time.
func DueFirst(ctx context.Context, w *sim.World) error {
	if err := ctx.Err(); err != nil {
		return err // both channels would be ready
	}
	delay := time.Second
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
		err := w.Do()
		if err == nil {
			return nil
		}
		timer.Reset(delay)
		delay *= 2
	}
}

// More changes the number of attempts.
func More(w *sim.World) (err error) {
	n := 2
	for i := 0; i < n; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		n = 3
		time.Sleep(time.Second)
	}
	return err
}

// Fewer lets a function literal do so.
func Fewer(w *sim.World) (err error) {
	n := 4
	stop := func() { n = 0 }
	for i := 0; i < n; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		if i == 1 {
			stop()
		}
		time.Sleep(time.Second)
	}
	return err
}

// FewerOfField changes it in a field.
func FewerOfField(w *sim.World) (err error) {
	k := keeper{most: 4}
	for i := 0; i < k.most; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		k.most = 2
		time.Sleep(time.Second)
	}
	return err
}

// FinalAndCancelled returns a final error although the context has ended.
func FinalAndCancelled(ctx context.Context, w *sim.World) error {
	for {
		err := w.DoCtx(ctx)
		if err == nil {
			return nil
		}
		if sim.IsFinal(err) {
			return err
		}
		select {
		case <-ctx.Done():
			w.Log("cancelled")
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// LastOnTop says on cancellation what was last.
func LastOnTop(ctx context.Context, w *sim.World) error {
	var lastErr error
	for {
		select {
		case <-ctx.Done():
			return fmt.Errorf("cancelled, last: %w", lastErr)
		default:
		}
		if lastErr = w.DoCtx(ctx); lastErr == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}

// Zero returns no value beside the last error.
func Zero(w *sim.World) (int, error) {
	for i := 0; ; i++ {
		n, err := w.Partial()
		if err == nil {
			return n, nil
		}
		if i == 2 {
			return 0, err
		}
		time.Sleep(time.Second)
	}
}

// Unlocks does something behind the loop.
//
//proof:ignores
func Unlocks(ctx context.Context, w *sim.World) error {
	w.Log("lock")
	var err error
	for i := 0; i < 3; i++ {
		if err = w.DoCtx(ctx); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	w.Hit("unlock")
	return err
}

// LastOnCancel returns the last error, whether the attempts have run out or the
// context has ended.
func LastOnCancel(ctx context.Context, w *sim.World) error {
	for i := 1; ; i++ {
		err := w.DoCtx(ctx)
		if err == nil {
			return nil
		}
		if i >= 3 {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Second):
		}
	}
}

// Kinds takes all but final errors for success.
func Kinds(ctx context.Context, w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.DoCtx(ctx); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	if sim.IsFinal(err) {
		return err
	}
	w.Log("good enough")
	return nil
}

// Cancels ends the context itself, which it does not ask.
//
//proof:ignores
func Cancels(ctx context.Context, w *sim.World) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for i := 0; i < 3; i++ {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		if sim.IsFinal(err) {
			cancel()
		}
		time.Sleep(time.Second)
	}
	return err
}
