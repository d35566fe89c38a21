package sim

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// original is a loop as found in the wild: it ignores the context.
func original(_ context.Context, w *World) Result {
	var err error
	for i := range 3 {
		if err = w.Do(); err == nil {
			return Result{Err{nil}}
		}
		if IsFinal(err) {
			return Result{Err{err}}
		}
		w.Tell("attempt %d: %v", i, err)
		time.Sleep(time.Second)
	}
	return Result{Err{fmt.Errorf("giving up: %w", err)}}
}

// A fix is a correct one, or one that is wrong in one way.
type fix struct {
	attempts   int
	constant   bool
	trailing   bool // waits after the last attempt
	noLog      bool
	logAfter   bool // logs after the wait
	line       bool // what it logs is a line, not another effect
	other      bool // another error
	unwrapped  bool
	ignore     bool // the context
	noFinal    bool
	late       bool // one more attempt after the cancellation
	swallow    bool // the cancellation's error
	checkFirst bool
	early      bool // waits before the first attempt
}

func (f fix) say(w *World, format string, args ...any) {
	if f.line {
		w.Log(format, args...)
	} else {
		w.Tell(format, args...)
	}
}

func (f fix) run(ctx context.Context, w *World) Result {
	var err error
	delay := time.Second
	for i := range f.attempts {
		if f.early && i == 0 {
			time.Sleep(delay)
		}
		if f.checkFirst && ctx.Err() != nil {
			return Result{Err{fmt.Errorf("giving up: %w", ctx.Err())}}
		}
		if err = w.Do(); err == nil {
			return Result{Err{nil}}
		}
		if IsFinal(err) && !f.noFinal {
			return Result{Err{err}}
		}
		if !f.noLog && !f.logAfter {
			f.say(w, "attempt %d: %v", i, err)
		}
		if i < f.attempts-1 || f.trailing {
			if f.ignore {
				time.Sleep(delay)
			} else {
				select {
				case <-ctx.Done():
					if f.swallow {
						return Result{Err{nil}}
					}
					if !f.late || w.Do() == nil {
						return Result{Err{fmt.Errorf("giving up: %w", ctx.Err())}}
					}
				case <-time.After(delay):
				}
			}
		}
		if f.logAfter {
			f.say(w, "attempt %d: %v", i, err)
		}
		if !f.constant {
			delay *= 2
		}
	}
	switch {
	case f.other:
		err = errors.New(err.Error())
	case f.unwrapped:
		return Result{Err{err}}
	}
	return Result{Err{fmt.Errorf("giving up: %w", err)}}
}

func TestJudge(t *testing.T) {
	right := fix{attempts: 3}
	for _, test := range []struct {
		name   string
		change func(f *fix)
		helper Helper
		want   string // in one of the differences; "" for none
	}{
		{"right", func(*fix) {}, Helper{OpsIfCancelled: 1}, ""},
		{"right, no attempt if cancelled", func(f *fix) { f.checkFirst = true }, Helper{}, ""},
		{"the context stays unused", func(f *fix) { f.ignore = true }, Helper{OpsIfCancelled: 1}, "the context is not handed on"},
		{"unexpected: no attempt if cancelled", func(f *fix) { f.checkFirst = true }, Helper{OpsIfCancelled: 1}, "0 attempts with a cancelled context"},
		{"an extra attempt", func(f *fix) { f.attempts = 4 }, Helper{OpsIfCancelled: 1}, `"attempt 4" is new`},
		{"an attempt less", func(f *fix) { f.attempts = 2 }, Helper{OpsIfCancelled: 1}, `"attempt 3" is missing`},
		{"a wait after the last attempt", func(f *fix) { f.trailing = true }, Helper{OpsIfCancelled: 1}, "waits 4s after the last attempt"},
		{"allowed: a wait after the last attempt", func(f *fix) { f.trailing = true }, Helper{OpsIfCancelled: 1, WaitsAfterLast: true}, ""},
		{"a lost log line", func(f *fix) { f.noLog = true }, Helper{OpsIfCancelled: 1}, `was "attempt 0: attempt 1: busy"`},
		{"a late effect", func(f *fix) { f.logAfter = true }, Helper{OpsIfCancelled: 1}, `"attempt 0: attempt 1: busy" is on the other side of the wait after attempt 1`},
		{"another error", func(f *fix) { f.other = true }, Helper{OpsIfCancelled: 1}, `*errors.errorString`},
		{"an unwrapped error", func(f *fix) { f.unwrapped = true }, Helper{OpsIfCancelled: 1}, `error == error of attempt 3, was "giving up`},
		{"a constant wait", func(f *fix) { f.constant = true }, Helper{OpsIfCancelled: 1}, "waits 1s after attempt 2, want 2s"},
		{"a wait before the first attempt", func(f *fix) { f.early = true }, Helper{OpsIfCancelled: 1}, "waits 1s before the first attempt"},
		{"no final exit", func(f *fix) { f.noFinal = true }, Helper{OpsIfCancelled: 1}, `"attempt 1: attempt 2: final" is new`},
		{"one more attempt after the cancellation", func(f *fix) { f.late = true }, Helper{OpsIfCancelled: 1}, "starts after the cancellation"},
		{"the cancellation is no error", func(f *fix) { f.swallow = true }, Helper{OpsIfCancelled: 1}, "no error, was"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := right
			test.change(&f)
			rep := Prove(t, []Pair{{Name: "f", Before: original, After: f.run, Facts: Facts{Context: true}}}, test.helper)
			check(t, rep, test.want)
		})
	}
}

func check(t *testing.T, rep *Report, want string) {
	t.Helper()
	var all strings.Builder
	for _, d := range rep.Differences {
		fmt.Fprintf(&all, "%s: %s\n%s%s", d.Script, d.Text, d.Before, d.After)
	}
	if (want == "") != (all.Len() == 0) || !strings.Contains(all.String(), want) {
		t.Errorf("want %q in\n%s", want, all.String())
	}
}

// A line of a log may stand on either side of a wait, another effect may not.
func TestJudgeLines(t *testing.T) {
	for _, test := range []struct {
		line bool
		want string
	}{
		{true, ""},
		{false, "is on the other side of the wait"},
	} {
		before := fix{attempts: 3, line: test.line, ignore: true}
		after := before
		after.logAfter = true
		check(t, Prove(t, []Pair{{Name: "f", Before: before.run, After: after.run}}, Helper{}), test.want)
	}
}

// stopping tries twice, and panics then; if it asks for the context, that ends it by
// the last error. Early asks behind the last attempt, too.
func stopping(asks, early bool) func(context.Context, *World) Result {
	return func(ctx context.Context, w *World) Result {
		err := w.Do()
		if err == nil {
			return Result{Err{nil}}
		}
		wait := ctx.Done()
		if !asks {
			wait = nil
		}
		select {
		case <-wait:
			return Result{Err{err}}
		case <-time.After(time.Second):
		}
		if err = w.Do(); err == nil {
			return Result{Err{nil}}
		}
		if early && ctx.Err() != nil {
			return Result{Err{err}}
		}
		panic("gave up")
	}
}

// An error of a kind that is tried again is no answer to a cancellation, unless the
// original answers so itself.
func TestJudgeKinds(t *testing.T) {
	for _, test := range []struct {
		asks bool // the original asks for the context
		want string
	}{
		{true, ""},
		{false, "which says more"},
	} {
		pair := Pair{Name: "f", Before: stopping(test.asks, false), After: stopping(true, true), Facts: Facts{Context: true, Kinds: true}}
		check(t, Prove(t, []Pair{pair}, Helper{OpsIfCancelled: 1}), test.want)
	}
}

// A fix of a loop that ends when the context is cancelled must do so too.
func TestJudgeIgnoresCancellation(t *testing.T) {
	before := fix{attempts: 3}
	after := before
	after.ignore = true
	rep := Prove(t, []Pair{{Name: "f", Before: before.run, After: after.run, Facts: Facts{Context: true}}}, Helper{OpsIfCancelled: 1})
	check(t, rep, "starts after the cancellation")
	for _, d := range rep.Differences {
		if !d.Script.cancels() {
			t.Errorf("%s: %s", d.Script, d.Text)
		}
	}
}

// Where success is told by effects alone, a cancelled run must not look like one.
func TestJudgeEffects(t *testing.T) {
	connect := func(wait func(context.Context, int) bool, quiet bool) Func {
		return func(ctx context.Context, w *World) Result {
			for i := 0; w.Do() != nil; i++ {
				if !wait(ctx, i) {
					if quiet {
						return nil
					}
					break
				}
			}
			w.Tell("connected")
			return nil
		}
	}
	sleep := func(_ context.Context, i int) bool { time.Sleep(time.Second << i); return true }
	stop := func(ctx context.Context, i int) bool {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(time.Second << i):
			return true
		}
	}
	for quiet, want := range map[bool]string{false: `"connected" after the end`, true: ""} {
		p := Pair{Name: "f", Before: connect(sleep, false), After: connect(stop, quiet), Facts: Facts{Context: true}}
		check(t, Prove(t, []Pair{p}, Helper{OpsIfCancelled: 1}), want)
	}
}

// A function that panics when it gives up may do so earlier when it is cancelled, but
// not where it answers that by itself, nor with another outcome.
func TestJudgePanics(t *testing.T) {
	start := func(wait func(context.Context) bool, asks, quiet bool) Func {
		return func(ctx context.Context, w *World) Result {
			var err error
			for range 3 {
				if asks && ctx.Err() != nil {
					return nil
				}
				if err = w.Do(); err == nil || !wait(ctx) {
					break
				}
			}
			if err != nil && !(quiet && ctx.Err() != nil) {
				panic(err)
			}
			return nil
		}
	}
	sleep := func(context.Context) bool { time.Sleep(time.Second); return true }
	stop := func(ctx context.Context) bool {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(time.Second):
			return true
		}
	}
	for _, test := range []struct {
		asks, quiet bool
		want        string
	}{
		{false, false, ""},
		{true, false, `panic "attempt 1: busy", was ""`},
		{false, true, `panic "", was "attempt 3: busy"`},
	} {
		p := Pair{Name: "f", Before: start(sleep, test.asks, false), After: start(stop, test.asks, test.quiet), Facts: Facts{Context: true, Cap: time.Second}}
		check(t, Prove(t, []Pair{p}, Helper{OpsIfCancelled: 1, WaitsAfterLast: true}), test.want)
	}
}

// What the original does when a wait is cancelled may stand for its panic, if the context
// ends during the last attempt.
func TestJudgePanicsCancelled(t *testing.T) {
	start := func(asks bool) Func {
		return func(ctx context.Context, w *World) Result {
			for n := 1; ; n++ {
				err := w.Do()
				switch {
				case err == nil, asks && ctx.Err() != nil:
					return nil
				case n == 3:
					panic(err)
				}
				select {
				case <-ctx.Done():
					return nil
				case <-time.After(time.Second << n):
				}
			}
		}
	}
	p := Pair{Name: "f", Before: start(false), After: start(true), Facts: Facts{Context: true}}
	check(t, Prove(t, []Pair{p}, Helper{OpsIfCancelled: 1}), "")
}

// waiting tries until it succeeds, and waits so long between the attempts.
func waiting(delays ...time.Duration) Func {
	return func(_ context.Context, w *World) Result {
		var err error
		for i := 0; ; i++ {
			if err = w.Do(); err == nil || i == len(delays) {
				return Result{Err{err}}
			}
			time.Sleep(delays[i])
		}
	}
}

// Delays that grow slowly may have a limit below today's longest, if they take no less
// in all.
func TestJudgeSlow(t *testing.T) {
	for limit, want := range map[time.Duration]string{160: "", 150: "", 120: "waits 120ns after attempt 2"} {
		p := Pair{Name: "f", Before: waiting(100, 120, 140, 160), After: waiting(100, limit, limit, limit), Facts: Facts{Slow: true}}
		check(t, Prove(t, []Pair{p}, Helper{OpsIfCancelled: 1}), want)
	}
}

// A limit that the helper has by itself may make the waits less than half of today's.
func TestJudgeLimit(t *testing.T) {
	const s = time.Second
	p := Pair{Name: "f", Before: waiting(s, 2*s, 4*s, 8*s, 16*s, 32*s, 64*s), After: waiting(s, 2*s, 4*s, 8*s, 10*s, 10*s, 10*s)}
	check(t, Prove(t, []Pair{p}, Helper{OpsIfCancelled: 1, Limit: 10 * s}), "")
	check(t, Prove(t, []Pair{p}, Helper{OpsIfCancelled: 1}), "waits 45s in all, was 2m7s")
}

// The profile of the original tells the first delay and the limit.
func TestProfile(t *testing.T) {
	loop := func(delays ...time.Duration) Func {
		return func(_ context.Context, w *World) Result {
			for _, d := range delays {
				if w.Do() == nil {
					return nil
				}
				time.Sleep(d)
			}
			w.Do()
			return nil
		}
	}
	for _, test := range []struct {
		delays []time.Duration
		want   []time.Duration
	}{
		{[]time.Duration{1, 1, 1}, []time.Duration{1, 2, 4}},
		{[]time.Duration{1, 2, 3}, []time.Duration{1, 2, 4}},
		{[]time.Duration{0, 1, 2}, []time.Duration{1, 2, 4}},
		{[]time.Duration{1, 2, 3, 3}, []time.Duration{1, 2, 3, 3}},
	} {
		pr := newProfile(t, Pair{Before: loop(test.delays...)})
		for i, want := range test.want {
			if got := pr.wait(i + 1); got != want {
				t.Errorf("%v: got %d after attempt %d, want %d", test.delays, got, i+1, want)
			}
		}
	}
}

// What stands before a loop may wait where there is no attempt at all, and a fix no longer.
func TestJudgeNoAttempt(t *testing.T) {
	none := func(d time.Duration) func(context.Context, *World) Result {
		return func(context.Context, *World) Result {
			time.Sleep(d)
			return Result{Err{nil}}
		}
	}
	check(t, Prove(t, []Pair{{Name: "f", Before: none(time.Minute), After: none(time.Minute)}}, Helper{}), "")
	check(t, Prove(t, []Pair{{Name: "f", Before: none(0), After: none(time.Minute)}}, Helper{}), "after the last attempt")
}
