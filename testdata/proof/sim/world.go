package sim

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// A World runs the operation by a script and records what a function does. Its
// methods are the operations and effects that functions under test use.
type World struct {
	script  Script
	start   time.Time
	cancel  context.CancelCauseFunc
	pending []*time.Timer

	mu        sync.Mutex
	attempts  int
	cancelled bool
	errs      []*OpError
	value     string
	events    []Event
}

// attempt records an attempt and returns how it ends: nil for success.
func (w *World) attempt() error {
	w.mu.Lock()
	w.attempts++
	n := w.attempts
	o := w.script.outcome(n)
	w.add(Event{Kind: opEvent, Text: fmt.Sprintf("attempt %d", n)})
	w.mu.Unlock()
	if n > maxSteps {
		panic("too many attempts")
	}
	switch o {
	case success:
		return nil
	case cancelInOp:
		w.end(context.Canceled)
	case cancelInWait:
		w.endLater(context.Canceled)
	case causeInWait:
		w.endLater(errCause)
	}
	err := &OpError{Attempt: n, Kind: ErrBusy}
	switch o {
	case final:
		err.Kind = ErrFinal
	case hinted:
		err.After = hints[n%len(hints)]
	}
	w.mu.Lock()
	w.errs = append(w.errs, err)
	w.mu.Unlock()
	return err
}

// hints are how long the answers to attempts say to wait: no delay of a function,
// and none that doubles.
var hints = []time.Duration{7 * time.Second, 3 * time.Second, 11 * time.Second}

// soon is shorter than every delay.
const soon = time.Millisecond

func (w *World) endLater(cause error) {
	timer := time.AfterFunc(soon, func() { w.end(cause) })
	w.mu.Lock()
	w.pending = append(w.pending, timer)
	w.mu.Unlock()
}

// end cancels the context.
func (w *World) end(cause error) {
	w.mu.Lock()
	if !w.cancelled {
		w.cancelled = true
		w.add(Event{Kind: cancelEvent, Text: "cancel"})
	}
	w.mu.Unlock()
	w.cancel(cause)
}

func (w *World) add(e Event) {
	e.At = time.Since(w.start)
	w.events = append(w.events, e)
}

// Do is an operation.
func (w *World) Do() error { return w.attempt() }

// DoCtx is an operation that is given a context.
func (w *World) DoCtx(context.Context) error { return w.attempt() }

// Get is an operation with a value.
func (w *World) Get() (string, error) {
	if err := w.attempt(); err != nil {
		return "", err
	}
	return fmt.Sprintf("value %d", w.attempts), nil
}

// GetCtx is an operation with a value that is given a context.
func (w *World) GetCtx(context.Context) (string, error) { return w.Get() }

// Partial is an operation that returns a value also when it fails.
func (w *World) Partial() (int, error) {
	err := w.attempt()
	n := w.attempts * 10
	w.value = show(n)
	return n, err
}

// Pair is an operation with two values.
func (w *World) Pair() (string, int, error) {
	s, err := w.Get()
	if err != nil {
		return "", 0, err
	}
	return s, w.attempts, nil
}

// A Response is what [World.Fetch] returns.
type Response struct {
	StatusCode int
	Body       string
	RetryAfter time.Duration // how long to wait; 0 if it does not say
	w          *World
}

// Close is to be called once for each response.
func (r *Response) Close() { r.w.Hit("close") }

// Fetch is an operation whose failures are statuses: 503 and 404.
func (w *World) Fetch() (*Response, error) {
	r := &Response{StatusCode: 200, w: w}
	if err, ok := w.attempt().(*OpError); ok {
		r.StatusCode, r.RetryAfter = err.Code(), err.After
	}
	r.Body = fmt.Sprintf("body %d", w.attempts)
	return r, nil
}

// Status is an operation that returns a status.
func (w *World) Status() (int, error) {
	if err, ok := w.attempt().(*OpError); ok {
		w.value = show(err.Code())
		return err.Code(), nil
	}
	return 200, nil
}

// Acquire is an effect that [World.Release] must undo.
func (w *World) Acquire() { w.Hit(acquired) }

// Release undoes one [World.Acquire].
func (w *World) Release() { w.Hit(released) }

const acquired, released = "acquired", "released"

// Send is an operation with an argument.
func (w *World) Send(msg string) error {
	w.Hit("send " + msg)
	return w.attempt()
}

// Log writes a line: an effect with a text, on whatever side of a wait.
func (w *World) Log(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.add(Event{Kind: effectEvent, Format: format, Text: fmt.Sprintf(format, args...), Line: true})
}

// Tell is an effect with a text.
func (w *World) Tell(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.add(Event{Kind: effectEvent, Format: format, Text: fmt.Sprintf(format, args...)})
}

// Hit is an effect that is counted.
func (w *World) Hit(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.add(Event{Kind: effectEvent, Format: name, Text: name})
}
