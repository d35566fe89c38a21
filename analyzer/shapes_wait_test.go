package analyzer_test

import "testing"

// The shape wait: the delay alone is replaced.
func TestWaitShape(t *testing.T) {
	testShapes(t, []shapeTest{{"linear delays that begin with none, in two places", "wait", `func f(attempts int) error {
	for i := range attempts {
		err := op()
		if err == nil {
			return nil
		}
		if i < attempts-1 {
			if final(err) {
				time.Sleep(time.Duration(i) * time.Second)
			} else {
				time.Sleep(time.Duration(i) * time.Second)
			}
		}
	}
	return errGaveUp
}
`, "the first delay cannot be told from the code"}, {"a call behind the loop, whatever came of it", "wait", `func f(ctx context.Context) (err error) {
	for attempt := 0; attempt < 3; attempt++ {
		if attempt != 0 {
			serve("again")
			time.Sleep(time.Second)
		}
		if err = op(); err == nil || final(err) {
			break
		}
	}
	serve("complete")
	return err
}
`, `func f(ctx context.Context) (err error) {
	w := acme.Waiter{Delay: time.Second}
	for attempt := 0; attempt < 3; attempt++ {
		if attempt != 0 {
			serve("again")
			if w.Wait(ctx) != nil {
				break
			}
		}
		if err = op(); err == nil || final(err) {
			break
		}
	}
	serve("complete")
	return err
}
`}, {"a test for the last attempt, of a count from outside", "wait", `func f(ctx context.Context, attempts int) error {
	run := func() error {
		delay := time.Second
		for ; attempts > 0; attempts-- {
			err := op(ctx)
			if err == nil {
				return nil
			}
			if attempts == 1 {
				return err
			}
			time.Sleep(delay)
			delay *= 2
		}
		serve("no attempts")
		return errGaveUp
	}
	return run()
}
`, `func f(ctx context.Context, attempts int) error {
	run := func() error {
		w := acme.Waiter{Delay: time.Second}
		for ; attempts > 0; attempts-- {
			err := op(ctx)
			if err == nil {
				return nil
			}
			if attempts == 1 {
				return err
			}
			if err := w.Wait(ctx); err != nil {
				return err
			}
		}
		serve("no attempts")
		return errGaveUp
	}
	return run()
}
`}, {"a count that is captured", "wait", `func f(most int) error {
	var seen []*int
	for i := 0; ; i++ {
		seen = append(seen, &i)
		if op() == nil {
			return nil
		}
		if i >= most-1 {
			return errGaveUp
		}
		time.Sleep(time.Second)
	}
}
`, `func f(most int) error {
	var seen []*int
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for i := 0; ; i++ {
		seen = append(seen, &i)
		if op() == nil {
			return nil
		}
		if i >= most-1 {
			return errGaveUp
		}
		_ = w.Wait(context.Background())
	}
}
`}, {"what stands behind the loop tells of failure", "wait", `func f(ctx context.Context) (err error) {
	for range 3 {
		if err = op(ctx); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		return err
	}
	serve("well")
	return nil
}
`, `func f(ctx context.Context) (err error) {
	w := acme.Waiter{Delay: time.Second}
	for i := range 3 {
		if err = op(ctx); err == nil {
			break
		}
		if i < 2 && w.Wait(ctx) != nil {
			break
		}
	}
	if err != nil {
		return err
	}
	serve("well")
	return nil
}
`}, {"a delay in a switch, in front of work behind the loop", "wait", `func f(ctx context.Context) (err error) {
	for range 3 {
		if err = op(ctx); err == nil {
			break
		}
		switch {
		case final(err):
			serve("final")
			fallthrough
		default:
			time.Sleep(time.Second)
		}
	}
	if err != nil {
		return err
	}
	serve("well")
	return nil
}
`, `func f(ctx context.Context) (err error) {
	w := acme.Waiter{Delay: time.Second}
attempts:
	for i := range 3 {
		if err = op(ctx); err == nil {
			break
		}
		switch {
		case final(err):
			serve("final")
			fallthrough
		default:
			if i < 2 && w.Wait(ctx) != nil {
				break attempts
			}
		}
	}
	if err != nil {
		return err
	}
	serve("well")
	return nil
}
`}, {"a delay in a switch of a loop with a label", "wait", `func f(ctx context.Context) (err error) {
tries:
	for range 3 {
		if err = op(ctx); err == nil {
			break
		}
		switch {
		case final(err):
			break tries
		default:
			time.Sleep(time.Second)
		}
	}
	if err != nil {
		return err
	}
	serve("well")
	return nil
}
`, `func f(ctx context.Context) (err error) {
	w := acme.Waiter{Delay: time.Second}
tries:
	for i := range 3 {
		if err = op(ctx); err == nil {
			break
		}
		switch {
		case final(err):
			break tries
		default:
			if i < 2 && w.Wait(ctx) != nil {
				break tries
			}
		}
	}
	if err != nil {
		return err
	}
	serve("well")
	return nil
}
`}, {"a context, and a place where success starts anew", "reset", `func f(ctx context.Context) {
	for {
		if err := op(ctx); err != nil {
			time.Sleep(time.Second)
			continue
		}
		serve("on")
	}
}
`, `func f(ctx context.Context) {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for {
		if err := op(ctx); err != nil {
			if w.Wait(ctx) != nil {
				return
			}
			continue
		}
		w.Reset()
		serve("on")
	}
}
`}, {"what stands behind the loop takes it for success", "wait", `func f(ctx context.Context) error {
	for range 3 {
		if err := op(ctx); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	serve("done")
	return nil
}
`, `func f(ctx context.Context) error {
	w := acme.Waiter{Delay: time.Second}
	for i := range 3 {
		if err := op(ctx); err == nil {
			break
		}
		if i < 2 {
			_ = w.Wait(context.Background())
		}
	}
	serve("done")
	return nil
}
`}, {"sleep", "wait", `func f() error {
	var err error
	for attempt := 1; attempt <= 5; attempt++ {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt) * time.Second)
	}
	return err
}
`, `func f() error {
	var err error
	w := acme.Waiter{Delay: time.Second}
	for attempt := 1; attempt <= 5; attempt++ {
		if err = op(); err == nil {
			return nil
		}
		if attempt < 5 {
			_ = w.Wait(context.Background())
		}
	}
	return err
}
`}, {"context in scope, comments, a delay variable", "wait", `func f(ctx context.Context) (string, error) {
	delay := time.Second

	// As long as it takes.
	for {
		s, err := get()
		if err == nil {
			return s, nil // done
		}
		// Not too often.
		time.Sleep(delay)
		delay += time.Second // linear
		if delay > time.Minute {
			delay = time.Minute
		}
	}
}
`, `func f(ctx context.Context) (string, error) {
	w := acme.Waiter{Delay: time.Second, Max: time.Minute}
	// As long as it takes.
	for {
		s, err := get()
		if err == nil {
			return s, nil // done
		}
		// Not too often.
		if err := w.Wait(ctx); err != nil {
			return "", err
		}
	}
}
`}, {"select", "wait", `func f(ctx context.Context) error {
	for i := 0; ; i++ {
		err := op()
		if err == nil || final(err) {
			return err
		}
		log.Printf("attempt %d: %v", i, err)
		timer := time.NewTimer(time.Duration(i+1) * time.Second)
		select {
		case <-ctx.Done():
			timer.Stop()
			return op(err, ctx.Err()) // both
		case <-timer.C:
		}
	}
}
`, `func f(ctx context.Context) error {
	w := acme.Waiter{Delay: time.Second, Max: 30 * time.Second}
	for i := 0; ; i++ {
		err := op()
		if err == nil || final(err) {
			return err
		}
		log.Printf("attempt %d: %v", i, err)
		if waitErr := w.Wait(ctx); waitErr != nil {
			return op(err, waitErr) // both
		}
	}
}
`}, {"the delay in a header, and two loops", "wait", `func f(w func() error) {
	for i, d := 0, time.Second; i < 4; i, d = i+1, d*2 {
		if w() == nil {
			break
		}
		time.Sleep(d)
	}
	for i := range 3 {
		if w() == nil {
			break
		}
		if i < 2 {
			time.Sleep(time.Duration(i+1) * time.Second)
		}
	}
	log.Print("through")
}
`, `func f(w func() error) {
	backoff := acme.Waiter{Delay: time.Second}
	for i := 0; i < 4; i++ {
		if w() == nil {
			break
		}
		_ = backoff.Wait(context.Background())
	}
	w2 := acme.Waiter{Delay: time.Second}
	for i := range 3 {
		if w() == nil {
			break
		}
		if i < 2 {
			_ = w2.Wait(context.Background())
		}
	}
	log.Print("through")
}
`}, {"reconnect, reset on success", "reset", `func f(ctx context.Context) {
	var failures int
	for ctx.Err() == nil {
		conn, err := get()
		if err != nil {
			failures++
			time.Sleep(time.Duration(failures) * time.Second)
			continue
		}
		failures = 0
		serve(conn)
	}
}
`, `func f(ctx context.Context) {
	w := acme.Waiter{Delay: time.Second, Max: 30 * time.Second}
	for ctx.Err() == nil {
		conn, err := get()
		if err != nil {
			_ = w.Wait(ctx)
			continue
		}
		w.Reset()
		serve(conn)
	}
}
`}, {"reconnect, constant", "reset", `func f() {
	for {
		conn, err := get()
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		serve(conn)
	}
}
`, `func f() {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for {
		conn, err := get()
		if err != nil {
			_ = w.Wait(context.Background())
			continue
		}
		w.Reset()
		serve(conn)
	}
}
`}, {"no reset", "wait", `func f() {
	for {
		conn, err := get()
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		serve(conn)
	}
}
`, "the helper would wait as long as the loop does, and end no sooner"}, {"different delays", "wait", `func f() error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		if final(err) {
			time.Sleep(time.Minute)
			continue
		}
		time.Sleep(time.Second)
	}
}
`, "the loop waits for different times"}, {"stop channel", "wait", `func f(stop chan struct{}) error {
	for {
		if err := op(); err == nil {
			return nil
		}
		select {
		case <-stop:
			return errGaveUp
		case <-time.After(time.Second):
		}
	}
}
`, "a channel that is no context ends the wait"}, {"a break that leaves the select", "wait", `func f(ctx context.Context) error {
	for {
		if err := op(); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			log.Print("ended")
			break
		case <-time.After(time.Second):
		}
	}
}
`, "what is done on cancellation has no place in a call of the helper"}})
}
