package analyzer_test

import "testing"

// A wait that the context ends, or the loop itself.
func TestCancelShape(t *testing.T) {
	testShapes(t, []shapeTest{{"a wait in front of the first attempt, whose error is told behind the loop", "wait", `func f(ctx context.Context) error {
	var last error
	for i := 0; i < 3; i++ {
		time.Sleep(time.Second)
		if last = op(ctx); last == nil {
			return nil
		}
	}
	serve("over")
	return last
}
`, `func f(ctx context.Context) error {
	var last error
	w := acme.Waiter{Delay: time.Second}
	for i := 0; i < 3; i++ {
		_ = w.Wait(context.Background())
		if last = op(ctx); last == nil {
			return nil
		}
	}
	serve("over")
	return last
}
`}, {"a wait in front of the first attempt, whose error a log tells", "wait", `func f(ctx context.Context) error {
	var last error
	for i := 0; i < 3; i++ {
		time.Sleep(time.Second)
		if last = op(ctx); last == nil {
			return nil
		}
	}
	serve("over")
	log.Print("gave up: ", last)
	return errGaveUp
}
`, `func f(ctx context.Context) error {
	var last error
	w := acme.Waiter{Delay: time.Second}
	for i := 0; i < 3; i++ {
		_ = w.Wait(context.Background())
		if last = op(ctx); last == nil {
			return nil
		}
	}
	serve("over")
	log.Print("gave up: ", last)
	return errGaveUp
}
`}, {"a wait in front of the first attempt, whose error is returned by its name", "wait", `func f(ctx context.Context) (err error) {
	for i := 0; i < 3; i++ {
		time.Sleep(time.Second)
		if err = op(ctx); err == nil {
			return
		}
	}
	serve("over")
	return
}
`, `func f(ctx context.Context) (err error) {
	w := acme.Waiter{Delay: time.Second}
	for i := 0; i < 3; i++ {
		_ = w.Wait(context.Background())
		if err = op(ctx); err == nil {
			return
		}
	}
	serve("over")
	return
}
`}, {"a wait in front of what keeps the error", "wait", `func f(ctx context.Context) error {
	var last error
	for i := 0; i < 3; i++ {
		err := op(ctx)
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
		last = err
	}
	serve("over")
	return last
}
`, `func f(ctx context.Context) error {
	var last error
	w := acme.Waiter{Delay: time.Second}
	for i := 0; i < 3; i++ {
		err := op(ctx)
		if err == nil {
			return nil
		}
		if i < 2 {
			_ = w.Wait(context.Background())
		}
		last = err
	}
	serve("over")
	return last
}
`}, {"an answer that tells the error, by a helper that may not make an attempt", "lazy", `func f(ctx context.Context) error {
	var last error
	for i := 0; i < 3; i++ {
		if last = op(ctx); last == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			log.Print("cancelled after ", last)
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	return last
}
`, `what is done on cancellation has no place in a call of the helper`}, {"an attempt that the context has ended is answered otherwise", "range", `func f(ctx context.Context) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = op(ctx); err == nil {
			return nil
		}
		if final(err) || err == context.Canceled {
			return errGaveUp
		}
		time.Sleep(time.Second)
	}
	return err
}
`, `the helper cannot do what the loop does: it has no limit of the delay`}, {"an attempt that the context has ended is answered by its error", "range", `func f(ctx context.Context) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = op(ctx); err == nil {
			return nil
		}
		switch {
		case final(err), err == context.Canceled, err == context.DeadlineExceeded:
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
`, `func f(ctx context.Context) error {
	var err error
	for range acme.Attempts(ctx, 3, time.Second) {
		if err = op(ctx); err == nil {
			return nil
		}
		switch {
		case final(err), err == context.Canceled, err == context.DeadlineExceeded:
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return err
}
`}, {"the context around that of the attempts is asked", "wait", `func f(ctx context.Context) error {
	child, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		if ctx.Err() != nil {
			return errGaveUp
		}
		err := op(child)
		serve("tried")
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
`, `func f(ctx context.Context) error {
	child, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for {
		if ctx.Err() != nil {
			return errGaveUp
		}
		err := op(child)
		serve("tried")
		if err == nil {
			return nil
		}
		_ = w.Wait(ctx)
	}
}
`}, {"a context of the attempt is asked", "wait", `func f(ctx context.Context) error {
	for {
		child, cancel := context.WithTimeout(ctx, time.Minute)
		err := op(child)
		ended := child.Err()
		cancel()
		if ended != nil {
			return errGaveUp
		}
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
`, `func f(ctx context.Context) error {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for {
		child, cancel := context.WithTimeout(ctx, time.Minute)
		err := op(child)
		ended := child.Err()
		cancel()
		if ended != nil {
			return errGaveUp
		}
		if err == nil {
			return nil
		}
		_ = w.Wait(context.Background())
	}
}
`}})
}
