package cancel

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Panics does not leave the loop when the context ends.
func Panics(ctx context.Context, w *sim.World) {
	for {
		select {
		case <-ctx.Done():
			panic("no answer in time")
		default:
			if w.DoCtx(ctx) == nil {
				return
			}
			time.Sleep(time.Second)
		}
	}
}

// Tells has nothing to return, and tells of the end.
func Tells(ctx context.Context, w *sim.World) {
	for {
		if w.DoCtx(ctx) == nil {
			w.Hit("up")
			break
		}
		select {
		case <-ctx.Done():
			w.Hit("timed out")
			return
		default:
		}
		w.Hit("down")
		time.Sleep(time.Second)
	}
}

// GoesRound lets go of something when the context ends, and tries again.
func GoesRound(ctx context.Context, w *sim.World) {
	held := true
	for {
		select {
		case <-ctx.Done():
			if held {
				w.Hit("let go")
			}
			held = false
		default:
		}
		if w.DoCtx(ctx) == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

// LastFirst tells the last error when the context ends, and waits in front of an attempt.
func LastFirst(ctx context.Context, w *sim.World) (string, error) {
	var last error
	for {
		if ctx.Err() != nil {
			return "", errors.Join(last, errors.New("out of time"))
		}
		if last != nil {
			w.Log("again after: %v", last)
			time.Sleep(time.Second)
		}
		s, err := w.GetCtx(ctx)
		if err == nil {
			return s, nil
		}
		last = fmt.Errorf("get: %w", err)
	}
}

// OutOfLoop asks first, and answers behind the loop.
func OutOfLoop(ctx context.Context, w *sim.World) (string, error) {
again:
	for {
		select {
		case <-ctx.Done():
			break again
		default:
		}
		s, err := w.GetCtx(ctx)
		if err == nil {
			return s, nil
		}
		time.Sleep(time.Second)
	}
	w.Hit("gave up")
	return "", errors.New("out of time")
}

// SomeLeft returns what only final errors leave.
func SomeLeft(ctx context.Context, w *sim.World) (left []string) {
	for range 3 {
		err := w.DoCtx(ctx)
		if err == nil {
			break
		}
		if !sim.IsFinal(err) {
			time.Sleep(time.Second)
			continue
		}
		left = append(left, err.Error())
		break
	}
	return left
}

// Cause asks for the cause, and returns more than that.
func Cause(ctx context.Context, w *sim.World) error {
	for {
		err := w.DoCtx(ctx)
		if err == nil {
			return nil
		}
		if cause := context.Cause(ctx); cause != nil {
			return fmt.Errorf("ended (%w): %w", cause, err)
		}
		time.Sleep(time.Second)
	}
}

func ended(ctx context.Context) bool { return ctx.Err() != nil }

// Inside asks in a function.
func Inside(ctx context.Context, w *sim.World) {
	for w.DoCtx(ctx) != nil {
		if ended(ctx) {
			w.Hit("timed out")
			return
		}
		time.Sleep(time.Second)
	}
}

// Named gives what it asks for a name.
func Named(ctx context.Context, w *sim.World) {
	stop := ctx.Done()
	for w.DoCtx(ctx) != nil {
		select {
		case <-stop:
			w.Hit("timed out")
			return
		default:
		}
		time.Sleep(time.Second)
	}
}

// NamedError returns the error of the context by a name.
func NamedError(ctx context.Context, w *sim.World) error {
	for {
		ended := ctx.Err()
		if ended != nil {
			return ended
		}
		if w.DoCtx(ctx) == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
