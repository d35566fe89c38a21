package retry_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sharedretry/sharedretry/testdata/src/quickstart/retry"
)

var errOp = errors.New("op failed")

// Every form makes the same attempts, with the same waits between them.
func TestForms(t *testing.T) {
	t.Parallel()
	const s = time.Second
	for _, test := range []struct {
		policy    retry.Policy
		succeedAt int // 0: never
		want      []time.Duration
	}{
		{retry.Policy{Attempts: 5, Delay: 2 * s}, 0, []time.Duration{2 * s, 4 * s, 8 * s, 16 * s}},
		{retry.Policy{Attempts: 5, Delay: 2 * s}, 3, []time.Duration{2 * s, 4 * s}},
		{retry.Policy{Attempts: 5, Delay: 2 * s, MaxDelay: 5 * s}, 0, []time.Duration{2 * s, 4 * s, 5 * s, 5 * s}},
		{retry.Policy{Attempts: 2, Delay: 2 * s, MaxDelay: s}, 0, []time.Duration{s}},
		{retry.Policy{Attempts: 1, Delay: s}, 0, nil},
		{retry.Policy{Delay: s}, 6, []time.Duration{s, 2 * s, 4 * s, 8 * s, 16 * s}},
		{retry.Policy{Attempts: 3}, 0, []time.Duration{0, 0}},
	} {
		for name, form := range map[string]func(context.Context, retry.Policy, func() error) error{
			"do": retry.Do, "value": value, "attempts": attempts, "wait": wait,
		} {
			t.Run(fmt.Sprintf("%s %+v", name, test.policy), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					var at []time.Time
					err := form(t.Context(), test.policy, func() error {
						at = append(at, time.Now())
						if len(at) == test.succeedAt {
							return nil
						}
						return errOp
					})
					var waits []time.Duration
					for i := range at[1:] {
						waits = append(waits, at[i+1].Sub(at[i]))
					}
					if !slices.Equal(waits, test.want) || (err == nil) != (test.succeedAt > 0) {
						t.Errorf("waits %v and returns %v, want %v", waits, err, test.want)
					}
					if late := time.Since(at[len(at)-1]); late != 0 {
						t.Errorf("waits %v after the last attempt", late)
					}
				})
			})
		}
	}
}

func value(ctx context.Context, p retry.Policy, op func() error) error {
	v, err := retry.Value(ctx, p, func() (int, error) { return 7, op() })
	if (v == 7) != (err == nil) {
		return fmt.Errorf("the value is %d beside %w", v, err)
	}
	return err
}

func attempts(ctx context.Context, p retry.Policy, op func() error) (err error) {
	made := 0
	for attempt := range retry.Attempts(ctx, p) {
		if made++; attempt != made {
			return fmt.Errorf("attempt %d is called %d", made, attempt)
		}
		if err = op(); err == nil {
			break
		}
	}
	return err
}

func wait(ctx context.Context, p retry.Policy, op func() error) error {
	b := p.Backoff()
	for attempt := 1; ; attempt++ {
		err := op()
		if err == nil || attempt == p.Attempts {
			return err
		}
		if !b.Wait(ctx.Done()) {
			return ctx.Err()
		}
	}
}

func TestReset(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := retry.Policy{Delay: time.Second}.Backoff()
		start := time.Now()
		for range 3 {
			b.Wait(nil)
			b.Wait(nil)
			b.Reset()
		}
		if took := time.Since(start); took != 9*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// What cannot be doubled stays as it is.
func TestLongDelay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := retry.Policy{Delay: math.MaxInt64/2 + 1}.Backoff()
		for range 3 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			if b.Wait(ctx.Done()) {
				t.Error("the wait has ended")
			}
			cancel()
		}
	})
}

func TestPermanent(t *testing.T) {
	t.Parallel()
	for last := 1; last <= 3; last++ {
		calls := 0
		err := retry.Do(t.Context(), retry.Policy{Attempts: 3}, func() error {
			if calls++; calls == last {
				return fmt.Errorf("in a call: %w", retry.Permanent(errOp))
			}
			return errors.New("not yet")
		})
		if err != errOp || calls != last {
			t.Errorf("%v after %d calls, want the bare error after %d", err, calls, last)
		}
	}
	if retry.Permanent(nil) != nil {
		t.Error("Permanent(nil) is not nil")
	}
}

// A context that ends cuts the wait short, or does without it.
func TestCancel(t *testing.T) {
	t.Parallel()
	cause := errors.New("shutdown")
	for _, test := range []struct {
		after time.Duration
		calls int
	}{{0, 1}, {30 * time.Second, 1}, {90 * time.Second, 2}} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeoutCause(t.Context(), test.after, cause)
			defer cancel()
			start, calls := time.Now(), 0
			err := retry.Do(ctx, retry.Policy{Delay: time.Minute}, func() error { calls++; return errOp })
			if err != cause || calls != test.calls || time.Since(start) != test.after {
				t.Errorf("after %v: %v, %d calls, in %v", test.after, err, calls, time.Since(start))
			}
		})
	}
}
