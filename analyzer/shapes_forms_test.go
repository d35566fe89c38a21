package analyzer_test

import "testing"

// A helper with several forms: each loop gets the shortest.
func TestForms(t *testing.T) {
	testShapes(t, []shapeTest{{"do", "all", `func f(send func() error) error {
	var err error
	for range 3 {
		if err = send(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`, `func f(send func() error) error {
	return acme.Do(3, time.Second, send)
}
`}, {"attempts", "all", `func f() error {
	for i := 0; i < 3; i++ {
		s, err := get()
		if err == nil {
			println(s)
			return op()
		}
		println(err)
		time.Sleep(time.Second)
	}
	return op()
}
`, `func f() error {
	for r := acme.Start(context.Background(), 3, time.Second); r.Next(); {
		s, err := get()
		if err == nil {
			println(s)
			return op()
		}
		println(err)
	}
	return op()
}
`}, {"wait", "all", `func f() {
	for {
		s, err := get()
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		println(s)
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
		println(s)
	}
}
`}, {"none", "all", `func f(stop chan bool) {
	for op() != nil {
		select {
		case <-stop:
			return
		case <-time.After(time.Second):
		}
	}
}
`, `a channel that is no context ends the wait`}})
}
