// Package flow holds attempts that come round in other ways than by one loop.
package flow

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Goto jumps back.
func Goto(w *sim.World) error {
	attempt := 0
again:
	err := w.Do()
	if err != nil && attempt < 2 {
		attempt++
		time.Sleep(time.Second)
		goto again
	}
	return err
}

// Recursive calls itself with one attempt less.
func Recursive(w *sim.World, attempts int) error {
	err := w.Do()
	if err == nil || attempts <= 1 {
		return err
	}
	time.Sleep(time.Second)
	return Recursive(w, attempts-1)
}

// Nested retries within a retry.
//
//proof:nested
func Nested(w *sim.World) error {
	var err error
	for i := 0; i < 2; i++ {
		for j := 0; j < 2; j++ {
			if err = w.Do(); err == nil {
				return nil
			}
			time.Sleep(time.Second)
		}
		w.Log("round %d is over", i)
		time.Sleep(time.Minute)
	}
	return err
}

// Items retries each item.
func Items(w *sim.World) error {
	for _, item := range []string{"a", "b"} {
		var err error
		for i := 0; i < 2; i++ {
			if err = w.Send(item); err == nil {
				break
			}
			time.Sleep(time.Second)
		}
		if err != nil {
			return fmt.Errorf("item %s: %w", item, err)
		}
	}
	return nil
}

// ItemsLabel goes on with the next item from inside.
//
//proof:nested
func ItemsLabel(w *sim.World) int {
	sent := 0
items:
	for _, item := range []string{"a", "b"} {
		for i := 0; i < 2; i++ {
			if err := w.Send(item); err == nil {
				sent++
				continue items
			}
			time.Sleep(time.Second)
		}
		w.Log("%s is lost", item)
	}
	return sent
}

// Two loops in one function share a variable.
func Two(w *sim.World) error {
	var err error
	for i := 0; i < 2; i++ {
		if err = w.Do(); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		return fmt.Errorf("first: %w", err)
	}
	for i := 0; i < 2; i++ {
		if err = w.Send("second"); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

// Label breaks out of a switch.
func Label(w *sim.World) error {
	var err error
retry:
	for i := 0; i < 3; i++ {
		switch err = w.Do(); {
		case err == nil, errors.Is(err, sim.ErrFinal):
			break retry
		}
		time.Sleep(time.Second)
	}
	return err
}

// Defer runs something when the function ends.
func Defer(w *sim.World) error {
	defer w.Hit("end")
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// DeferInside collects what runs then.
func DeferInside(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		defer w.Hit("close")
		if err = w.Do(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Reset has one attempt change the next.
func Reset(w *sim.World) error {
	msg := "first"
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Send(msg); err == nil {
			return nil
		}
		msg = "again"
		time.Sleep(time.Second)
	}
	return err
}

// FreeFirst does not wait before the second attempt.
func FreeFirst(w *sim.World) error {
	var err error
	for i := 0; i < 4; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		if i == 0 {
			continue
		}
		time.Sleep(time.Second)
	}
	return err
}

// NoWait has a kind of failure that is tried again at once.
func NoWait(w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.Do(); err == nil {
			return nil
		}
		if sim.IsFinal(err) {
			continue
		}
		time.Sleep(time.Second)
	}
	return err
}

// Refund does not count some failures.
func Refund(w *sim.World) error {
	refunds := 0
	for i := 0; ; i++ {
		err := w.Do()
		if err == nil || i == 2 {
			return err
		}
		if sim.IsFinal(err) && refunds < 2 {
			refunds++
			i--
		}
		time.Sleep(time.Second)
	}
}

// Reconnect serves until its context ends.
func Reconnect(ctx context.Context, w *sim.World) {
	for ctx.Err() == nil {
		s, err := w.GetCtx(ctx)
		if err != nil {
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
			continue
		}
		w.Log("serve %s", s)
		return
	}
}

// Serves goes on behind a failure as behind a success.
func Serves(w *sim.World) {
	for served := 0; served < 2; {
		s, err := w.Get()
		if err != nil {
			time.Sleep(time.Second)
		} else {
			w.Log("serve %s", s)
			served++
		}
		w.Hit("round")
	}
}

// Rounds does behind a wait what it does behind a success, until the second success.
func Rounds(w *sim.World) error {
	served := 0
	for {
		err := w.Do()
		if err != nil {
			time.Sleep(time.Second)
		}
		w.Hit("round")
		if err == nil {
			served++
			if served == 2 {
				return nil
			}
		}
	}
}

// Promptly is Rounds for what may be cancelled.
func Promptly(ctx context.Context, w *sim.World) error {
	served := 0
	for {
		err := w.DoCtx(ctx)
		if err != nil {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Second):
			}
		}
		w.Hit("round")
		if err == nil {
			served++
			if served == 2 {
				return nil
			}
		}
	}
}

// GotoWithValue uses behind the cycle what a pass declares.
func GotoWithValue(w *sim.World) (string, error) {
	n := 1
again:
	s, err := w.Get()
	if err != nil && n < 3 {
		w.Log("attempt %d: %v", n, err)
		n++
		time.Sleep(time.Second)
		goto again
	}
	return s, err
}
