// Package values holds loops whose operation has values.
package values

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

var errStatus = errors.New("bad status")

// FromInside returns the value from inside the loop.
func FromInside(w *sim.World) (string, error) {
	var lastErr error
	for i := 0; i < 3; i++ {
		s, err := w.Get()
		if err == nil {
			return s, nil
		}
		lastErr = err
		time.Sleep(time.Second)
	}
	return "", fmt.Errorf("get: %w", lastErr)
}

// AfterBreak uses the value behind the loop.
func AfterBreak(w *sim.World) (string, error) {
	var (
		s   string
		err error
	)
	for i := 0; i < 3; i++ {
		s, err = w.Get()
		if err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		return "", err
	}
	w.Log("got %s", s)
	return "<" + s + ">", nil
}

// Used works with the value before it returns it.
func Used(w *sim.World) (int, error) {
	var err error
	for i := 0; i < 3; i++ {
		var s string
		s, err = w.Get()
		if err == nil {
			w.Log("length of %q", s)
			return len(s), nil
		}
		w.Log("failed: %v", err)
		time.Sleep(time.Second)
	}
	return -1, err
}

// Partial keeps the value of the last attempt, failed or not.
func Partial(w *sim.World) (int, error) {
	var (
		n   int
		err error
	)
	for i := 0; i < 3; i++ {
		if n, err = w.Partial(); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return n, err
}

// PartialFinal keeps it where the error is final, too.
func PartialFinal(w *sim.World) (int, error) {
	var (
		n   int
		err error
	)
	for i := 0; i < 3; i++ {
		if n, err = w.Partial(); err == nil || sim.IsFinal(err) {
			break
		}
		time.Sleep(time.Second)
	}
	return n, err
}

// FinalAlone keeps it where a final error has a way out of its own.
func FinalAlone(w *sim.World) (int, error) {
	var (
		n   int
		err error
	)
	for {
		if n, err = w.Partial(); err == nil {
			break
		}
		if sim.IsFinal(err) {
			break
		}
		w.Log("failed: %v", err)
		time.Sleep(time.Second)
	}
	return n, err
}

// Two has two values.
func Two(w *sim.World) (string, int, error) {
	var lastErr error
	for i := 0; i < 3; i++ {
		s, n, err := w.Pair()
		if err == nil {
			return s, n, nil
		}
		lastErr = err
		time.Sleep(time.Second)
	}
	return "", 0, lastErr
}

// Named returns by its named results.
func Named(w *sim.World) (s string, err error) {
	for i := 0; i < 3; i++ {
		s, err = w.Get()
		if err == nil {
			return
		}
		time.Sleep(time.Second)
	}
	return
}

// NamedWrapped wraps the error of its named result.
func NamedWrapped(w *sim.World) (s string, err error) {
	for i := 0; i < 3; i++ {
		if s, err = w.Get(); err == nil {
			return s, nil
		}
		if sim.IsFinal(err) {
			return "", err
		}
		time.Sleep(time.Second)
	}
	err = fmt.Errorf("no luck: %w", err)
	return
}

// Shadowed hides the error with that of another call.
func Shadowed(w *sim.World) (string, error) {
	s, err := "", errors.New("not called")
	for i := 0; i < 3; i++ {
		s, err := w.Get()
		if err == nil {
			return s, nil
		}
		time.Sleep(time.Second)
	}
	return s, err
}

// Pointer returns a response or an error for its status.
func Pointer(w *sim.World) (*sim.Response, error) {
	for i := 0; i < 3; i++ {
		resp, err := w.Fetch()
		if err != nil {
			return nil, err
		}
		if resp.StatusCode < 500 {
			return resp, nil
		}
		resp.Close()
		time.Sleep(time.Second)
	}
	return nil, errStatus
}

// Status repeats on a status of the server.
func Status(w *sim.World) (int, error) {
	var (
		code int
		err  error
	)
	for i := 0; i < 4; i++ {
		code, err = w.Status()
		if err == nil && code < 500 {
			return code, nil
		}
		w.Log("status %d", code)
		time.Sleep(time.Second)
	}
	if err == nil {
		err = errStatus
	}
	return code, err
}

// Bool tells by a bool.
func Bool(w *sim.World) bool {
	for i := 0; i < 3; i++ {
		if try(w) {
			return true
		}
		time.Sleep(time.Second)
	}
	return false
}

func try(w *sim.World) bool {
	if err := w.Do(); err != nil {
		w.Log("try: %v", err)
		return false
	}
	return true
}

// Field keeps what it gets in a struct.
func Field(w *sim.World) (string, error) {
	var state struct {
		value string
		tries int
	}
	var err error
	for state.tries = 0; state.tries < 3; state.tries++ {
		if state.value, err = w.Get(); err == nil {
			return state.value, nil
		}
		time.Sleep(time.Second)
	}
	return state.value, err
}

// Steps runs two calls an attempt.
func Steps(w *sim.World) (string, error) {
	var err error
	for i := 0; i < 3; i++ {
		var s string
		if s, err = w.Get(); err != nil {
			time.Sleep(time.Second)
			continue
		}
		if err = w.Send(s); err != nil {
			time.Sleep(time.Second)
			continue
		}
		return s, nil
	}
	return "", err
}

// Count counts attempts in a variable that it returns.
func Count(w *sim.World) (int, error) {
	attempts := 0
	for {
		attempts++
		err := w.Do()
		if err == nil {
			return attempts, nil
		}
		if attempts >= 3 {
			return attempts, err
		}
		time.Sleep(time.Second)
	}
}

// NamedOther goes round for one kind of error, which it asks for by another
// variable of that name, and returns all else as it is.
func NamedOther(w *sim.World) (s string, err error) {
	for i := 0; i < 3; i++ { // twice is not enough
		s, err = w.Get()
		if err, ok := err.(*sim.OpError); ok && !sim.IsFinal(err) {
			time.Sleep(time.Second)
			continue
		}
		return
	}
	return
}

// OtherOnCancel answers cancellation with another value than failure.
func OtherOnCancel(ctx context.Context, w *sim.World) (int, error) {
	var (
		n   int
		err error
	)
	for i := 0; i < 3; i++ {
		if i > 0 {
			select {
			case <-ctx.Done():
				return -1, ctx.Err()
			case <-time.After(time.Second):
			}
		}
		if n, err = w.Partial(); err == nil {
			break
		}
	}
	return n, err
}
