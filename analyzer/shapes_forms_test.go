package analyzer_test

import (
	"go/format"
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

// The context that the attempts hand on ends the waits though no variable holds it, unless it
// may have ended before, or be another one: that of a request, or one in a field.
func TestContextHandedOn(t *testing.T) {
	const over, runs = "context.Background()", "r.Context()"
	m := &shapeModule{t: t, dir: t.TempDir(), helper: "range"}
	writeShapes(t, m.dir)
	for _, test := range []struct{ params, before, call, wait, want string }{
		{"r *http.Request", "", "op(r.Context())", "", runs},
		{"r *http.Request", "log.Print(r.Context())", "op(r.Context())", "", runs},
		{"r *http.Request", "", "op()", "", over},
		{"r *http.Request", "ctx := r.Context()", "op(ctx)", "", "ctx"},
		{"r *http.Request", "<-r.Context().Done()", "op(r.Context())", "", over},
		{"r *http.Request", "", "op(r.Context())", "r = nil", over},
		{"r *http.Request", "", "op(r.Context())", "if r == nil {\nreturn nil\n}", over},
		{"r *http.Request", "set := func() { r = nil }", "op(r.Context())", "set()", over},
		{"p *http.Request", "r := p", "op(r.Context())", "", over},
		{"r fresh", "", "op(r.Context())", "", over},
		{"r *http.Request", "", "op(1, r)", "", runs},
		{"p *http.Request", "r := p", "op(r)", "", over},
		{"r *http.Request", "", "op(r)", "if r == nil {\nreturn nil\n}", over},
		{"s *server", "", "op(1, s.ctx)", "", "s.ctx"},
		{"s server", "", "s.op(s.ctx)", "", "s.ctx"},
		{"s *server", "", "op(s.name)", "", over},
		{"s *server", "", "op(s.ctx)", "s.restart()", over},
		{"s *server", "", "op(s.ctx)", "s = new(server)", over},
		{"p *server", "", "op(p.ctx)", "s := new(server)\nop(s.ctx)", "p.ctx"},
		{"p *server", "", "op()", "s := new(server)\nop(s.ctx)", over},
		{"s *server", "s.cancel()", "op(s.ctx)", "", over},
		{"s *server", "defer s.cancel()", "op(s.ctx)", "", over},
		{"s *server", "if s.ctx.Err() == nil {\nop()\n}", "op(s.ctx)", "", over},
	} {
		src, err := format.Source([]byte("package m\n\nimport (\n\"context\"\n\"log\"\n\"net/http\"\n\"time\"\n)\n\ntype fresh interface{ Context() context.Context }\n\nvar _ http.Request\n\ntype server struct {\nname string\nctx context.Context\ncancel context.CancelFunc\n}\n\nfunc (s *server) restart() { s.ctx, s.cancel = context.WithCancel(context.Background()) }\n\nfunc (s *server) op(...any) error { return s.op(1) }\n\nfunc f(" + test.params + ") (err error) {\n" + test.before +
			"\nfor range 3 {\nif err = " + test.call + "; err == nil {\nreturn nil\n}\nlog.Print(err)\n" + test.wait + "\ntime.Sleep(time.Second)\n}\nreturn errGaveUp\n}\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := m.outcome(string(src)); !strings.Contains(got, "acme.Attempts("+test.want+",") {
			t.Errorf("%s, %s: want %s in\n%s", test.before, test.call, test.want, got)
		}
	}
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
