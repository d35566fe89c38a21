package analyzer_test

import "testing"

// Loops that go on after success: what success waits for stays, and so does a
// delay that nothing lets start anew.
func TestWaitOfFailure(t *testing.T) {
	testShapes(t, []shapeTest{{"success waits for another time", "reset", `func f(every time.Duration) {
	for {
		s, err := get()
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		serve(s)
		time.Sleep(every)
	}
}
`, "the loop waits after success, too"}, {"failure waits for one more time", "reset", `func f() {
	for {
		time.Sleep(time.Second)
		s, err := get()
		if err != nil {
			time.Sleep(time.Minute)
			continue
		}
		serve(s)
	}
}
`, "the loop waits after success, too"}, {"what success sends has a timeout", "done", `func f(out chan<- string) {
	timer := time.NewTimer(time.Minute)
	for {
		s, err := get()
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		timer.Reset(time.Minute)
		select {
		case out <- s:
		case <-timer.C:
		}
	}
}
`, "the helper would wait as long as the loop does, and end no sooner"}, {"the interval is told from outside", "reset", `func f(ch <-chan time.Duration) {
	interval := time.Second
	for {
		select {
		case interval = <-ch:
		default:
		}
		s, err := get()
		if err != nil {
			time.Sleep(interval)
			continue
		}
		serve(s)
	}
}
`, "more than the number of attempts may decide the delay"}, {"failures wait for different times", "reset", `func f(every time.Duration) {
	for {
		s, err := get()
		if final(err) {
			time.Sleep(time.Minute)
			continue
		}
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		serve(s)
		time.Sleep(every)
	}
}
`, "the loop waits after success, too"}})
}

// Gotos to a label, with what a pass declares used behind them, and a delay that
// min and max cannot limit.
func TestWaitInPlace(t *testing.T) {
	testShapes(t, []shapeTest{{"a goto", "done", `func f(stop <-chan struct{}) {
	for {
		delay := time.Second
	again:
		s, err := get()
		if err != nil {
			time.Sleep(delay)
			delay = min(2*delay, time.Minute)
			goto again
		}
		serve(s)
	}
}
`, `func f(stop <-chan struct{}) {
	for {
		w := acme.Waiter{Delay: time.Second, Max: time.Minute}
	again:
		s, err := get()
		if err != nil {
			w.For(nil)
			goto again
		}
		serve(s)
	}
}
`}, {"min is another function", "done", `func min(d time.Duration) time.Duration { return d }

func f(delay time.Duration) {
	for op() != nil {
		time.Sleep(delay)
	}
}
`, `func min(d time.Duration) time.Duration { return d }

func f(delay time.Duration) {
	w := acme.Waiter{Delay: delay, Max: 2 * delay}
	for op() != nil {
		w.For(nil)
	}
}
`}})
}

// What each pass asks first ends the delay as well.
func TestWaitAsked(t *testing.T) {
	testShapes(t, []shapeTest{{"a channel", "done", `func f(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		if op() == nil {
			return
		}
		time.Sleep(time.Second)
	}
}
`, `func f(stop <-chan struct{}) {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for {
		select {
		case <-stop:
			return
		default:
		}
		if op() == nil {
			return
		}
		w.For(stop)
	}
}
`}, {"a channel, of a helper that takes a context", "wait", `func f(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		if op() == nil {
			return
		}
		time.Sleep(time.Second)
	}
}
`, `the helper would wait as long as the loop does, and end no sooner`}, {"a channel of a struct with a name", "done", `type none struct{}

func f(stop <-chan none) {
	for {
		if op() == nil {
			return
		}
		select {
		case <-stop:
			return
		case <-time.After(time.Second):
		}
	}
}
`, "a channel that is no context ends the wait"}, {"the context of a value", "wait", `type server struct{ ctx context.Context }

func (s *server) context() context.Context { return s.ctx }

func (s *server) f() {
	for s.context().Err() == nil {
		if op() == nil {
			return
		}
		time.Sleep(time.Second)
	}
	serve("stopped")
}
`, `type server struct{ ctx context.Context }

func (s *server) context() context.Context { return s.ctx }

func (s *server) f() {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for s.context().Err() == nil {
		if op() == nil {
			return
		}
		_ = w.Wait(s.context())
	}
	serve("stopped")
}
`}, {"some passes do not ask", "done", `func f(stop <-chan struct{}) {
	for {
		err := op()
		if err == nil {
			return
		}
		if final(err) {
			time.Sleep(time.Second)
			continue
		}
		select {
		case <-stop:
			return
		default:
		}
		time.Sleep(time.Second)
	}
}
`, `func f(stop <-chan struct{}) {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for {
		err := op()
		if err == nil {
			return
		}
		if final(err) {
			if !w.For(stop) {
				return
			}
			continue
		}
		if !w.For(stop) {
			return
		}
	}
}
`}, {"a context that another was made of", "wait", `func f(ctx context.Context) error {
	work, cancel := context.WithCancel(ctx)
	defer cancel()
	go op(work)
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if op() == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
`, `func f(ctx context.Context) error {
	work, cancel := context.WithCancel(ctx)
	defer cancel()
	go op(work)
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if op() == nil {
			return nil
		}
		_ = w.Wait(ctx)
	}
}
`}})
}
