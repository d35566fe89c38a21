package retry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
)

var errOp = errors.New("op failed")

// forms are the ways to run an operation, each as Do takes it.
var forms = map[string]func(context.Context, Policy, func() error) error{
	"Do": Do,
	"Value": func(ctx context.Context, p Policy, op func() error) error {
		v, err := Value(ctx, p, func() (int, error) { return 7, op() })
		if (v == 7) != (err == nil) {
			return fmt.Errorf("the value is %d beside %v", v, err)
		}
		return err
	},
	"a loop": passes,
	"Wait": func(ctx context.Context, p Policy, op func() error) error {
		b := p.Backoff()
		for attempt := 1; ; attempt++ {
			err := op()
			if err == nil || attempt == p.Attempts || !b.Wait(ctx.Done()) {
				return err
			}
		}
	},
}

// Every form makes the same attempts, and returns the last error as it is.
func TestAttempts(t *testing.T) {
	for name, form := range forms {
		for _, test := range []struct {
			attempts, succeedAt int // 0: never
			want                int
		}{{5, 0, 5}, {5, 1, 1}, {5, 3, 3}, {1, 0, 1}, {0, 9, 9}, {-1, 9, 9}} {
			calls := 0
			err := form(context.Background(), Policy{Attempts: test.attempts}, func() error {
				if calls++; calls == test.succeedAt {
					return nil
				}
				return errOp
			})
			var want error
			if test.succeedAt == 0 {
				want = errOp
			}
			if err != want || calls != test.want {
				t.Errorf("%s, %+v: %v after %d calls", name, test, err, calls)
			}
		}
	}
}

// There is no delay behind the last attempt, and a context cuts the others short:
// where there is one, it takes an hour.
func TestNoDelay(t *testing.T) {
	for name, form := range forms {
		ctx, cancel := context.WithCancel(context.Background())
		calls := 0
		op := func() error { calls++; cancel(); return errOp }
		if err := form(context.Background(), Policy{Attempts: 1, Delay: time.Hour}, op); err != errOp {
			t.Errorf("%s: %v", name, err)
		}
		if err := form(ctx, Policy{Delay: time.Hour}, op); err == nil || calls != 2 {
			t.Errorf("%s: %v after %d calls, want one even if ctx has ended", name, err, calls)
		}
	}
}

// The cause comes back, and no report of an attempt that does not follow.
func TestCancel(t *testing.T) {
	cause := errors.New("shutdown")
	ctx, cancel := context.WithCancelCause(context.Background())
	told := 0
	p := Policy{Delay: time.Hour, OnRetry: func(int, error, time.Duration) { told++; cancel(cause) }}
	for i := 0; i < 2; i++ {
		if err := Do(ctx, p, func() error { return errOp }); err != cause || told != 1 {
			t.Errorf("%v, told %d times", err, told)
		}
	}
}

func TestDelays(t *testing.T) {
	for _, test := range []struct {
		policy Policy
		want   []time.Duration
	}{
		{Policy{Delay: 1}, []time.Duration{1, 2, 4, 8}},
		{Policy{Delay: 1, MaxDelay: 3}, []time.Duration{1, 2, 3, 3}},
		{Policy{Delay: 5, MaxDelay: 3}, []time.Duration{3, 3, 3, 3}},
		{Policy{}, []time.Duration{0, 0, 0, 0}},
		{Policy{Delay: math.MaxInt64/2 + 1}, []time.Duration{math.MaxInt64/2 + 1, math.MaxInt64/2 + 1, math.MaxInt64/2 + 1, math.MaxInt64/2 + 1}},
	} {
		b := test.policy.Backoff()
		for i := 0; i < 2; i++ {
			if got := []time.Duration{b.next(), b.next(), b.next(), b.next()}; !reflect.DeepEqual(got, test.want) {
				t.Errorf("%+v: got %v, want %v", test.policy, got, test.want)
			}
			b.Reset()
		}
	}
}

func TestJitter(t *testing.T) {
	b := Policy{Delay: 100, MaxDelay: 100, Jitter: 0.2}.Backoff()
	seen := make(map[time.Duration]bool)
	for i := 0; i < 1000; i++ {
		delay := b.next()
		if seen[delay] = true; delay < 80 || delay > 100 {
			t.Fatalf("a delay of %d", delay)
		}
	}
	if len(seen) < 10 {
		t.Errorf("%d different delays", len(seen))
	}
}

// What is final is so on each attempt, and comes back without its mark.
func TestPermanent(t *testing.T) {
	for last := 1; last <= 3; last++ {
		calls := 0
		err := Do(context.Background(), Policy{Attempts: 3}, func() error {
			if calls++; calls == last {
				return fmt.Errorf("in a call: %w", Permanent(errOp))
			}
			return errors.New("not yet")
		})
		if err != errOp || calls != last {
			t.Errorf("%v after %d calls, want the bare error after %d", err, calls, last)
		}
	}
	if Permanent(nil) != nil || Permanent(nil, errOp) != nil {
		t.Error("Permanent(nil) is not nil")
	}
	if err := fmt.Errorf("send: %w", errOp); Permanent(err, io.EOF) != err || Permanent(err, io.EOF, errOp) == err {
		t.Error("kinds do not tell which errors are final")
	}
	if err := Permanent(errOp); !errors.Is(err, errOp) || err.Error() != errOp.Error() {
		t.Errorf("%v is not the error", err)
	}
}

// Log and OnRetry are told of every failed attempt but the last.
func TestReport(t *testing.T) {
	var log bytes.Buffer
	var told []string
	p := Policy{
		Attempts: 3, Delay: time.Millisecond, Name: "send", Log: slog.New(slog.NewTextHandler(&log, nil)),
		OnRetry: func(attempt int, err error, delay time.Duration) {
			told = append(told, fmt.Sprint(attempt, err, delay))
		},
	}
	_ = Do(context.Background(), p, func() error { return errOp })
	if want := []string{fmt.Sprint(1, errOp, time.Millisecond), fmt.Sprint(2, errOp, 2*time.Millisecond)}; !reflect.DeepEqual(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
	const line = `msg="attempt failed" name=send attempt=2 err="op failed" delay=2ms`
	if n := strings.Count(log.String(), "\n"); n != 2 || !strings.Contains(log.String(), line) {
		t.Errorf("logged\n%swant %s", log.String(), line)
	}
}
