package analyzer_test

const (
	endlessLoop = `func f() error {
	for {
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
`
	threeAttempts = `func f() (err error) {
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`
)

// What the helper cannot do.
var lackingRefusals = []refusalTest{
	{"LacksAttempts", "forever", threeAttempts},
	{"LacksSingle", "two-or-more", `func f(attempts uint) error {
	for n := uint(0); ; n++ {
		err := op()
		if err == nil || n >= attempts { // here
			return err
		}
		time.Sleep(time.Second)
	}
}
`},
	{"LacksLastError", "exhausted", threeAttempts},
	{"LacksUnbounded", "bounded", endlessLoop},
	{"LacksPermanent", "bounded", `func f() error {
	var err error
	for range 3 {
		if err = op(); err == nil || final(err) {
			return err // here
		}
		time.Sleep(time.Second)
	}
	return err
}
`},
	{"LacksValue", "bounded", `func f() (string, error) {
	var err error
	for range 3 {
		var s string
		if s, err = get(); err == nil {
			return s, nil // here
		}
		time.Sleep(time.Second)
	}
	return "", err
}
`},
	{"NoLimitUnsaid", "default", endlessLoop},
	{"LacksMaxDelay", "bounded", `func f() (err error) {
	delay := time.Second
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay = min(2*delay, 3*time.Second)
	}
	return err
}
`}, {"LacksContext", "bounded", `func f(ctx context.Context) (err error) {
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	return err
}
`}, {"LacksReset", "wait", `func f() {
	delay := time.Second
	for {
		s, err := get()
		if err != nil {
			time.Sleep(delay)
			delay = min(2*delay, time.Minute)
			continue
		}
		delay = time.Second
		serve(s)
	}
}
`}, {"LacksSuccess", "failsafe-go", `func f(ctx context.Context) {
	for {
		if err := op(); err == nil {
			break
		}
		select {
		case <-ctx.Done(): // here
			return
		case <-time.After(time.Second):
		}
	}
	serve("done")
}
`}, {"LacksZeroDelay", "sethvargo/go-retry", `func f(delay time.Duration) (err error) {
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(delay)
	}
	return err
}
`}, {"CountsItself", "counting", endlessLoop}}
