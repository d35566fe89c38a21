package presets

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A call runs step until it succeeds, fails for good, or has failed n times.
type call struct {
	ctx, bounded, capped, value bool // what it is given and returns
	stops                       bool // ends a final failure as a success, with the error in a variable

	run func(ctx context.Context, n int, delay, limit time.Duration, step func() (int, error, bool)) (int, error)
}

// A preset is what TestPresets writes for each.
type preset struct {
	name  string
	calls []call

	lastValue, firstUncapped bool

	// What a cancelled context does; see deviations in the analyzer's tests.
	before, waiting, attempt, last, success string
}

var presets []preset

var errCause = errors.New("cause")

// A script is what the operation does, and a record of what it did.
type script struct {
	steps    string // of each attempt, the last for all that follow: f fails, F fails for good, s succeeds; C before it cancels first
	cancelAt time.Duration

	begin, end time.Time
	errs       []error
	at         []time.Duration
}

// run runs c with the script in a bubble of its own.
func (s *script) run(t *testing.T, c call, n int, delay, limit time.Duration) (v int, err error) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		if s.cancelAt < 0 {
			cancel(errCause)
		} else if s.cancelAt > 0 {
			time.AfterFunc(s.cancelAt, func() { cancel(errCause) })
		}
		s.begin = time.Now()
		v, err = c.run(ctx, n, delay, limit, func() (int, error, bool) { return s.step(func() { cancel(errCause) }) })
		s.end = time.Now()
	})
	return v, err
}

// step is one attempt.
func (s *script) step(cancel func()) (int, error, bool) {
	s.at = append(s.at, time.Since(s.begin))
	steps := strings.Fields(s.steps)
	what := steps[min(len(s.at), len(steps))-1]
	if strings.HasPrefix(what, "C") {
		cancel()
	}
	if strings.HasSuffix(what, "s") {
		return len(s.at), nil, false
	}
	err := fmt.Errorf("attempt %d: %w", len(s.at), errors.New("inner"))
	s.errs = append(s.errs, err)
	return len(s.at), err, strings.HasSuffix(what, "F")
}

// waits returns the times between the attempts.
func (s *script) waits() []time.Duration {
	var waits []time.Duration
	for i := 1; i < len(s.at); i++ {
		waits = append(waits, s.at[i]-s.at[i-1])
	}
	return waits
}

// outcome says how a run ended: its attempts and the error.
func (s *script) outcome(err error) string {
	word := "another error: " + fmt.Sprint(err)
	switch {
	case err == nil:
		word = "nil"
	case err == errCause:
		word = "cause"
	case err == context.Canceled:
		word = "Canceled"
	case len(s.errs) > 0 && err == s.errs[len(s.errs)-1]:
		word = "error"
	}
	return fmt.Sprintf("%d %s", len(s.at), word)
}

// each runs test for every call of every preset that want accepts.
func each(t *testing.T, want func(call) bool, test func(*testing.T, preset, call)) {
	if len(presets) == 0 {
		t.Skip("TestPresets of the helper package writes the calls")
	}
	for _, p := range presets {
		for _, c := range p.calls {
			if want(c) {
				t.Run(fmt.Sprintf("%s/ctx=%v,bounded=%v,capped=%v,value=%v", p.name, c.ctx, c.bounded, c.capped, c.value),
					func(t *testing.T) { test(t, p, c) })
			}
		}
	}
}

func bounded(c call) bool { return c.bounded }

func doubling(n int) []time.Duration {
	var waits []time.Duration
	for i := range n {
		waits = append(waits, time.Second<<i)
	}
	return waits
}

// checkEnd checks what a run returned, and that it ended with its last attempt.
func checkEnd(t *testing.T, p preset, c call, s *script, v int, err error, want string) {
	t.Helper()
	if got := s.outcome(err); got != want {
		t.Errorf("%s: got %s, want %s", s.steps, got, want)
	}
	if last := s.begin.Add(s.at[len(s.at)-1]); !s.end.Equal(last) {
		t.Errorf("%s: waited %v after the last attempt", s.steps, s.end.Sub(last))
	}
	wantValue := 0
	if c.value && (err == nil || p.lastValue || c.stops && strings.HasSuffix(s.steps, "F")) {
		wantValue = len(s.at)
	}
	if v != wantValue {
		t.Errorf("%s: got value %d, want %d", s.steps, v, wantValue)
	}
}

// Every attempt count, success and final failure at each attempt.
func TestAttempts(t *testing.T) {
	each(t, bounded, func(t *testing.T, p preset, c call) {
		for n := 1; n <= 5; n++ {
			for k := 1; k <= n; k++ {
				before := strings.Repeat("f ", k-1)
				for _, last := range []string{"s", "F"} {
					s := &script{steps: before + last}
					v, err := s.run(t, c, n, time.Second, time.Hour)
					checkEnd(t, p, c, s, v, err, fmt.Sprint(k, " ", map[string]string{"s": "nil", "F": "error"}[last]))
					if got := s.waits(); !slices.Equal(got, doubling(k-1)) {
						t.Errorf("%s: waits %v", s.steps, got)
					}
				}
			}
			s := &script{steps: "f"}
			v, err := s.run(t, c, n, time.Second, time.Hour)
			checkEnd(t, p, c, s, v, err, fmt.Sprint(n, " error"))
			if got := s.waits(); !slices.Equal(got, doubling(n-1)) {
				t.Errorf("%s: waits %v", s.steps, got)
			}
		}
	})
}

func TestUnbounded(t *testing.T) {
	each(t, func(c call) bool { return !c.bounded }, func(t *testing.T, p preset, c call) {
		for _, last := range []string{"s", "F"} {
			s := &script{steps: strings.Repeat("f ", 20) + last}
			v, err := s.run(t, c, 0, time.Second, time.Duration(1)<<62)
			checkEnd(t, p, c, s, v, err, map[string]string{"s": "21 nil", "F": "21 error"}[last])
			if got := s.waits(); !slices.Equal(got, doubling(20)) {
				t.Errorf("waits %v", got)
			}
		}
	})
}

// A limit holds also where doubling the delay would overflow.
func TestMaxDelay(t *testing.T) {
	each(t, func(c call) bool { return c.capped }, func(t *testing.T, p preset, c call) {
		s := &script{steps: strings.Repeat("f ", 99) + "s"}
		v, err := s.run(t, c, 100, time.Second, 3*time.Second)
		checkEnd(t, p, c, s, v, err, "100 nil")
		want := slices.Concat(doubling(2), slices.Repeat([]time.Duration{3 * time.Second}, 97))
		if got := s.waits(); !slices.Equal(got, want) {
			t.Errorf("waits %v", got)
		}

		s = &script{steps: "f f f s"}
		s.run(t, c, 4, time.Second, time.Second/2)
		want = slices.Repeat([]time.Duration{time.Second / 2}, 3)
		if p.firstUncapped {
			want[0] = time.Second
		}
		if got := s.waits(); !slices.Equal(got, want) {
			t.Errorf("waits %v with a limit that is less than the first", got)
		}
	})
}

func TestCancel(t *testing.T) {
	each(t, func(c call) bool { return c.ctx }, func(t *testing.T, p preset, c call) {
		const half = 1500 * time.Millisecond
		for _, test := range []struct {
			steps  string
			cancel time.Duration
			want   string
			end    time.Duration
			n      int // attempts, where only those with a bound are meant
		}{
			{"f", -1, p.before, 0, 0},
			{"f", half, "2 " + p.waiting, half, 0},
			{"f Cf", 0, "2 " + p.attempt, time.Second, 0},
			{"f Cf", 0, "2 " + p.last, time.Second, 2},
			{"f CF", 0, "2 error", time.Second, 0},
			{"f Cs", 0, "2 " + p.success, time.Second, 0},
		} {
			if test.n > 0 && !c.bounded {
				continue
			}
			s := &script{steps: test.steps, cancelAt: test.cancel}
			_, err := s.run(t, c, max(test.n, 5*(1-min(test.n, 1))), time.Second, time.Hour)
			if got := s.outcome(err); got != test.want {
				t.Errorf("%s, cancelled at %v: got %s, want %s", test.steps, test.cancel, got, test.want)
			}
			if got := s.end.Sub(s.begin); got != test.end {
				t.Errorf("%s, cancelled at %v: ended after %v, want %v", test.steps, test.cancel, got, test.end)
			}
		}
	})
}
