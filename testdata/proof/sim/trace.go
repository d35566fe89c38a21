package sim

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

type eventKind int

const (
	opEvent     eventKind = iota // an attempt
	effectEvent                  // a log line, a counter
	cancelEvent                  // the context was cancelled
)

// An Event is what a function did, or what happened to it, and when.
type Event struct {
	Kind   eventKind
	At     time.Duration
	Format string // of an effect: what its text was made from
	Text   string
	Line   bool // of a log
}

// A Trace is what a function did in one run.
type Trace struct {
	Script  Script
	Events  []Event
	Results []string // all but errors
	Zero    []bool   // the result is the zero value of its type
	Errs    []Error  // the results that are errors
	Value   string   // of the last attempt that has one beside its error
	End     time.Duration
	Panic   string
}

// A Result is what a function returned: values, and errors as [Err].
type Result []any

// Err is a result of type error.
type Err struct{ Error error }

// A Func is a function under test.
type Func func(ctx context.Context, w *World) Result

// run runs f by a script in a bubble of virtual time.
func run(t *testing.T, f Func, script Script) (tr *Trace) {
	tr = &Trace{Script: script}
	synctest.Test(t, func(*testing.T) {
		ctx, cancel := context.WithCancelCause(context.Background())
		defer cancel(nil)
		w := &World{script: script, start: time.Now(), cancel: cancel}
		if strings.HasPrefix(string(script), string(cancelledBefore)) {
			w.end(context.Canceled)
		}
		defer func() {
			if p := recover(); p != nil {
				tr.Panic = fmt.Sprint(p)
			}
			tr.End = time.Since(w.start)
			for _, timer := range w.pending {
				timer.Stop()
			}
			w.mu.Lock()
			tr.Events = slices.Clone(w.events)
			tr.Value = w.value
			w.mu.Unlock()
		}()
		for _, v := range f(ctx, w) {
			if err, ok := v.(Err); ok {
				tr.Errs = append(tr.Errs, w.identify(err.Error))
				continue
			}
			tr.Results = append(tr.Results, show(v))
			tr.Zero = append(tr.Zero, v == nil || reflect.ValueOf(v).IsZero())
		}
	})
	return tr
}

func show(v any) string {
	if r, ok := v.(*Response); ok && r != nil {
		return fmt.Sprintf("status %d, %s", r.StatusCode, r.Body)
	}
	return fmt.Sprint(v)
}

// acts returns the events that the function caused.
func (tr *Trace) acts() []Event {
	return slices.DeleteFunc(slices.Clone(tr.Events), func(e Event) bool { return e.Kind == cancelEvent })
}

// ops returns how many attempts there were.
func (tr *Trace) ops() int { return len(tr.times()) }

// tries returns how many attempts there were, where one that succeeded and led to
// another was a part of it.
func (tr *Trace) tries() int {
	n := tr.ops()
	for i := range tr.ops() - 1 {
		if tr.Script.outcome(i+1) == success {
			n--
		}
	}
	return n
}

// times returns when the attempts were made.
func (tr *Trace) times() []time.Duration {
	var at []time.Duration
	for _, e := range tr.Events {
		if e.Kind == opEvent {
			at = append(at, e.At)
		}
	}
	return at
}

// gaps returns the times between one attempt and the next.
func (tr *Trace) gaps() []time.Duration {
	var list []time.Duration
	at := tr.times()
	for i := 1; i < len(at); i++ {
		list = append(list, at[i]-at[i-1])
	}
	return list
}

// first returns when the first attempt was made.
func (tr *Trace) first() time.Duration {
	if at := tr.times(); len(at) > 0 {
		return at[0]
	}
	return 0
}

// cancel returns the index of the cancellation among the events, -1 for none.
func (tr *Trace) cancel() int {
	return slices.IndexFunc(tr.Events, func(e Event) bool { return e.Kind == cancelEvent })
}

// untilCancel returns what was before the cancellation.
func (tr *Trace) untilCancel() *Trace {
	cut := *tr
	cut.Events = tr.Events[:max(tr.cancel(), 0)]
	return &cut
}

// lasts returns how long the function went on after the cancellation.
func (tr *Trace) lasts() time.Duration { return tr.End - tr.Events[tr.cancel()].At }

// opsAfterCancel reports whether there were attempts after the cancellation.
func (tr *Trace) opsAfterCancel() bool {
	return slices.ContainsFunc(tr.Events[max(tr.cancel(), 0):], func(e Event) bool { return e.Kind == opEvent })
}

// idle returns how long nothing happened before the end.
func (tr *Trace) idle() time.Duration {
	if len(tr.Events) == 0 {
		return tr.End
	}
	return tr.End - tr.Events[len(tr.Events)-1].At
}

// rest returns how long it took from the last attempt to the end.
func (tr *Trace) rest() time.Duration {
	at := tr.times()
	if len(at) == 0 {
		return 0
	}
	return tr.End - at[len(at)-1]
}

// held returns how often something was acquired that was not released.
func (tr *Trace) held() int {
	n := 0
	for _, e := range tr.Events {
		switch e.Text {
		case acquired:
			n++
		case released:
			n--
		}
	}
	return n
}

// failed reports whether the last attempt failed, or there was none.
func (tr *Trace) failed() bool { return tr.ops() == 0 || tr.Script.outcome(tr.ops()) != success }

// following returns the events behind attempt n, from 1, up to the next.
func following(acts []Event, n int) []Event {
	for i, e := range acts {
		if e.Kind != opEvent {
			continue
		}
		if n--; n == 0 {
			rest := acts[i+1:]
			if j := slices.IndexFunc(rest, func(e Event) bool { return e.Kind == opEvent }); j >= 0 {
				rest = rest[:j]
			}
			return rest
		}
	}
	return nil
}

func (tr *Trace) String() string {
	var b strings.Builder
	for _, e := range tr.Events {
		fmt.Fprintf(&b, "\t%8s  %s\n", e.At, e.Text)
	}
	fmt.Fprintf(&b, "\t%8s  return", tr.End)
	for _, r := range tr.Results {
		fmt.Fprintf(&b, " %q", r)
	}
	for _, err := range tr.Errs {
		fmt.Fprintf(&b, " error: %s", err)
	}
	if tr.Panic != "" {
		fmt.Fprintf(&b, " panic: %s", tr.Panic)
	}
	b.WriteByte('\n')
	return b.String()
}
