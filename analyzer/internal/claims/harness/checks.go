package harness

import (
	"context"
	"errors"
	"testing"
	"time"
)

func checkAttempts(t *testing.T, f Form) {
	for attempts := f.Least; attempts <= 4; attempts++ {
		r := f.do(context.Background(), attempts, time.Second, 0, failing)
		if len(r.at) != attempts {
			t.Fatalf("it makes %d attempts of %d: write {{attempts}} or {{retries}}, which is one less, as the helper counts", len(r.at), attempts)
		}
		if r.late > 0 {
			t.Errorf("it waits %v after the last attempt: mend that, or say unsupported: [attempts]", r.late)
		}
		if wrong, ok := r.err.(Wrong); ok {
			t.Fatal(wrong)
		}
		if last := r.errs[attempts-1]; r.err != last {
			t.Errorf("after %d attempts it returns %q, not the last error itself: say exhausted, or unsupported: [attempts]", attempts, r.err)
		}
		for i, n := range r.numbers {
			if f.Number && n != i+1 {
				t.Fatalf("attempt %d has the number %d: leave out yields_number", i+1, n)
			}
		}
	}
}

func checkSuccess(t *testing.T, f Form) {
	for n := 1; n <= 3; n++ {
		attempts := 0
		if f.Attempts {
			attempts = 3
		} else if !f.Unbounded {
			return
		}
		if r := f.do(context.Background(), attempts, time.Second, 0, until(n)); r.err != nil || len(r.at) != n || r.late > 0 {
			t.Errorf("where attempt %d succeeds it makes %d, returns %v and waits %v: say success", n, len(r.at), r.err, r.late)
		}
	}
}

// checkDelays wants each delay to be twice the last, a random part aside: the first
// three, behind which a limit of the helper's own may come.
func checkDelays(t *testing.T, f Form) {
	attempts := 0
	if f.Attempts {
		attempts = 8
	}
	waits := f.do(context.Background(), attempts, time.Second, 0, until(8)).waits()
	for i, d := range waits {
		want := time.Second << i
		settled := i > 2 && d <= waits[i-1]*3/2
		if d > want*3/2 || d < want/2 && !settled {
			t.Fatalf("delay %d is %v, want %v: write what makes the delays begin with {{delay}} and double", i+1, d, want)
		}
	}
}

func checkLimit(t *testing.T, f Form) {
	attempts := 0
	if f.Attempts {
		attempts = 6
	}
	const limit = 3 * time.Second
	for i, d := range f.do(context.Background(), attempts, time.Second, limit, until(6)).waits() {
		if d > limit*3/2 {
			t.Fatalf("delay %d is %v with a limit of %v: say unsupported: [max_delay]", i+1, d, limit)
		}
	}
}

func checkUnbounded(t *testing.T, f Form) {
	const many = 20
	if r := f.do(context.Background(), 0, time.Second, 0, until(many)); r.err != nil || len(r.at) != many {
		t.Errorf("without a number it makes %d attempts of %d and returns %v: say unsupported: [unbounded]", len(r.at), many, r.err)
	}
}

func checkFinal(t *testing.T, f Form) {
	for _, attempts := range []int{0, 3} {
		if attempts == 0 && (!f.Unbounded || !f.FinalEver) || attempts > 0 && !f.Attempts {
			continue
		}
		for n := 1; n <= 3; n++ { // the last one too
			r := f.do(context.Background(), attempts, time.Second, 0, func(i int) error {
				if i == n {
					return ErrFinal
				}
				return failing(i)
			})
			if r.err != ErrFinal || len(r.at) != n || r.late > 0 {
				t.Errorf("with a final error in attempt %d it makes %d, returns %#v and waits %v: mend permanent, or say unsupported: [permanent]", n, len(r.at), r.err, r.late)
			}
		}
	}
}

func checkCancel(t *testing.T, f Form) {
	attempts := 0
	if f.Attempts {
		attempts = 9
	}
	const pause = 100 * time.Millisecond
	ctx, cancel := context.WithCancel(context.Background())
	r := f.do(ctx, attempts, time.Second, 0, func(n int) error {
		if n == 2 {
			time.AfterFunc(pause, cancel)
		}
		return failing(n)
	})
	if n := len(r.at); n != 2 || r.late > pause {
		t.Errorf("where the context ends behind attempt 2 it makes %d attempts, and returns %v later: say unsupported: [context]", n, r.late)
	}
	if !errors.Is(r.err, context.Canceled) {
		t.Errorf("where the context ends it returns %v, not the error of the context: say unsupported: [context]", r.err)
	}
}

func checkEnded(t *testing.T, f Form) {
	attempts := 0
	if f.Attempts {
		attempts = 3
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := f.do(ctx, attempts, time.Second, 0, func(int) error { return nil })
	switch made := len(r.at) > 0; {
	case f.Ended == "once" && !made:
		t.Errorf("it makes no attempt on a context that has ended: %s", map[bool]string{true: "leave out at_least_once", false: "say checks_context: true"}[f.Name == "header"])
	case f.Ended == "nothing" && made:
		t.Error("it makes an attempt on a context that has ended: leave out checks_context")
	case made && r.err != nil && !f.CancelsSuccess:
		t.Errorf("it returns %v for an attempt that succeeds when the context ends: say cancels_success: true", r.err)
	}
}

func checkNoDelay(t *testing.T, f Form) {
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("with a delay of 0 it panics, %v: say positive_delay: true", r)
		}
	}()
	attempts := 0
	if f.Attempts {
		attempts = 3
	}
	if r := f.do(context.Background(), attempts, 0, 0, until(3)); len(r.at) != 3 {
		t.Errorf("with a delay of 0 it makes %d attempts of 3: say positive_delay: true", len(r.at))
	}
}

func checkReset(t *testing.T, f Form) {
	if first, last := f.Reset(time.Second); last > first*3/2 {
		t.Errorf("it waits %v, and behind reset %v: leave out reset", first, last)
	}
}
