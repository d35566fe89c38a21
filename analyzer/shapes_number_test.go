package analyzer_test

import "testing"

// A header that ranges over the numbers of the attempts.
func TestNumberShape(t *testing.T) {
	testShapes(t, []shapeTest{{"in what a line tells of the delay", "numbers", `func f() error {
	var err error
	for i := 0; i < 5; i++ {
		if err = op(); err == nil {
			return nil
		}
		log.Printf("attempt %d failed, again in %ds", i+1, 20*i)
		time.Sleep(time.Second * time.Duration(i) * 20)
	}
	return err
}
`, `func f() error {
	var err error
	for i := range acme.Attempts(context.Background(), 5, 20*time.Second) {
		if err = op(); err == nil {
			return nil
		}
		log.Printf("attempt %d failed, again", i)
	}
	return err
}
`}, {"from 1", "numbers", `func f() error {
	var err error
	for n := 1; n <= 4; n++ {
		if err = op(n); err == nil {
			return nil
		}
		log.Printf("attempt %d of 4: %v", n, err)
		time.Sleep(time.Second)
	}
	return err
}
`, `func f() error {
	var err error
	for n := range acme.Attempts(context.Background(), 4, time.Second) {
		if err = op(n); err == nil {
			return nil
		}
		log.Printf("attempt %d of 4: %v", n, err)
	}
	return err
}
`}, {"from 0", "numbers", `func f() error {
	var err error
	for i := range 4 {
		if i > 0 {
			log.Print("again")
			time.Sleep(time.Second)
		}
		if err = op(i, i+1, i-1, 2*i); err == nil {
			return nil
		}
		if i < 4-1 && i >= len(err.Error()) {
			log.Print(i)
		}
	}
	return err
}
`, `func f() error {
	var err error
	for i := range acme.Attempts(context.Background(), 4, time.Second) {
		if i > 1 {
			log.Print("again")
		}
		if err = op(i-1, i, i-2, 2*(i-1)); err == nil {
			return nil
		}
		if i < 4 && i > len(err.Error()) {
			log.Print(i - 1)
		}
	}
	return err
}
`}, {"a number that is kept", "numbers", `func f() error {
	var err error
	var later []func()
	for i := 0; i < 3; i++ {
		later = append(later, func() { println(i) })
		if err = op(later); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}
`, `func f() error {
	var err error
	var later []func()
	for i := range acme.Attempts(context.Background(), 3, time.Second) {
		later = append(later, func() { println(i - 1) })
		if err = op(later); err == nil {
			break
		}
	}
	return err
}
`}})
}

// Where a delay may stand.
func TestDelayPlaces(t *testing.T) {
	testShapes(t, []shapeTest{{"what has grown before the wait, below a limit", libretry, `func f(first, limit time.Duration) (err error) {
	delay := first
	for range 5 {
		if err = op(); err == nil {
			return nil
		}
		if delay < limit {
			delay = min(2*delay, limit)
		}
		time.Sleep(delay)
	}
	return err
}
`, `func f(first, limit time.Duration) (err error) {
	return retry.New(
		retry.Attempts(5),
		retry.Delay(2*first),
		retry.MaxDelay(limit),
		retry.DelayType(retry.BackOffDelay),
		retry.LastErrorOnly(true),
	).Do(func() error { return op() })
}
`}, {"the first of two results", "numbers", `func f(s string) error {
	d, err := time.ParseDuration(s)
	if err != nil {
		return err
	}
	for i := 0; i < 4; i++ {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(d)
	}
	return err
}
`, `func f(s string) error {
	d, err := time.ParseDuration(s)
	if err != nil {
		return err
	}
	for range acme.Attempts(context.Background(), 4, d) {
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`}, {"the post statement", "numbers", `func f() error {
	var err error
	for n := 0; n < 5; time.Sleep(time.Second) {
		if err = op(); err == nil {
			return nil
		}
		n++
	}
	return err
}
`, `func f() error {
	var err error
	for range acme.Attempts(context.Background(), 5, time.Second) {
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`}, {"behind each of two steps", "numbers", `func f() error {
	for range 5 {
		s, err := get()
		if err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		if err := op(s); err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		return nil
	}
	return errGaveUp
}
`, `func f() error {
	for range acme.Attempts(context.Background(), 5, time.Second) {
		s, err := get()
		if err != nil {
			log.Print(err)
			continue
		}
		if err := op(s); err != nil {
			log.Print(err)
			continue
		}
		return nil
	}
	return errGaveUp
}
`}, {"a test for the last attempt by a variable", "numbers", `func f() error {
	most, err := 3, error(nil)
	for n := 1; n <= most; n++ {
		if err = op(); err == nil {
			return nil
		}
		if n < most {
			log.Print("again")
			time.Sleep(time.Second)
		}
	}
	return err
}
`, `func f() error {
	most, err := 3, error(nil)
	for n := range acme.Attempts(context.Background(), most, time.Second) {
		if err = op(); err == nil {
			return nil
		}
		if n < most {
			log.Print("again")
		}
	}
	return err
}
`}, {"a function whose answer is kept", "loop", `func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func f(ctx context.Context) error {
	for {
		if err := op(); err == nil {
			return nil
		}
		on := pause(ctx, time.Second)
		if !on {
			return ctx.Err()
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
`}, {"a struct with a context", "loop", `type job struct {
	context.Context
	name string
}

func f(j *job) error {
	for {
		if err := op(j.name); err == nil {
			return nil
		}
		select {
		case <-j.Done():
			return j.Err()
		case <-time.After(time.Second):
		}
	}
}
`, `type job struct {
	context.Context
	name string
}

func f(j *job) error {
	for r := acme.Start(j, 0, time.Second, 2*time.Second); r.Next(); {
		if err := op(j.name); err == nil {
			return nil
		}
	}
	return j.Err()
}
`}, {"a timer that is due at once", "loop", `func f(ctx context.Context) error {
	next := time.NewTimer(0)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-next.C:
			s, err := get()
			if err != nil {
				log.Print(err)
				next.Reset(time.Second)
				continue
			}
			return op(s)
		}
	}
}
`, `func f(ctx context.Context) error {
	for r := acme.Start(ctx, 0, time.Second, 2*time.Second); r.Next(); {
		s, err := get()
		if err != nil {
			log.Print(err)
			continue
		}
		return op(s)
	}
	return ctx.Err()
}
`}, {"a timer that is due later", "loop", `func f(ctx context.Context) error {
	next := time.NewTimer(time.Minute)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-next.C:
			if err := op(); err == nil {
				return nil
			}
			next.Reset(time.Second)
		}
	}
}
`, `the timer may serve more than this delay`}, {"a label in a loop", "loop", `func f(ctx context.Context) error {
	for {
	again:
		s, err := get()
		if err != nil {
			if final(err) {
				return err
			}
			time.Sleep(time.Second)
			goto again
		}
		return op(s)
	}
}
`, `func f(ctx context.Context) error {
	for r := acme.Start(ctx, 0, time.Second, 2*time.Second); r.Next(); {
		s, err := get()
		if err != nil {
			if final(err) {
				return err
			}
			continue
		}
		return op(s)
	}
	return ctx.Err()
}
`}})
}

// What may change a delay that is read from elsewhere.
func TestSteadyDelay(t *testing.T) {
	const options = `type options struct{ pause time.Duration }

type option func(*options)

func defaults() *options {
	o := &options{}
	o.pause = time.Second
	return o
}

`
	testShapes(t, []shapeTest{{"options that are filled in before, and constructors", "done", options + `func f(opts ...option) error {
	o := *defaults()
	for _, opt := range opts {
		opt(&o)
	}
	for op(defaults()) != nil {
		time.Sleep(o.pause)
	}
	return nil
}
`, options + `func f(opts ...option) error {
	o := *defaults()
	for _, opt := range opts {
		opt(&o)
	}
	w := acme.Waiter{Delay: o.pause, Max: 2 * o.pause}
	for op(defaults()) != nil {
		w.For(nil)
	}
	return nil
}
`}, {"an attempt that changes the field", "done", options + `func f(o *options) error {
	for op() != nil {
		time.Sleep(o.pause)
		slower(o)
	}
	return nil
}

func slower(o *options) { o.pause += time.Second }
`, "more than the number of attempts may decide the delay"}, {"a pointer that is kept", "done", options + `func f(all map[string]*options) error {
	o := *defaults()
	all["f"] = &o
	for op(all) != nil {
		time.Sleep(o.pause)
	}
	return nil
}
`, "more than the number of attempts may decide the delay"}, {"a table", "done", `func f() error {
	for _, d := range []time.Duration{time.Second, 5 * time.Second} {
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(d)
	}
	return errGaveUp
}
`, "the loop goes through different items"}})
}
