package analyzer_test

import (
	"strings"
	"testing"
)

// The form wait without init: the helper is told each delay, and all of them stay
// what they are.
func TestEachDelay(t *testing.T) {
	testShapes(t, []shapeTest{{"grows in the header", "each", `func f(wait time.Duration, tries int) (err error) {
	for n, pause := 0, wait; n < tries; n, pause = n+1, pause*2 {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(pause)
	}
	return err
}
`, `func f(wait time.Duration, tries int) (err error) {
	for n, pause := 0, wait; n < tries; n, pause = n+1, pause*2 {
		if err = op(); err == nil {
			return nil
		}
		_ = acme.Sleep(context.Background(), pause)
	}
	return err
}
`}, {"two lengths, and two answers", "each", `func f(ctx context.Context) error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		if final(err) {
			select {
			case <-time.After(time.Minute):
			case <-ctx.Done():
				return errGaveUp
			}
			continue
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
`, `func f(ctx context.Context) error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		if final(err) {
			if acme.Sleep(ctx, time.Minute) != nil {
				return errGaveUp
			}
			continue
		}
		if err := acme.Sleep(ctx, time.Second); err != nil {
			return err
		}
	}
}
`}, {"the server sets it", "each", `func f(ctx context.Context, do func() (time.Duration, error)) error {
	for {
		wait, err := do()
		if err == nil {
			return nil
		}
		time.Sleep(max(wait, time.Second))
	}
}
`, `func f(ctx context.Context, do func() (time.Duration, error)) error {
	for {
		wait, err := do()
		if err == nil {
			return nil
		}
		if err := acme.Sleep(ctx, max(wait, time.Second)); err != nil {
			return err
		}
	}
}
`}, {"another answer to the context", "each", `func f(ctx context.Context) error {
	for {
		if ctx.Err() != nil {
			return errGaveUp
		}
		if op() == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
`, `func f(ctx context.Context) error {
	for {
		if ctx.Err() != nil {
			return errGaveUp
		}
		if op() == nil {
			return nil
		}
		_ = acme.Sleep(ctx, time.Second)
	}
}
`}, {"a timer", "each", `func f() error {
	timer := time.NewTimer(time.Second)
	for {
		if op() == nil {
			return nil
		}
		<-timer.C
		timer.Reset(2 * time.Second)
	}
}
`, "the first delay cannot be told from the code"}})
}

// A loop that waits with the helper, which is told each delay, is not reported.
func TestWaitsWithHelper(t *testing.T) {
	dir := t.TempDir()
	writeShapes(t, dir)
	sources := []string{`func f(ctx context.Context) error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		if err := acme.Sleep(ctx, time.Second); err != nil {
			return err
		}
	}
}
`, `func f(ctx context.Context, do func() error) error {
	var err error
	for range 3 {
		if err = do(); err == nil {
			return nil
		}
		if err := acme.Sleep(ctx, time.Second); err != nil {
			return err
		}
	}
	return err
}
`}
	head := "package m\n\nimport (\n\t\"context\"\n\t\"time\"\n\n\t\"example.com/m/acme\"\n)\n\n"
	for _, src := range sources {
		for helper, want := range map[string]bool{"each": false, libretry: true} {
			_, notes := (&shapeModule{t: t, dir: dir, helper: helper}).fix(head + src)
			if got := strings.Contains(notes, "reported: the") && !strings.Contains(notes, "not reported"); got != want {
				t.Errorf("with %s: %s", helper, notes)
			}
		}
	}
}
