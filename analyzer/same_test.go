package analyzer_test

import "testing"

// sameSources have several of what a fix has one of: delays, counters, errors,
// answers to cancellation, parameters that change.
var sameSources = map[string]string{
	"delays": `func f() error {
	for {
		err := op(1)
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		if err := op(2); err != nil {
			time.Sleep(time.Second)
			continue
		}
		if err := op(3); final(err) {
			time.Sleep(time.Second)
			continue
		}
		return nil
	}
}
`, "lengths": `func f() error {
	for tries := 0; tries < 4; tries++ {
		err := op()
		switch {
		case err == nil:
			return nil
		case final(err):
			time.Sleep(3 * time.Second)
		default:
			time.Sleep(2 * time.Second)
		}
	}
	return errGaveUp
}
`, "answers": `func f(ctx context.Context) error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		if final(err) {
			select {
			case <-ctx.Done():
				return errGaveUp
			case <-time.After(time.Minute):
			}
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Minute):
		}
	}
}
`, "counters": `func f() error {
	failures, slow, quick := 0, 0, 0
	for {
		err := op()
		if err == nil {
			return nil
		}
		failures++
		slow++
		quick++
		if failures > 3 || slow > 4 || quick > 5 {
			return err
		}
		time.Sleep(time.Second)
	}
}
`, "errors": `func f() (err error) {
	var first, second error
	for range 4 {
		first = op(1)
		if first == nil {
			second = op(2)
			if second == nil {
				return nil
			}
		}
		time.Sleep(time.Second)
	}
	return errors.Join(first, second)
}
`, "parameters": `func f(a, b, left int, wait time.Duration) error {
	err := op(a, b)
	if err == nil || left == 0 {
		return err
	}
	time.Sleep(wait)
	return f(b, a, left-1, 2*wait)
}
`, "moved": `func f() (string, error) {
	delay, most, tries := time.Second, time.Minute, 0
	for {
		if s, err := get(); err == nil {
			return s, nil
		} else if tries++; tries == 9 || final(err) {
			return "", err
		}
		time.Sleep(delay)
		if delay *= 2; delay > most {
			delay = most
		}
	}
}
`,
}

// The same source has the same fix, or the same refusal, each time: the order of
// a map decides nothing.
func TestSameBytes(t *testing.T) {
	dir := t.TempDir()
	writeShapes(t, dir)
	for name, src := range sameSources {
		for _, helper := range []string{libretry, "loop", "reset"} {
			t.Run(name+"/"+helper, func(t *testing.T) {
				m := &shapeModule{t: t, dir: dir, helper: helper}
				src := "package m\n\nimport (\n\t\"context\"\n\t\"errors\"\n\t\"time\"\n)\n\nvar _, _ = context.Background, errors.Join\n\n" + src
				fixed, notes := m.fix(src)
				for range 50 {
					if again, more := m.fix(src); again != fixed || more != notes {
						t.Fatalf("first\n%s%s\nthen\n%s%s", fixed, notes, again, more)
					}
				}
			})
		}
	}
}
