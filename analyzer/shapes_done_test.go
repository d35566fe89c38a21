package analyzer_test

import "testing"

// A wait that takes the channel that says stop, and returns a bool.
func TestWaitByDone(t *testing.T) {
	testShapes(t, []shapeTest{{"no context", "done", `func f() {
	for op() != nil {
		time.Sleep(time.Second)
	}
}
`, `func f() {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for op() != nil {
		w.For(nil)
	}
}
`}, {"a context in scope", "done", `func f(ctx context.Context) error {
	for op() != nil {
		time.Sleep(time.Second)
	}
	return nil
}
`, `func f(ctx context.Context) error {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for op() != nil {
		if !w.For(ctx.Done()) {
			return ctx.Err()
		}
	}
	return nil
}
`}, {"a channel that is no context", "done", `func f(stop <-chan struct{}) bool {
	for {
		if err := op(); err == nil {
			return true
		}
		select {
		case <-stop:
			return false
		case <-time.After(time.Second):
		}
	}
}
`, `func f(stop <-chan struct{}) bool {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for {
		if err := op(); err == nil {
			return true
		}
		if !w.For(stop) {
			return false
		}
	}
}
`}, {"nothing is done on cancellation", "done", `func f(ctx context.Context) error {
	err := op(ctx)
	for n := 0; final(err) && n < 5; n++ {
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
		err = op(ctx)
	}
	return err
}
`, `func f(ctx context.Context) error {
	err := op(ctx)
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for n := 0; final(err) && n < 5; n++ {
		w.For(ctx.Done())
		err = op(ctx)
	}
	return err
}
`}, {"a channel that says more", "done", `func f(stop <-chan error) error {
	for op() != nil {
		select {
		case <-stop:
			return nil
		case <-time.After(time.Second):
		}
	}
	return nil
}
`, `a channel that is no context ends the wait`}, {"the error of a function that waits", "done", `func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func f(ctx context.Context) error {
	for op() != nil {
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	return nil
}
`, `func f(ctx context.Context) error {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for op() != nil {
		if !w.For(ctx.Done()) {
			return ctx.Err()
		}
	}
	return nil
}
`}, {"a function that says whether it waited", "done", `func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func f(ctx context.Context) error {
	for op() != nil {
		on := pause(ctx, time.Second)
		if !on {
			return ctx.Err()
		}
	}
	return nil
}
`, `func f(ctx context.Context) error {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for op() != nil {
		on := w.For(ctx.Done())
		if !on {
			return ctx.Err()
		}
	}
	return nil
}
`}, {"a function that says whether it was stopped", "done", `func stopped(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return true
	case <-time.After(d):
	}
	return false
}

func f(ctx context.Context) error {
	for op() != nil {
		if s := stopped(ctx, time.Second); s {
			return ctx.Err()
		}
	}
	return nil
}
`, `the delay is part of an inner loop, a goroutine or an expression`}, {"a function that asks first whether it was stopped", "done", `func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	default:
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func f(ctx context.Context) error {
	for op() != nil {
		if !pause(ctx, time.Second) {
			return ctx.Err()
		}
	}
	return nil
}
`, `func f(ctx context.Context) error {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for op() != nil {
		if !w.For(ctx.Done()) {
			return ctx.Err()
		}
	}
	return nil
}
`}, {"each pass asks the context", "done", `func f(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return errGaveUp
		default:
		}
		s, err := get()
		if err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		return op(s)
	}
}
`, `func f(ctx context.Context) error {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for {
		select {
		case <-ctx.Done():
			return errGaveUp
		default:
		}
		s, err := get()
		if err != nil {
			log.Print(err)
			w.For(ctx.Done())
			continue
		}
		return op(s)
	}
}
`}, {"a pass may go on without asking the context", "done", `func f(ctx context.Context, fast bool) error {
	for {
		if fast && ctx.Err() != nil {
			return errGaveUp
		}
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
`, `the helper would wait as long as the loop does, and end no sooner`}})
}
