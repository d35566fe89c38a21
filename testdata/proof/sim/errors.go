package sim

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ErrFinal is wrapped by failures that no other attempt can mend.
var ErrFinal = errors.New("final")

// ErrBusy is wrapped by all other failures.
var ErrBusy = errors.New("busy")

// errCause is the cause of a cancellation that has one.
var errCause = errors.New("shutdown")

// An OpError is the failure of one attempt.
type OpError struct {
	Attempt int
	Kind    error         // ErrFinal or ErrBusy
	After   time.Duration // how long to wait; 0 if it does not say
}

func (e *OpError) Error() string   { return fmt.Sprintf("attempt %d: %v", e.Attempt, e.Kind) }
func (e *OpError) Unwrap() error   { return e.Kind }
func (e *OpError) Temporary() bool { return e.Kind == ErrBusy }

// Code is a status as a server would send it.
func (e *OpError) Code() int {
	if e.Kind == ErrFinal {
		return 404
	}
	return 503
}

// IsFinal is the predicate of code that asks for the kind of a failure.
func IsFinal(err error) bool { return errors.Is(err, ErrFinal) }

// IsRetryable is its opposite, which success does not satisfy either.
func IsRetryable(err error) bool { return err != nil && !errors.Is(err, ErrFinal) }

// RetryAfter returns how long the answer says to wait, 0 if it does not.
func RetryAfter(err error) time.Duration {
	var failed *OpError
	if errors.As(err, &failed) {
		return failed.After
	}
	return 0
}

// An Error is the identity of an error: two are the same if they are equal.
type Error struct {
	Nil      bool
	Same     int    // the attempt whose error it is, compared with ==; 0 for none
	Wraps    string // the attempts whose errors are in its tree
	Text     string
	Chain    string // the types on the way down
	Canceled bool   // it is context.Canceled or the cause of the cancellation
	Cause    bool   // it is the cause
	Deadline bool   // it is context.DeadlineExceeded
}

func (w *World) identify(err error) Error {
	if err == nil {
		return Error{Nil: true}
	}
	id := Error{
		Text:     err.Error(),
		Cause:    errors.Is(err, errCause),
		Canceled: errors.Is(err, context.Canceled) || errors.Is(err, errCause),
		Deadline: errors.Is(err, context.DeadlineExceeded),
	}
	var wraps []string
	for _, e := range w.errs {
		if err == error(e) {
			id.Same = e.Attempt
		}
		if errors.Is(err, e) {
			wraps = append(wraps, fmt.Sprint(e.Attempt))
		}
	}
	id.Wraps = strings.Join(wraps, " ")
	var chain []string
	for e := err; e != nil && len(chain) < 10; e = errors.Unwrap(e) {
		chain = append(chain, fmt.Sprintf("%T", e))
	}
	id.Chain = strings.Join(chain, " > ")
	return id
}

// of reports whether the error of the attempt is in the tree.
func (e Error) of(attempt int) bool {
	return slices.Contains(strings.Fields(e.Wraps), fmt.Sprint(attempt))
}

func (e Error) String() string {
	switch {
	case e.Nil:
		return "nil"
	case e.Same > 0:
		return fmt.Sprintf("== error of attempt %d", e.Same)
	}
	return fmt.Sprintf("%q (%s)", e.Text, e.Chain)
}
