package analyzer_test

import "testing"

// Tickers, and channels of the time that are kept in variables.
func TestWaitTickers(t *testing.T) {
	testShapes(t, []shapeTest{{"a range over a ticker", "wait", `func f() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for range ticker.C {
		if op() == nil {
			return
		}
	}
}
`, `func f() {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for w.Wait(context.Background()) == nil {
		if op() == nil {
			return
		}
	}
}
`}, {"a range over a channel, by a deadline", "done", `func f(deadline time.Time) {
	tick := time.Tick(time.Second)
	for range tick {
		if op() == nil {
			return
		}
		if time.Now().After(deadline) {
			return
		}
	}
}
`, `func f(deadline time.Time) {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for w.For(nil) {
		if op() == nil {
			return
		}
		if time.Now().After(deadline) {
			return
		}
	}
}
`}, {"a range with a context and nothing behind", "done", `func f(ctx context.Context) {
	for range time.Tick(time.Second) {
		if op() == nil {
			return
		}
	}
}
`, `func f(ctx context.Context) {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for w.For(ctx.Done()) {
		if op() == nil {
			return
		}
	}
}
`}, {"a range with a context and code behind", "done", `func f(ctx context.Context) {
	for range time.Tick(time.Second) {
		if op() == nil {
			break
		}
	}
	serve("done")
}
`, `func f(ctx context.Context) {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for w.For(nil) {
		if op() == nil {
			break
		}
	}
	serve("done")
}
`}, {"the time is looked at", "done", `func f() {
	for now := range time.Tick(time.Second) {
		log.Print(now)
		if op() == nil {
			break
		}
	}
}
`, "the delay is part of an inner loop, a goroutine or an expression"}, {"a select", "done", `func f(stop <-chan struct{}) {
	tick := time.Tick(time.Second)
	for {
		select {
		case <-stop:
			serve("stopped")
			return
		case <-tick:
		}
		if op() == nil {
			return
		}
	}
}
`, `func f(stop <-chan struct{}) {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for w.For(stop) {
		if op() == nil {
			return
		}
	}
	serve("stopped")
}
`}, {"a channel that each pass makes", "done", `func f(stop <-chan struct{}) {
	for {
		if op() == nil {
			return
		}
		again := time.After(time.Second)
		serve("failed")
		select {
		case <-stop:
			return
		case <-again:
		}
	}
}
`, `func f(stop <-chan struct{}) {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for {
		if op() == nil {
			return
		}
		serve("failed")
		if !w.For(stop) {
			return
		}
	}
}
`}, {"a channel that tells of one point in time", "done", `func f(stop <-chan struct{}) {
	later := time.After(time.Second)
	for {
		if op() == nil {
			return
		}
		select {
		case <-stop:
			return
		case <-later:
		}
	}
}
`, "the timer may serve more than this delay"}})
}
