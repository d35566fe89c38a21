package analyzer_test

import (
	"go/format"
	"strings"
	"testing"
)

// contextHead is what the loops of these tests use.
const contextHead = `package m

import (
	"context"
	"errors"
	"log"
	"log/slog"
	"net/http"
	"time"
)

var (
	_ = errors.Is
	_ = log.Print
	_ = slog.Warn
	_ http.Request
	_ = time.Sleep
)

type fresh interface{ Context() context.Context }

type server struct {
	name   string
	ctx    context.Context
	cancel context.CancelFunc
}

func (s *server) restart() { s.ctx, s.cancel = context.WithCancel(context.Background()) }

func (s *server) op(...any) error { return s.op(1) }

var (
	Root, stop = context.WithCancel(context.Background())
	current    = Root
)

func renew() { current, stop = context.WithCancel(Root) }

`

// contextModule returns a module whose helper gives attempts, and takes a context.
func contextModule(t *testing.T) *shapeModule {
	m := &shapeModule{t: t, dir: t.TempDir(), helper: "range"}
	writeShapes(t, m.dir)
	return m
}

// givesContext reports an error unless the fix of src gives the helper the context want.
func (m *shapeModule) givesContext(name, want, src string) {
	m.t.Helper()
	text, err := format.Source([]byte(contextHead + src))
	if err != nil {
		m.t.Fatal(err)
	}
	if got := m.outcome(string(text)); !strings.Contains(got, "acme.Attempts("+want+",") {
		_, got, _ = strings.Cut(got, "func f(")
		m.t.Errorf("%s: want %s in\n%s", name, want, got)
	}
}

// The context that the attempts hand on ends the waits though no variable holds it, unless it
// may have ended before, or be another one: that of a request, one in a field, or one of the
// package.
func TestContextHandedOn(t *testing.T) {
	const over, runs = "context.Background()", "r.Context()"
	m := contextModule(t)
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
		{"", "", "op(Root)", "", "Root"},
		{"", "", "op(current)", "", "current"},
		{"", "", "op(current)", "renew()", over},
		{"", "", "op()", "log.Print(Root)", over},
		{"", "<-Root.Done()", "op(Root)", "", over},
	} {
		m.givesContext(test.before+", "+test.call, test.want, "func f("+test.params+") (err error) {\n"+test.before+
			"\nfor range 3 {\nif err = "+test.call+"; err == nil {\nreturn nil\n}\nlog.Print(err)\n"+test.wait+"\ntime.Sleep(time.Second)\n}\nreturn errGaveUp\n}\n")
	}
}

// What a timer ends, a context does, in a file that has imported none.
func TestContextOfTimeout(t *testing.T) {
	m := contextModule(t)
	const src = `package m

import "time"

func f() error {
	timeout := time.After(time.Minute)
	for range 3 {
		err := op()
		if err == nil {
			return nil
		}
		println(err.Error())
		select {
		case <-timeout:
			return errGaveUp
		case <-time.After(time.Second):
		}
	}
	return errGaveUp
}
`
	got := m.outcome(src)
	for _, want := range []string{
		"\"context\"\n", "ctx, cancel := context.WithTimeout(context.Background(), time.Minute)\n\tdefer cancel()\n\tfor range acme.Attempts(ctx,",
		"\t}\n\treturn errGaveUp\n}\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("want %q in\n%s", want, got)
		}
	}
}

// The context of a request ends the waits of those who send it, and not in a goroutine, which may
// go on when that has been answered.
func TestContextOfRequestSent(t *testing.T) {
	m := contextModule(t)
	const loop = "var err error\nfor range 3 {\nif _, err = send(r); err == nil {\nreturn nil\n}\nlog.Print(err)\ntime.Sleep(time.Second)\n}\nreturn errGaveUp\n"
	for body, want := range map[string]string{
		loop: "r.Context()",
		"go func() error {\n" + loop + "}()\nreturn nil\n":                                                      "context.Background()",
		strings.Replace(loop, "log.Print(err)", "if r == nil {\nreturn nil\n}", 1):                              "context.Background()",
		strings.Replace(loop, "var err error", "p := r\nr = new(http.Request)\nlog.Print(p)\nvar err error", 1): "context.Background()",
	} {
		m.givesContext("a request", want, "var send = http.DefaultClient.Do\n\nfunc f(r *http.Request) error {\n"+body+"}\n")
	}
}

// A context that the attempts are not given may be over where the loop begins, or be another's:
// then it does not end the waits.
func TestContextOver(t *testing.T) {
	const over, runs = "context.Background()", "ctx"
	m := contextModule(t)
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
		m.givesContext(test.name, test.want, "func f(ctx context.Context, s *server, r *http.Request) (err error) {\n"+test.body+"}\n")
	}
}
