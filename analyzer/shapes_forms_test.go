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
		{"r *http.Request", "", "op(1, r)", "", over},
		{"s *server", "", "op(1, s.ctx)", "", "s.ctx"},
		{"s server", "", "s.op(s.ctx)", "", "s.ctx"},
		{"s *server", "", "op(s.name)", "", over},
		{"s func() *server", "", "op(s().ctx)", "", over},
		{"s *server", "", "op(s.ctx)", "s.restart()", over},
		{"s *server", "", "op(s.ctx)", "s = new(server)", over},
		{"p *server", "", "op(p.ctx)", "s := new(server)\nop(s.ctx)", "p.ctx"},
		{"p *server", "", "op()", "s := new(server)\nop(s.ctx)", over},
		{"s *server", "if s.ctx != nil {\nop()\n}", "op(s.ctx)", "", over},
		{"s *server", "", "op()", "log.Print(s.ctx)", over},
		{"r *http.Request", "", "op()", "log.Print(r.Context())", over},
		{"r *http.Request", "", "op()", "op(r.Context())", runs},
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

// The context of a request ends the waits of those who send it, and not in a goroutine, which may
// go on when that has been answered.
func TestContextOfRequestSent(t *testing.T) {
	m := &shapeModule{t: t, dir: t.TempDir(), helper: "range"}
	writeShapes(t, m.dir)
	const loop = "var err error\nfor range 3 {\nif _, err = send(r); err == nil {\nreturn nil\n}\nlog.Print(err)\ntime.Sleep(time.Second)\n}\nreturn errGaveUp\n"
	for body, want := range map[string]string{
		loop: "r.Context()",
		"go func() error {\n" + loop + "}()\nreturn nil\n":                                                      "context.Background()",
		strings.Replace(loop, "log.Print(err)", "if r == nil {\nreturn nil\n}", 1):                              "context.Background()",
		strings.Replace(loop, "var err error", "p := r\nr = new(http.Request)\nlog.Print(p)\nvar err error", 1): "context.Background()",
	} {
		src, err := format.Source([]byte("package m\n\nimport (\n\"log\"\n\"net/http\"\n\"time\"\n)\n\nvar _ = log.Print\n\nvar send = http.DefaultClient.Do\n\nfunc f(r *http.Request) error {\n" + body + "}\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := m.outcome(string(src)); !strings.Contains(got, "acme.Attempts("+want+",") {
			t.Errorf("want %s in\n%s", want, got)
		}
	}
}

// A context that the attempts are not given may be over where the loop begins, or be another's:
// then it does not end the waits.
func TestContextOver(t *testing.T) {
	const over, runs = "context.Background()", "ctx"
	m := &shapeModule{t: t, dir: t.TempDir(), helper: "range"}
	writeShapes(t, m.dir)
	loop := func(call string) string {
		return "for range 3 {\nif err = " + call + "; err == nil {\nreturn nil\n}\nslog.WarnContext(ctx, \"again\")\ntime.Sleep(time.Second)\n}\nreturn errGaveUp\n"
	}
	for _, test := range []struct{ name, body, want string }{
		{"it is told the log alone", loop("op(1)"), runs},
		{"the attempts have another", loop("op(s.ctx)"), "s.ctx"},
		{"the attempts have one that changes", "s = new(server)\n" + strings.Replace(loop("op(s.ctx)"), "slog", "s = new(server)\nslog", 1), over},
		{"a call before may have failed", "werr := op(ctx)\nlog.Print(werr)\n" + loop("op(1)"), over},
		{"nobody looks whether it has", "op(ctx)\n" + loop("op(1)"), over},
		{"it has not", "if err := op(ctx); err != nil {\nreturn err\n}\n" + loop("op(1)"), runs},
		{"it has not, for other reasons", "werr := op(ctx)\nif werr != nil || s == nil {\nreturn werr\n}\n" + loop("op(1)"), runs},
		{"it goes on for some errors", "if err := op(ctx); err != nil && !errors.Is(err, context.Canceled) {\nreturn err\n}\n" + loop("op(1)"), over},
		{"it goes on", "if err := op(ctx); err != nil {\nlog.Print(err)\n}\n" + loop("op(1)"), over},
		{"the loop is where it has worked", "werr := op(ctx)\nif werr == nil {\n" + loop("op(1)") + "}\nreturn werr\n", runs},
		{"the loop is where it has not", "werr := op(ctx)\nif werr != nil && s != nil {\n" + loop("op(1)") + "}\nreturn werr\n", over},
		{"one made of it may have ended", "child, cancel := context.WithCancel(ctx)\ndefer cancel()\nwerr := op(child)\nlog.Print(werr)\n" + loop("op(1)"), over},
		{"it is ended at the end", "ctx, cancel := context.WithTimeout(ctx, time.Minute)\ndefer cancel()\n" + loop("op(ctx)"), runs},
		{"it is ended at the end, with others", "ctx, cancel := context.WithTimeout(ctx, time.Minute)\ndefer func() { cancel() }()\n" + loop("op(ctx)"), runs},
		{"the attempts are given it", "op(ctx)\n" + loop("op(ctx)"), runs},
		{"a goroutine of its own", "go func() (err error) {\n" + loop("op(1)") + "}()\nreturn nil\n", over},
		{"a goroutine that is given it", "go func(ctx context.Context) (err error) {\n" + loop("op(1)") + "}(ctx)\nreturn nil\n", over},
		{"a goroutine that uses it", "go func() (err error) {\n" + loop("op(ctx)") + "}()\nreturn nil\n", runs},
		{"a goroutine that uses that of a request", "go func() (err error) {\n" + loop("op(r.Context())") + "}()\nreturn nil\n", "r.Context()"},
		{"a goroutine that uses it for something else", "go func() (err error) {\n" + strings.Replace(loop("op()"), "slog", "op(r.Context())\nslog", 1) + "}()\nreturn nil\n", over},
		{"at the end", "defer func() (err error) {\n" + loop("op(1)") + "}()\nreturn nil\n", over},
		{"for a value", strings.Replace(loop("op(1)"), "slog", "op(ctx.Value(0))\nslog", 1), runs},
		{"for a value in a goroutine", "go func() (err error) {\n" + strings.Replace(loop("op(1)"), "slog", "op(ctx.Value(0))\nslog", 1) + "}()\nreturn nil\n", over},
		{"in a function that is deferred", loop("op(1)") + "}\n\nfunc (s *server) close(ctx context.Context) {\ndefer f(ctx, s, nil)\nop(1)\n", over},
		{"in a function that a deferred one calls", loop("op(1)") + "}\n\nfunc (s *server) close(ctx context.Context) {\ndefer func() {\nop(f(ctx, s, nil))\n}()\nop(1)\n", over},
		{"in a function that runs beside", loop("op(1)") + "}\n\nfunc (s *server) close(ctx context.Context) {\ngo f(ctx, s, nil)\n", over},
		{"in a function that is called", loop("op(1)") + "}\n\nfunc (s *server) close(ctx context.Context) {\nop(f(ctx, s, nil))\n", runs},
	} {
		src, err := format.Source([]byte("package m\n\nimport (\n\"context\"\n\"errors\"\n\"log\"\n\"log/slog\"\n\"net/http\"\n\"time\"\n)\n\nvar (\n_ = log.Print\n_ = errors.Is\n_ = slog.Warn\n)\n\ntype server struct {\nctx context.Context\n}\n\nfunc f(ctx context.Context, s *server, r *http.Request) (err error) {\n" + test.body + "}\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := m.outcome(string(src)); !strings.Contains(got, "acme.Attempts("+test.want+",") {
			t.Errorf("%s: want %s in\n%s", test.name, test.want, got)
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
