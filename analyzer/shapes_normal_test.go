package analyzer_test

import "testing"

// A loop has the fix that it has in its normal form, in whatever way it is written.
func TestNormalForm(t *testing.T) {
	const fixed = `func f(send func() error) error {
	return acme.Do(3, time.Second, send)
}
`
	var tests []shapeTest
	for name, body := range map[string]string{
		"in a block": `{
			if err = send(); err == nil {
				return nil
			}
			{
				time.Sleep(time.Second)
			}
		}
`, "the other way round": `if err = send(); nil == err {
			return nil
		}
		time.Sleep(time.Second)
`, "not otherwise": `if err = send(); !(err != nil) {
			return nil
		}
		time.Sleep(time.Second)
`, "the rest in the else": `if err = send(); err == nil {
			return nil
		} else {
			time.Sleep(time.Second)
		}
`, "a switch": `err = send()
		switch {
		case err == nil:
			return nil
		default:
			time.Sleep(time.Second)
		}
`, "a variable": `err = send()
		failed := err != nil
		if !failed {
			return nil
		}
		time.Sleep(time.Second)
`, "nothing done": `_ = 0
		if err = send(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
`,
	} {
		tests = append(tests, shapeTest{name, "all", `func f(send func() error) error {
	var err error
	for range 3 {
		` + body + `	}
	return err
}
`, fixed})
	}
	testShapes(t, tests)
}

// So has one that the helper gives its attempts, or waits in.
func TestNormalFormStays(t *testing.T) {
	testShapes(t, []shapeTest{{"a switch asks whether to wait, by a function of another file", "loop", `func f() error {
	for i := 0; i < 3; i++ {
		switch {
		case i != 0:
			sleeper{}.Sleep(time.Second)
		}
		if err := op(); err == nil {
			return nil
		}
	}
	return errGaveUp
}
`, `func f() error {
	for r := acme.Start(context.Background(), 3, time.Second); r.Next(); {
		if err := op(); err == nil {
			return nil
		}
	}
	return errGaveUp
}
`}, {"success in an else", "reset", `func f() {
	for {
		s, err := get()
		if err != nil {
			time.Sleep(time.Second)
			continue
		} else if s == "" {
			continue
		}
		serve(s)
	}
}
`, `func f() {
	w := acme.Waiter{Delay: time.Second, Max: 2 * time.Second}
	for {
		s, err := get()
		if err != nil {
			_ = w.Wait(context.Background())
			continue
		}
		w.Reset()
		if s == "" {
			continue
		}
		serve(s)
	}
}
`}, {"the end of a wait in a variable", "loop", `func f(ctx context.Context) error {
	for i := 0; i < 3; i++ {
		if i > 0 {
			err := pause(ctx, time.Second)
			if err != nil {
				return err
			}
		}
		if err := op(); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
`, `func f(ctx context.Context) error {
	for r := acme.Start(ctx, 3, time.Second); r.Next(); {
		if err := op(); err == nil {
			return nil
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return errGaveUp
}
`}, {"the test at the end turned", "loop", `func f() error {
	for i := 0; i < 3; i++ {
		if err := op(); err == nil {
			return nil
		}
		if i == 2 {
			continue
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}
`, `func f() error {
	for r := acme.Start(context.Background(), 3, time.Second); r.Next(); {
		if err := op(); err == nil {
			return nil
		}
	}
	return errGaveUp
}
`}})
}
