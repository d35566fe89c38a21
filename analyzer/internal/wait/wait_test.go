package wait

import (
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading/readingtest"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
	"github.com/sharedretry/sharedretry/analyzer/internal/write/writetest"
)

// A helper that takes a context, and returns its error.
var acme = helper.Spec{
	Name: "acme", Shape: "wait", Imports: map[string]string{"acme": "go.acme.dev/acme"},
	Init: "w := acme.NewWait({{delay}}{{if has_max_delay}}, {{max_delay}}{{end}})", Wait: "w.Wait({{ctx}})", Reset: "w.Reset()",
}

// A helper that takes a channel, and tells whether it waited.
var done = helper.Spec{
	Name: "done", Shape: "wait", Imports: acme.Imports, Init: "b := acme.NewBackoff({{delay}}{{if has_max_delay}}, {{max_delay}}{{end}})",
	Wait: "b.Wait({{done}})", WaitReturns: "bool", Reset: "b.Reset()",
}

// Each source in testdata is fixed, by helpers that only wait, as it says there.
func TestWait(t *testing.T) {
	byDone := writetest.Fixed(New, &done)
	byDone.Name = "by done"
	sourcetest.Tables(t, writetest.Fixed(New, &acme), byDone)
}

// The wait behind the last attempt, which the fix leaves out, is none of its waits.
func TestSchedule(t *testing.T) {
	for src, want := range map[string]string{
		"if done {\n\t\t\ttime.Sleep(time.Second)\n\t\t}":                                           "waits 1s, 2s (3s in all)",
		"if n == 2 {\n\t\t\treturn errGaveUp\n\t\t}\n\t\tlog.Print(n)\n\t\ttime.Sleep(time.Second)": "waits 1s, 2s (3s in all)",
	} {
		req := readingtest.Request(t, "func f(done bool) error {\n\tfor n := 0; n < 3; n++ {\n\t\tif op() == nil {\n\t\t\treturn nil\n\t\t}\n\t\t"+src+"\n\t}\n\treturn errGaveUp\n}\n")
		var err error
		if req.Helper, err = done.Helper(); err != nil {
			t.Fatal(err)
		}
		f, refusal := New(req)
		if refusal != nil {
			t.Fatal(refusal.Reason())
		}
		if got := f.Schedule.String(); got != want {
			t.Errorf("got %q, want %q\n%s", got, want, src)
		}
	}
}

// A test that only keeps the wait from the last attempt is a new one, unless it joins another.
func TestGuards(t *testing.T) {
	for wait, want := range map[string]bool{
		"time.Sleep(time.Second)":                         true,
		"if done {\n\t\t\ttime.Sleep(time.Second)\n\t\t}": false,
	} {
		req := readingtest.Request(t, "func f(done bool, most int) error {\n\tfor n := 0; n < most; n++ {\n\t\tif op() == nil {\n\t\t\treturn nil\n\t\t}\n\t\t"+wait+"\n\t}\n\treturn errGaveUp\n}\n")
		var err error
		if req.Helper, err = done.Helper(); err != nil {
			t.Fatal(err)
		}
		f, refusal := New(req)
		if refusal != nil {
			t.Fatal(refusal.Reason())
		}
		if f.Guards != want {
			t.Errorf("guards: %v, want %v\n%s", f.Guards, want, wait)
		}
	}
}

// What is done behind the loop is done as well where a context ends the wait.
func TestActsBehind(t *testing.T) {
	for _, behind := range []string{
		"defer serve(s)", "for range 2 {\nserve(s)\n}", "switch {\ncase s == s:\nserve(s)\n}", "select {\ndefault:\nserve(s)\n}", "if s == s {\nserve(s)\n}",
		"if gone() {\nlog.Print(s)\n}", "switch gone() {\ncase true:\nlog.Print(s)\n}", "for gone() {\nlog.Print(s)\n}", "var ok = gone()\nlog.Print(ok)", "log.Print(gone())", "if s == \"\" {\nreturn 1, closer.Close()\n}", "if closer.Close() != nil {\nlog.Print(s)\n}", "if errGaveUp == nil {\nserve(s)\n}",
	} {
		src := "func f(ctx context.Context, s string) (n int, err error) {\nfor n = 0; n < 3; n++ {\nif err = op(); err == nil {\nbreak\n}\ntime.Sleep(time.Second)\n}\n" + behind + "\nreturn n, err\n}\n\nvar over = make(chan int)\n\nvar closer interface{ Close() error }\n\nfunc gone() bool {\nclose(over)\nreturn true\n}\n"
		if got := writetest.Fixed(New, &acme).Of(t, src); strings.Contains(got, "return 0, ") || !strings.Contains(got, "w.Wait(") {
			t.Errorf("%s: got %s", behind, got)
		}
	}
}

// What a pass takes back behind the delay, or puts right there, is not left out where the
// context ends.
func TestRestores(t *testing.T) {
	for _, test := range []struct {
		before, behind string
		leaves         bool
	}{
		{"c.busy = true", "c.busy = false", false},
		{"c.waiting++", "c.waiting--", false},
		{"c.pending[n] = true", "delete(c.pending, n)", false},
		{"c.slots <- 1", "<-c.slots", false},
		{"<-slots", "slots <- 1", false},
		{"stop := c.start()", "stop()", false},
		{"held = true", "held = false", false},
		{"c.take(1)", "c.take(-1)", false},
		{"c.close()", "if c.busy {\nc.open()\n}", false},
		{"c.close()", "if err = c.take(1); err != nil {\nbreak\n}", false},
		{"err = c.take(1)", "c.open()", false},
		{"part := c.part()", "serve(part.name())", false},
		{"part := c.part()", "part.of.close()", false},
		{"c.count(\"failed\")", "c.count(\"again\")", true},
		{"c.close()", "other.open()", true},
		{"use(true)", "use(false)", false},
		{"undo = c.start()", "undo()", false},
		{"undo = func() { c.open() }", "undo()", false},
		{"use(true)", "use(true)", true},
		{"c.all[1][2] = true", "delete(c.all[1], 2)", false},
		{"c.slots <- 1", "k = <-c.slots", false},
		{"c.close()", "go c.open()", false},
		{"c.close()", "func() { c.open() }()", false},
		{"c.close()", "if c.take(1) != nil {\nbreak\n}", false},
		{"c.take(1)", "c.take(2)", true},
		{"c.busy = true", "c.waiting++", true},
		{"k = n", "k = 2 * n", true},
		{"log.Print(c.busy)", "log.Print(c.waiting)", true},
		{"", "if err = op(); err != nil {\nbreak\n}", true},
	} {
		src := "func f(ctx context.Context, c *client, slots chan int) (err error) {\nheld, k, undo := false, 0, func() {}\ndefer func() { log.Print(held) }()\nfor n := 0; n < 3; n++ {\nif err = op(); err == nil {\nreturn nil\n}\n" +
			test.before + "\nif n == 2 {\nbreak\n}\ntime.Sleep(time.Second)\n" + test.behind + "\n}\nlog.Print(k, undo)\nreturn err\n}\n\nvar other = new(client)\n\ntype client struct {\nbusy bool\nall map[int]map[int]bool\nwaiting int\npending map[int]bool\nslots chan int\n}\n\n" +
			"func (c *client) start() func() { return c.close }\n\ntype part struct{ of *client }\n\nfunc (c *client) part() part { return part{c} }\nfunc (part) name() string { return \"\" }\nfunc (c *client) take(n int) error { c.waiting += n; return nil }\nfunc use(on bool) { other.busy = on }\nfunc (c *client) close() { c.busy = false }\nfunc (c *client) open() { c.busy = true }\nfunc (c *client) count(string) { c.waiting++ }\n"
		if got := writetest.Fixed(New, &acme).Of(t, src); strings.Contains(got, "w.Wait(ctx") != test.leaves || !strings.Contains(got, "w.Wait(") {
			t.Errorf("%s, %s: got %s", test.before, test.behind, got)
		}
	}
}
