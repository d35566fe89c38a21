package sim

import (
	"context"
	"testing"
	"time"
)

// A deadline may come before another attempt, but not before its time.
func TestJudgeDeadline(t *testing.T) {
	const deadline = 5 * time.Second
	loop := func(growth time.Duration, limit int) Func {
		return func(ctx context.Context, w *World) Result {
			ctx, cancel := context.WithTimeout(ctx, deadline)
			defer cancel()
			delay := time.Second
			for i := 0; ; i++ {
				err := w.DoCtx(ctx)
				if err == nil || i == limit {
					return Result{Err{err}}
				}
				select {
				case <-ctx.Done():
					return Result{Err{ctx.Err()}}
				case <-time.After(delay):
				}
				delay *= growth
			}
		}
	}
	for _, test := range []struct {
		growth time.Duration
		limit  int
		want   string
	}{
		{2, 100, ""},
		{1, 100, "waits 1s after attempt 2, want 2s"},
		{2, 1, "gives up at 1s"},
	} {
		p := Pair{Name: "f", Before: loop(1, 100), After: loop(test.growth, test.limit), Facts: Facts{Context: true, Deadline: deadline}}
		check(t, Prove(t, []Pair{p}, Helper{OpsIfCancelled: 1}), test.want)
	}
}

// A result that counts the attempts is less where there are fewer, and nothing else.
func TestJudgeCount(t *testing.T) {
	loop := func(ends bool, more int) Func {
		return func(ctx context.Context, w *World) Result {
			done := ctx.Done()
			if !ends {
				done = nil
			}
			for made := 1; ; made++ {
				err := w.Do()
				if err == nil || made == 3 {
					return Result{made + more, Err{err}}
				}
				select {
				case <-done:
					return Result{made + more, Err{err}}
				case <-time.After(time.Second << (made - 1)):
				}
			}
		}
	}
	for more, want := range []string{"", `returns ["2"], was ["4"]`} {
		check(t, Prove(t, []Pair{{Name: "f", Before: loop(false, more), After: loop(true, more), Facts: Facts{Context: true}}}, Helper{OpsIfCancelled: 1}), want)
	}
}

// A success that the helper drops is a failure of the function.
func TestJudgeDroppedSuccess(t *testing.T) {
	before := func(_ context.Context, w *World) Result {
		if err := w.Do(); err != nil {
			time.Sleep(time.Second)
			if err = w.Do(); err != nil {
				w.Log("giving up: %v", err)
				return Result{Err{err}}
			}
		}
		w.Log("done")
		return Result{Err{nil}}
	}
	after := func(ctx context.Context, w *World) Result {
		err := ctx.Err()
		if err == nil {
			return before(ctx, w)
		}
		w.Do()
		w.Log("giving up: %v", err)
		return Result{Err{err}}
	}
	p := Pair{Name: "f", Before: before, After: after, Facts: Facts{Context: true, Ignores: true}}
	check(t, Prove(t, []Pair{p}, Helper{OpsIfCancelled: 1, DropsSuccess: true}), "")
	check(t, Prove(t, []Pair{p}, Helper{OpsIfCancelled: 1}), "an attempt that succeeded does not count")
}

// What answers a cancellation by itself does so after the fix, which may let it come to
// that sooner.
func TestJudgeAnswers(t *testing.T) {
	const answers, ends = "timed out", "ends"
	loop := func(then string) Func {
		return func(ctx context.Context, w *World) Result {
			for w.DoCtx(ctx) != nil {
				if ctx.Err() != nil {
					w.Hit(answers)
					return Result{"late"}
				}
				var done <-chan struct{}
				if then != "" {
					done = ctx.Done()
				}
				select {
				case <-done:
					if then == ends {
						return Result{"late"}
					}
				case <-time.After(time.Second):
				}
			}
			return Result{"up"}
		}
	}
	for then, want := range map[string]string{"": "", "goes on": "", ends: `"timed out", which answers the cancellation, is missing`} {
		p := Pair{Name: "f", Before: loop(""), After: loop(then), Facts: Facts{Context: true}}
		check(t, Prove(t, []Pair{p}, Helper{OpsIfCancelled: 1, SameWaits: true}), want)
	}
}

// A cancellation is no success, also where that is told by no error.
func TestJudgeTakesForSuccess(t *testing.T) {
	loop := func(ended func(context.Context) <-chan struct{}, cancelled string) Func {
		return func(ctx context.Context, w *World) Result {
			for range 3 {
				err := w.DoCtx(ctx)
				if err == nil {
					break
				}
				if IsFinal(err) {
					return Result{err.Error()}
				}
				select {
				case <-ended(ctx):
					return Result{cancelled}
				case <-time.After(time.Second):
				}
			}
			return Result{""}
		}
	}
	never := func(context.Context) <-chan struct{} { return nil }
	for cancelled, want := range map[string]string{"": `returns [""]`, "cancelled": `returns ["cancelled"]`} {
		p := Pair{Name: "f", Before: loop(never, ""), After: loop(context.Context.Done, cancelled), Facts: Facts{Context: true}}
		check(t, Prove(t, []Pair{p}, Helper{OpsIfCancelled: 1, SameWaits: true, WaitsAfterLast: true}), want)
	}
}
