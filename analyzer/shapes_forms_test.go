package analyzer_test

import (
	"strings"
	"testing"
)

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

// The context of a test ends behind it: what stops the test may stand behind a loop that is
// given it.
func TestContextOfTest(t *testing.T) {
	const head = "package m\n\nimport (\n\t\"context\"\n\t\"testing\"\n\t\"time\"\n)\n\n"
	loop := func(test, ctx string) string {
		return head + "func f(" + test + ") {\n\tvar err error\n\tfor range 3 {\n\t\tif err = op(" + ctx + "); err == nil {\n\t\t\treturn\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\tt.Fatal(err)\n}\n\nvar _ context.Context\n"
	}
	for _, test := range []struct{ params, ctx, want string }{
		{"t testing.TB", "t.Context()", "acme.Start(t.Context(), 3"},
		{"t *testing.T, ctx context.Context", "ctx", "acme.Start(context.Background(), 3"},
	} {
		m := &shapeModule{t: t, dir: t.TempDir(), helper: "loop"}
		writeShapes(t, m.dir)
		if got := m.outcome(loop(test.params, test.ctx)); !strings.Contains(got, test.want) {
			t.Errorf("%s: want %s in\n%s", test.ctx, test.want, got)
		}
	}
}
