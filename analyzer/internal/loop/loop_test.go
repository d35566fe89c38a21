package loop

import (
	"go/ast"
	"go/types"
	"strconv"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

// A tested is a loop of the function f, with the text of its file.
type tested struct {
	*Loop
	t    *testing.T
	text edit.Source
}

// in returns the loop of f in src; the source of f is its body, if it does not say
// func itself.
func in(t *testing.T, src string) (tested, reason.Refusal) {
	t.Helper()
	if !strings.Contains(src, "func ") {
		src = "func f() {\nvar err error\n_ = err\n" + src + "\n}\n"
	}
	pkg := sourcetest.Package(t, sourcetest.Head+src)
	fn, cycle := sourcetest.Cycle(t, pkg)
	l, refusal := New(pkg, fn, cycle)
	return tested{l, t, edit.Source{File: pkg.Files[0], Src: []byte(sourcetest.Head + src)}}, refusal
}

// must is in for a loop that is read.
func must(t *testing.T, src string) tested {
	t.Helper()
	l, refusal := in(t, src)
	if refusal != nil {
		t.Fatal(src, refusal.Reason())
	}
	return l
}

// find returns the last node of f that is written so; an expression, if expr.
func (l tested) find(text string, expr bool) (found ast.Node) {
	l.t.Helper()
	ast.Inspect(l.Func.Node, func(n ast.Node) bool {
		if n == nil {
			return false
		}
		if _, isExpr := n.(ast.Expr); isExpr == expr && l.text.Text(n) == text {
			found = n
		}
		return true
	})
	if found == nil {
		l.t.Fatalf("no %s in %s", text, l.text.Text(l.Func.Node))
	}
	return found
}

func (l tested) expr(text string) ast.Expr { return l.find(text, true).(ast.Expr) }
func (l tested) stmt(text string) ast.Stmt { return l.find(text, false).(ast.Stmt) }

// object returns what the first identifier called name stands for.
func (l tested) object(name string) (obj types.Object) {
	ast.Inspect(l.Func.Node, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && obj == nil && id.Name == name {
			obj = l.Info.ObjectOf(id)
		}
		return obj == nil
	})
	return obj
}

func TestNew(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"for { op() }", "last"},
		{"for { op() }\nop()", "last, 1 behind"},
		{"if err == nil {\nfor { op() }\nop()\n}\nreturn", "1 behind"},
		{"again: for { op(); continue again }", "label again, last"},
		{"for range 3 { op() }\nreturn", "last, 1 behind"},
		{"again: op()\nif err != nil {\ngoto again\n}\nreturn", "label again, last, 1 behind, goto"},
		{"again: v, err := get()\nif err != nil {\ngoto again\n}\nserve(v)\nreturn", "label again, last, 2 behind, goto, leaks"},
		{"again: goto again", "label again, last, goto"},
		{"func f() { f() }", "refused"},
	} {
		l, refusal := in(t, test.src)
		var got []string
		if refusal != nil {
			got = append(got, "refused")
		} else {
			if l.Label != "" {
				got = append(got, "label "+l.Label)
			}
			if l.Last {
				got = append(got, "last")
			}
			if n := len(l.After); n > 0 {
				got = append(got, strconv.Itoa(n)+" behind")
			}
			if l.IsGoto() {
				got = append(got, "goto")
			}
			if l.Leaks {
				got = append(got, "leaks")
			}
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s: got %s, want %s", test.src, got, test.want)
		}
	}
}

// What a variable is to a loop: the letters stand for assigned, observed, kept,
// redeclared, liftable, read after.
func TestVariables(t *testing.T) {
	for _, test := range []struct{ src, name, want string }{
		{"x := 1\nfor { op(); x++ }", "x", "a"},
		{"x := 1\nfor { op(); log.Print(x) }", "x", ""},
		{"x := 1\nfor { op(); x = 2; break }\nlog.Print(x)", "x", "af"},
		{"x := 1\nfor { op(); x = 2; break }\nx = 3\nlog.Print(x)", "x", "af"},
		{"for range 3 {\nx := 1\nfor { op(); x++; break }\nlog.Print(x)\n}", "x", "af"},
		{"x := 1\nfor range 3 {\nlog.Print(x)\nfor { op(); x++; break }\n}", "x", "af"},
		{"func f() (err error) { for { if err = op(); err == nil { break } }\nreturn }", "err", "af"},
		{"x := 1\ndefer func() { log.Print(x) }()\nfor { op(); x++ }", "x", "ao"},
		{"x := 1\np := &x\nfor { op(); *p = 2 }", "x", "o"},
		{"x := 1\nfor { op(); defer func() { log.Print(x) }() }", "x", "ok"},
		{"x := 1\nfor { op(); log.Print(&x) }", "x", "aok"},
		{"x := 1\nfor { op(); log.Print(x); x := 2; log.Print(x) }", "x", "r"},
		{"for x, n := 1, 0; n < 3; n++ { op(); log.Print(x) }", "x", "al"},
		{"for x, n := 1, 0; n < 3; n++ { op(); log.Print(x) }", "n", "a"},
	} {
		l := must(t, test.src)
		obj := l.object(test.name)
		var got string
		for _, q := range []struct {
			letter string
			holds  bool
		}{
			{"a", l.Assigns(obj)}, {"o", l.Observed(obj)}, {"k", l.Kept(obj)}, {"r", l.Redeclared(obj)}, {"l", l.Liftable(obj)}, {"f", l.ReadsAfter(obj, nil)},
		} {
			if q.holds {
				got += q.letter
			}
		}
		if got != test.want {
			t.Errorf("%s: %s is %q, want %q", test.src, test.name, got, test.want)
		}
	}
}

const steadyHead = `type config struct{ delay time.Duration; hosts map[string]int }

var (
	global  time.Duration
	changed time.Duration
	conf    = &config{}
)

func change()              { changed++ }
func tell() time.Duration  { return global }
func told() time.Duration  { return changed }
func fill(c *config)       { c.delay = 1 }
func newConfig() *config   { c := &config{}; c.delay = 2; return c }

// Limit may be set by every package.
var Limit = 3

type doer interface{ Do() error }

type client struct {
	tries, most, kept int
	Open              int
	Inner             struct{ Open int }
	do                doer
}

func (c *client) SetTries(n int)  { c.tries = n }
func (c *client) setMost(n int)   { c.most = n }
func WithKept(n int) func(*client) { return func(c *client) { c.kept = n } }
func NewClient() *client          { c := &client{}; c.kept = 2; return c }

`

// Whether an expression means the same in each pass, and before the loop.
func TestSteady(t *testing.T) {
	for _, test := range []struct {
		src, expr       string
		steady, visible bool
	}{
		{"d := time.Second\nfor { op(); time.Sleep(d) }", "d", true, true},
		{"for { op(); time.Sleep(global) }", "global", true, true},
		{"for { op(); change(); time.Sleep(changed) }", "changed", false, true},
		{"for { op(); time.Sleep(tell()) }", "tell()", true, true},
		{"for { op(); change(); time.Sleep(told()) }", "told()", false, true},
		{"for { op(); newConfig(); time.Sleep(conf.delay) }", "conf.delay", true, true},
		{"for { op(); fill(conf); time.Sleep(conf.delay) }", "conf.delay", false, true},
		{"for { op(); conf.hosts[\"a\"]++; log.Print(len(conf.hosts)) }", "len(conf.hosts)", false, true},
		{"for { op(); log.Print(len(conf.hosts)) }", "len(conf.hosts)", true, true},
		{"for { op(); d := time.Second; time.Sleep(d) }", "d", true, false},
		{"d := time.Second\np := &d\nfor { op(); time.Sleep(d); log.Print(p) }", "d", false, true},
		{"hook := change\nfor { hook(); time.Sleep(changed) }", "changed", false, true},
		{"hook := tell\nfor { hook(); time.Sleep(changed) }", "changed", true, true},
		{"ch := make(chan int)\nfor { op(); log.Print(<-ch) }", "<-ch", true, false},
	} {
		l := must(t, steadyHead+"func f() {\n"+test.src+"\n}\n")
		e := l.expr(test.expr)
		if got := l.Steady(e); got != test.steady {
			t.Errorf("%s: %s is steady: %v", test.src, test.expr, got)
		}
		if got := l.VisibleBefore(e); got != test.visible {
			t.Errorf("%s: %s is visible before: %v", test.src, test.expr, got)
		}
	}
}

// A function that the package does not have may call what is exported, and may write what
// it is handed.
func TestSteadyOpen(t *testing.T) {
	for _, test := range []struct {
		params, body, expr string
		steady             bool
	}{
		{"c *client, try func() error", "try()", "c.tries", false},
		{"c *client", "c.do.Do()", "c.tries", false},
		{"c *client", "op()", "c.tries", true},
		{"c *client, try func() error", "try()", "c.most", true},
		{"c *client, try func() error", "try()", "c.kept", true},
		{"c *client, try func() error", "try()", "c.Open", true},
		{"c *client, try func(*client) error", "try(c)", "c.Open", false},
		{"c *client, try func(*client) error", "try(c)", "c.Inner.Open", false},
		{"c *client, try func(*client) error", "try(c)", "c.most", true},
		{"c *client, try func(client) error", "try(*c)", "c.Open", true},
		{"c *client", "errors.As(nil, c)", "c.Open", false},
		{"c *client", "log.Print(c)", "c.Open", true},
		{"c *client", "parse()", "c.Open", true},
		{"try func() error", "try()", "Limit", false},
		{"", "op()", "Limit", true},
		{"", "rand.Int()", "Limit", true},
		{"", "rand.Int()", "time.Local", true},
		{"", "time.Now()", "time.Local", false},
		{"n *int, try func(*int) error", "try(n)", "*n", false},
		{"n []int, try func([]int) error", "try(n)", "n[0]", false},
		{"n map[int]int, try func(map[int]int) error", "try(n)", "len(n)", false},
		{"n []int, try func([]int) error", "try(n)", "len(n)", true},
	} {
		l := must(t, steadyHead+"func parse() { c := &client{}; errors.As(nil, c) }\nfunc f("+test.params+") {\nfor { "+test.body+"; use("+test.expr+") }\n}\nfunc use(any) {}\n")
		if got := l.Steady(l.expr(test.expr)); got != test.steady {
			t.Errorf("f(%s) { %s }: %s is steady: %v", test.params, test.body, test.expr, got)
		}
	}
}

// Who fills in a struct before the loop does not change it later.
func TestSteadyDelay(t *testing.T) {
	l := must(t, steadyHead+"func f() {\nvar c config\nfill(&c)\nfor { op(); time.Sleep(c.delay) }\n}\n")
	if e := l.expr("c.delay"); l.Steady(e) || !l.SteadyDelay(e) {
		t.Errorf("steady is %v, as a delay %v", l.Steady(e), l.SteadyDelay(e))
	}
}

func TestAttemptBefore(t *testing.T) {
	for _, test := range []struct{ src, first string }{
		{"err = op()\nfor err != nil { err = op() }", "err = op()"},
		{"err = op()\nn := 0\nfor err != nil { n++; err = op() }", "err = op()"},
		{"err = op()\nfailed := err != nil\nfor failed { err = op() }", ""},
		{"op()\nfor err != nil { err = op() }", ""},
		{"func f() (err error) { for err != nil { err = op() }\nreturn err }", ""},
	} {
		l := must(t, test.src)
		got := ""
		if first, _ := l.AttemptBefore(); first != nil {
			got = l.text.Text(first)
		}
		if got != test.first {
			t.Errorf("%s: got %q, want %q", test.src, got, test.first)
		}
	}
}

func TestWhere(t *testing.T) {
	l := must(t, `for {
	err = op()
	if err == nil {
		break
	}
	switch { case final(err): serve("final") }
	for range 3 { serve("inner") }
}`)
	if got := l.IfAround(l.stmt("break")); got == nil || l.text.Text(got.Cond) != "err == nil" {
		t.Errorf("around the break: %v", got)
	}
	if got := l.Conds(l.stmt(`serve("final")`)); len(got) != 1 || l.text.Text(got[0]) != "final(err)" {
		t.Errorf("the conditions of a case: %v", got)
	}
	if got := l.Around(l.expr("op()")); got != l.stmt("err = op()") {
		t.Errorf("around the attempt: %v", got)
	}
	if got := l.Around(l.stmt(`serve("inner")`)); got != nil {
		t.Errorf("around what is in a loop inside: %v", got)
	}
}

func TestAsksFrame(t *testing.T) {
	for src, want := range map[string]bool{
		"for { op() }":                         false,
		"for { op(); recover() }":              true,
		"for { op(); func() { recover() }() }": false,
		"for { op(); cleanUp() }":              false, // it asks for its own frame
		"for { op(); log.Output(1, line) }":    false, // of the line that calls it
		"for { op(); log.Output(2, line) }":    true,
		"for { op(); own() }":                  false,
		"for { op(); caller() }":               true,
		"for { op(); deeper() }":               true,
		"for { op(); logged() }":               true,
	} {
		l := must(t, `const line = "it failed"
func cleanUp() { recover() }
func own() { _, _, _, _ = runtime.Caller(0) }
func caller() { _, _, _, _ = runtime.Caller(1) }
func deeper() { deep() }
func deep() { _, _, _, _ = runtime.Caller(2) }
func logged() { log.Default().Output(3, line) }
`+"func f() {\n"+src+"\n}\n")
		if got := l.AsksFrame().IsValid(); got != want {
			t.Errorf("%s: %v", src, got)
		}
	}
}

func TestOnlyLogs(t *testing.T) {
	l := must(t, "for { op(); log.Print(1); serve(\"\"); log.Fatal(2) }")
	for text, want := range map[string]bool{"log.Print(1)": true, "serve(\"\")": false, "log.Fatal(2)": false, "op()": false} {
		if got := l.OnlyLogs(l.stmt(text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// A variable of a function is another one when the function runs again.
func TestSteadyAnew(t *testing.T) {
	const src = `type runner interface{ f() }

type job struct{ wait time.Duration; other runner }

func (j *job) f() {
	delay := time.Second
	if j.wait > 0 {
		delay = j.wait
	}
	for {
		j.other.f()
		time.Sleep(delay)
		time.Sleep(j.wait)
		j.set()
	}
}

func (j *job) set() { j.wait++ }
`
	l := must(t, src)
	if !l.Steady(l.expr("delay")) {
		t.Error("delay is not steady")
	}
	if l.Steady(l.expr("j.wait")) {
		t.Error("j.wait is steady")
	}
}

// A default that is set where there is no value yet changes no delay that is there.
func TestSteadyDefault(t *testing.T) {
	const src = `type options struct{ first, other time.Duration }

type setter interface{ set() }

func (o *options) set() {
	if o.first == 0 {
		o.first = time.Second
	}
	switch o.other {
	case 0:
		o.other = time.Second
	}
	if o.first == 0 {
		o.other = time.Minute
	}
}

func f(o *options, s setter) {
	for {
		s.set()
		time.Sleep(o.first)
		time.Sleep(o.other)
	}
}
`
	l := must(t, src)
	if e := l.expr("o.first"); !l.SteadyDelay(e) || l.Steady(e) {
		t.Errorf("steady is %v, as a delay %v", l.Steady(e), l.SteadyDelay(e))
	}
	if l.SteadyDelay(l.expr("o.other")) {
		t.Error("what another field decides is steady")
	}
}
