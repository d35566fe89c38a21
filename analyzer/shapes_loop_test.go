package analyzer_test

import "testing"

// The shape loop: the header is replaced, and the delays go.
func TestLoopShape(t *testing.T) {
	testShapes(t, []shapeTest{{"the last attempt leaves with its error", "loop", `func f(ctx context.Context) error {
	var err error
	n := 0
	for {
		n++
		err = op(ctx)
		if err == nil || n >= 3 {
			break
		}
		log.Print(err)
		time.Sleep(time.Second)
	}
	if err != nil {
		return errGaveUp
	}
	return nil
}
`, `func f(ctx context.Context) error {
	var err error
	n := 0
	for r := acme.Start(ctx, 3, time.Second); r.Next(); {
		n++
		err = op(ctx)
		if err == nil || n >= 3 {
			break
		}
		log.Print(err)
	}
	if err != nil {
		return errGaveUp
	}
	return nil
}
`}, {"an answer on cancellation, and success by a flag", "loop", `func f(ctx context.Context) error {
	var err error
	var found bool
	for range 4 {
		if err = op(); err == nil {
			found = true
			break
		}
		if final(err) {
			return err
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			serve("cancelled")
			return ctx.Err()
		}
	}
	if !found {
		return errGaveUp
	}
	return nil
}
`, `func f(ctx context.Context) error {
	var err error
	var found bool
	for r := acme.Start(ctx, 4, time.Second); r.Next(); {
		if err = op(); err == nil {
			found = true
			break
		}
		if final(err) {
			return err
		}
	}
	if err != nil && ctx.Err() != nil {
		serve("cancelled")
		return ctx.Err()
	}
	if !found {
		return errGaveUp
	}
	return nil
}
`}, {"an endless loop that goes on with the loop around", "loop", `func f(ctx context.Context) error {
names:
	for _, name := range []string{"a", "b"} {
		for {
			if op(name) == nil {
				continue names
			}
			time.Sleep(time.Second)
		}
	}
	return nil
}
`, `func f(ctx context.Context) error {
names:
	for _, name := range []string{"a", "b"} {
		for r := acme.Start(ctx, 0, time.Second, 2*time.Second); r.Next(); {
			if op(name) == nil {
				continue names
			}
		}
		return ctx.Err()
	}
	return nil
}
`}, {"success goes on behind an endless loop", "loop", `func f(ctx context.Context) (string, error) {
	var reply string
	var err error
	for {
		if reply, err = get(); err == nil {
			break
		}
		log.Print(err)
		time.Sleep(time.Second)
	}
	return "got " + reply, nil
}
`, `func f(ctx context.Context) (string, error) {
	var reply string
	var err error
	for r := acme.Start(ctx, 0, time.Second, 2*time.Second); r.Next(); {
		if reply, err = get(); err == nil {
			break
		}
		log.Print(err)
	}
	if err != nil {
		return "", err
	}
	return "got " + reply, nil
}
`}, {"constants of the loop alone", "range", `func f(ctx context.Context) (err error) {
	const most = 3
	const factor, pause = 2, time.Second
	wait := pause
	for i := 0; i < most; i++ {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(wait)
		wait *= factor
	}
	return err
}
`, `func f(ctx context.Context) (err error) {
	const most = 3
	const factor, pause = 2, time.Second
	for range acme.Attempts(ctx, most, pause) {
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`}, {"constants that nothing needs any more", "range", `func f(ctx context.Context) (err error) {
	const factor = 2
	wait := time.Second
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(wait)
		wait *= factor
	}
	return err
}
`, `func f(ctx context.Context) (err error) {
	for range acme.Attempts(ctx, 3, time.Second) {
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`}, {"a test for the last attempt that does what stands behind the loop", "loop", `func f(ctx context.Context) error {
	var err error
	for n := 1; n <= 4; n++ {
		if err = op(); err == nil {
			break
		}
		if n == 4 {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
`, `func f(ctx context.Context) error {
	var err error
	for r := acme.Start(ctx, 4, time.Second); r.Next(); {
		if err = op(); err == nil {
			break
		}
	}
	return err
}
`}, {"count in the header", "loop", `func f() error {
	var err error
	for i := 0; i < 3; i++ {
		if err = op(); err == nil {
			return nil
		}
		if i < 2 {
			time.Sleep(time.Second)
		}
	}
	return err
}
`, `func f() error {
	var err error
	for r := acme.Start(context.Background(), 3, time.Second); r.Next(); {
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`}, {"range over a function", "range", `func f() error {
	var err error
	for range 3 {
		err = op()
		if err != nil {
			time.Sleep(time.Second)
		} else {
			break
		}
	}
	return err
}
`, `func f() error {
	var err error
	for range acme.Attempts(context.Background(), 3, time.Second) {
		err = op()
		if err == nil {
			break
		}
	}
	return err
}
`}, {"the last attempt's error", "loop", `func f() error {
	for i := 0; ; i++ {
		err := op()
		if err == nil || i == 4 {
			return err // what came last
		}
		time.Sleep(time.Second)
	}
}
`, `func f() error {
	var err error
	for r := acme.Start(context.Background(), 5, time.Second); r.Next(); {
		err = op()
		if err == nil {
			return nil // what came last
		}
	}
	return err // what came last
}
`}, {"an error beside a value", "loop", `func f() (string, error) {
	for i := 0; ; i++ {
		s, err := get()
		if err == nil {
			return s, nil
		}
		if i == 2 {
			return "", err
		}
		time.Sleep(time.Second)
	}
}
`, `func f() (string, error) {
	var lastErr error
	for r := acme.Start(context.Background(), 3, time.Second); r.Next(); {
		s, err := get()
		lastErr = err
		if err == nil {
			return s, nil
		}
	}
	return "", lastErr
}
`}, {"the attempt's number", "loop", `func f(r int) error {
	for attempt := 1; attempt <= 3; attempt++ {
		err := op(r)
		if err == nil {
			return nil
		}
		log.Printf("attempt %d: %v", attempt, err)
		time.Sleep(time.Second)
	}
	return errGaveUp
}
`, `func f(r int) error {
	attempt := 0
	for r2 := acme.Start(context.Background(), 3, time.Second); r2.Next(); {
		attempt++
		err := op(r)
		if err == nil {
			return nil
		}
		log.Printf("attempt %d: %v", attempt, err)
	}
	return errGaveUp
}
`}, {"counted from 0", "loop", `func f() error {
	for i := 0; i < 3; i++ {
		err := op()
		if err == nil {
			return nil
		}
		log.Print(i, err)
		if i < 2 {
			time.Sleep(time.Second)
		}
	}
	return errGaveUp
}
`, `func f() error {
	i := 0
	for r := acme.Start(context.Background(), 3, time.Second); r.Next(); {
		err := op()
		if err == nil {
			return nil
		}
		log.Print(i, err)
		i++
	}
	return errGaveUp
}
`}, {"select, unbounded", "lazy", `func f(ctx context.Context) error {
	for {
		if err := op(); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}
`, `func f(ctx context.Context) error {
	for r := acme.Start(ctx, 0, time.Second, 2*time.Second); r.Next(); {
		if err := op(); err == nil {
			return nil
		}
	}
	return ctx.Err()
}
`}, {"select, bounded", "lazy", `func f(ctx context.Context) (string, error) {
	for range 3 {
		if s, err := get(); err == nil {
			return s, nil
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(time.Second):
		}
	}
	return "", errGaveUp
}
`, `func f(ctx context.Context) (string, error) {
	for r := acme.Start(ctx, 3, time.Second); r.Next(); {
		if s, err := get(); err == nil {
			return s, nil
		}
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	return "", errGaveUp
}
`}, {"no pass if it is cancelled before", "lazy", `func f(ctx context.Context) (err error) {
	for i := 0; i < 3; i++ {
		if err = op(ctx); err == nil {
			return nil
		}
		if i < 2 {
			time.Sleep(time.Second)
		}
	}
	return err
}
`, `func f(ctx context.Context) (err error) {
	for r := acme.Start(ctx, 3, time.Second); r.Next(); {
		if err = op(ctx); err == nil {
			return nil
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return err
}
`}, {"what follows takes the end for success", "lazy", `func f(ctx context.Context) {
	for {
		if op(ctx) == nil {
			break
		}
		time.Sleep(time.Second)
	}
	log.Print("connected")
}
`, `func f(ctx context.Context) {
	for r := acme.Start(context.Background(), 0, time.Second, 2*time.Second); r.Next(); {
		if op(ctx) == nil {
			break
		}
	}
	log.Print("connected")
}
`}, {"another condition", "loop", `func f(done bool) (err error) {
	for i := 0; !done && i < 3; i++ {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`, `func f(done bool) (err error) {
	for r := acme.Start(context.Background(), 3, time.Second); r.Next(); {
		if done {
			break
		}
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`}, {"the log is before the wait", "loop", `func f() (err error) {
	for i := 0; i < 3; i++ {
		if i > 0 {
			log.Print("again")
			time.Sleep(time.Second)
		}
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`, `func f() (err error) {
	i := 0
	for r := acme.Start(context.Background(), 3, time.Second); r.Next(); {
		if i > 0 {
			log.Print("again")
		}
		if err = op(); err == nil {
			return nil
		}
		i++
	}
	return err
}
`}, {"something else is before the wait", "loop", `func f() (err error) {
	for i := 0; i < 3; i++ {
		if i > 0 {
			serve("again")
			time.Sleep(time.Second)
		}
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`, "code between the delay and the next attempt would run before the wait"}, {"perhaps no attempt", "loop", `func f(n int) (err error) {
	for i := 0; i < n; i++ {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`, `func f(n int) (err error) {
	if n <= 0 {
		return err
	}
	for r := acme.Start(context.Background(), n, time.Second, 2*time.Second); r.Next(); {
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`}})
}
