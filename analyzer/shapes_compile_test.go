package analyzer_test

import "testing"

// What a fix leaves behind is used, and what it names has the type that it needs.
func TestCompiles(t *testing.T) {
	testShapes(t, []shapeTest{{"a delay that a pointer holds", "done", `func f(ctx context.Context, every *time.Duration) {
	ticker := time.NewTicker(*every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if op() != nil {
				continue
			}
			return
		}
	}
}
`, `func f(ctx context.Context, every *time.Duration) {
	w := acme.Waiter{Delay: *every, Max: 2 * *every}
	for w.For(ctx.Done()) {
		if op() != nil {
			continue
		}
		return
	}
}
`}, {"a range without a number, and an answer that is another behind the last attempt", "wait", `func f(ctx context.Context) error {
	var last error
	delay := time.Second
	for range 4 {
		if last = op(ctx); last == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return last
		case <-time.After(delay):
		}
		delay *= 2
	}
	serve("gave up")
	return errGaveUp
}
`, `func f(ctx context.Context) error {
	var last error
	w := acme.Waiter{Delay: time.Second}
	for range 4 {
		if last = op(ctx); last == nil {
			return nil
		}
		if w.Wait(ctx) != nil {
			return last
		}
	}
	serve("gave up")
	return errGaveUp
}
`}, {"a function that only waits", "avast/retry-go/v5", `func f() error {
	pause := func() { time.Sleep(time.Second) }
	for {
		if err := op(); err == nil {
			return nil
		}
		pause()
	}
}
`, `func f() error {
	return retry.New(
		retry.UntilSucceeded(),
		retry.Delay(time.Second),
		retry.MaxDelay(2*time.Second),
		retry.DelayType(retry.BackOffDelay),
	).Do(func() error { return op() })
}
`}, {"a function that only waits, and waits elsewhere as well", "done", `func f(d time.Duration) {
	var pause = func() { time.Sleep(d) }
	pause()
	for i := 0; i < 4; i++ {
		if op() == nil {
			return
		}
		pause()
	}
	serve("failed")
}
`, `func f(d time.Duration) {
	var pause = func() { time.Sleep(d) }
	pause()
	w := acme.Waiter{Delay: d}
	for i := 0; i < 4; i++ {
		if op() == nil {
			return
		}
		if i < 3 {
			w.For(nil)
		}
	}
	serve("failed")
}
`}})
}
