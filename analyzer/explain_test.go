package analyzer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

// prelude is what the snippets of the tables call. It is one line, so that the
// snippets begin at line 2.
const prelude = `package p; import ("context"; "errors"; "log"; "net"; "os"; "time"); ` +
	`var (_ context.Context; _ = errors.New; _ = log.Print; _ net.Conn; _ = os.Open; _ time.Time; errFinal = errors.New("final")); ` +
	`func op() error { return os.Remove("x") }; func get() (string, error) { return os.Readlink("x") }; func ready() bool { return true }; func part(l []string) []string { return l[:len(l)/2] }` + "\n"

var intentTests = []struct{ name, src, want string }{
	{"loop condition", `func f() { for op() != nil { time.Sleep(time.Second) } }`, "retry"},
	{"returns on success", `func f() { for { if op() == nil { return }; time.Sleep(time.Second) } }`, "retry"},
	{"breaks on success", `func f() { for range 3 { if err := op(); err == nil { break }; time.Sleep(time.Second) } }`, "retry"},
	{"continues on failure", `func f() { for { if err := op(); err != nil { time.Sleep(time.Second); continue }; return } }`, "retry"},
	{"final failures", `func f() { for { err := op(); if err == nil || err == errFinal { return }; time.Sleep(time.Second) } }`, "retry"},
	{"operation in a literal", `func f() { for { err := func() error { return op() }(); if err == nil { return }; time.Sleep(time.Second) } }`, "retry"},
	{"func value", `func f(do func() error) { for do() != nil { time.Sleep(time.Second) } }`, "retry"},
	{"exit by panic", `func f() { for { if op() == nil { panic("done") }; time.Sleep(time.Second) } }`, "retry"},
	{"exit by log.Fatal", `func f() { for { if op() == nil { log.Fatal("done") }; time.Sleep(time.Second) } }`, "retry"},
	{"exit by os.Exit", `func f() { for { if op() == nil { os.Exit(0) }; time.Sleep(time.Second) } }`, "retry"},
	{"recursion", `func f() { if op() != nil { time.Sleep(time.Second); f() } }`, "retry"},
	{"counted recursion", `func f(left int) { _, err := get(); log.Print(err); if !ready() && left > 0 { time.Sleep(time.Second); f(left-1) } }`, "retry"},
	{"counted recursion by another function", `func f(left int) { g("x", left) }; func g(s string, left int) { _, err := get(); log.Print(s, err); if !ready() && left > 0 { time.Sleep(time.Second); f(left-1) } }`, "retry"},
	{"counted recursion in a literal", `func f(left int) { func() { _, err := get(); log.Print(err); if !ready() && left > 0 { time.Sleep(time.Second); f(left-1) } }() }`, "retry"},
	{"goto", `func f() {
again:
	if op() != nil { time.Sleep(time.Second); goto again } }`, "retry"},
	{"delay first", `func f() { for { time.Sleep(time.Second); if op() == nil { return } } }`, "retry"},
	{"success sends", `func f(c chan string) { for { s, err := get(); if err == nil { c <- s; return }; time.Sleep(time.Second) } }`, "retry"},

	{"until nothing remains", `func f(l []string) { for { rest := part(l); if len(rest) == 0 { return }; l = rest; time.Sleep(time.Second) } }`, "retry"},
	{"until nothing remains, in a variable", `func f(l []string) { for { rest := part(l); done := len(rest) == 0; if done { return }; l = rest; time.Sleep(time.Second) } }`, "retry"},
	{"until none remains", `func f(l []string) { for { rest := part(l); if 0 == len(rest) { return }; l = rest; time.Sleep(time.Second) } }`, "retry"},
	{"until less than one remains", `func f(l []string) { for { rest := part(l); if len(rest) < 1 { return }; l = rest; time.Sleep(time.Second) } }`, "retry"},
	{"while at least one remains", `func f(l []string) { for { rest := part(l); if 1 <= len(rest) { l = rest; time.Sleep(time.Second); continue }; return } }`, "retry"},
	{"until one remains", `func f(l []string) { for { rest := part(l); if len(rest) == 1 { return }; l = rest; time.Sleep(time.Second) } }`, "poll"},

	{"next after success", `func f() { for { if op() != nil { time.Sleep(time.Second) } } }`, "reconnect"},
	{"success sends and goes on", `func f(c chan string) { for { s, err := get(); if err != nil { time.Sleep(time.Second); continue }; c <- s } }`, "reconnect"},
	{"until cancelled", `func f(ctx context.Context) { for ctx.Err() == nil { if op() != nil { time.Sleep(time.Second) } } }`, "reconnect"},
	{"longer after failure", `func f() { d := time.Second; for { if op() != nil { d *= 2 } else { d = time.Second }; time.Sleep(d) } }`, "reconnect"},

	{"bool of the state", `func f() { for !ready() { time.Sleep(time.Second) } }`, "poll"},
	{"state in a variable", `func f(n *int) { for *n > 0 { time.Sleep(time.Second) } }`, "poll"},
	{"failing probe returns", `func f() error { for { s, err := get(); if err != nil { return err }; if s == "up" { return nil }; time.Sleep(time.Second) } }`, "poll"},
	{"until there is an error", `func f() { for op() == nil { time.Sleep(time.Second) } }`, "poll"},

	{"counted, until a state", `func f() bool { for i := 0; i < 50; i++ { if ready() { return true }; time.Sleep(time.Second) }; return false }`, "poll"},
	{"range over a number, until a state", `func f() bool { for range 50 { if ready() { return true }; time.Sleep(time.Second) }; return false }`, "poll"},
	{"range over items, until a state", `func f(l []string) bool { for range l { if ready() { return true }; time.Sleep(time.Second) }; return false }`, "pace"},

	{"after success and failure", `func f() { for { if err := op(); err != nil { log.Print(err) }; time.Sleep(time.Second) } }`, "periodic"},
	{"range over a ticker", `func f() { for range time.Tick(time.Second) { if err := op(); err != nil { log.Print(err) } } }`, "periodic"},
	{"ended by a failure", `func f(t *time.Ticker) { for { <-t.C; err := op(); if err != nil { return } } }`, "periodic"},
	{"ended by a failure in a variable", `func f(t *time.Ticker) { for { <-t.C; err := op(); bad := err != nil; if bad { return } } }`, "periodic"},
	{"outcome not looked at", `func f() { for { op(); time.Sleep(time.Second) } }`, "periodic"},

	{"items", `func f(names []string) { for _, name := range names { os.Remove(name); time.Sleep(time.Second) } }`, "pace"},
	{"another item after failure", `func f(names []string) { for _, name := range names { if os.Remove(name) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"counted, whether it fails or not", `func f() { for i := 0; i < 3; i++ { if op() != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"range over a number, whether it fails or not", `func f() { for range 3 { if op() != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"counted", `func f() { for i := 0; i < 3; i++ { log.Print(i); time.Sleep(time.Second) } }`, "pace"},
}

func TestIntent(t *testing.T) {
	for _, test := range intentTests {
		t.Run(test.name, func(t *testing.T) {
			_, result, _ := snippet(t, analyzer.Options{Rules: loopRules}, prelude+test.src)
			if len(result.Sites) != 1 {
				t.Fatalf("%d sites, want 1\n%s", len(result.Sites), test.src)
			}
			if got := result.Sites[0]; got.Intent != test.want {
				t.Errorf("got %s (%s), want %s\n%s", got.Intent, got.Explain(), test.want, test.src)
			}
		})
	}
}

// Nothing in these is a site at all.
func TestNoSite(t *testing.T) {
	for _, test := range []struct{ name, src string }{
		{"no delay", `func f() { for op() != nil { } }`},
		{"no cycle", `func f() { if op() != nil { time.Sleep(time.Second) } }`},
		{"delay behind the loop", `func f() { for op() != nil { }; time.Sleep(time.Second) }`},
		{"delay before leaving", `func f() { for { if op() != nil { time.Sleep(time.Second); return } } }`},
		{"delay before the loop", `func f() { for time.Sleep(time.Second); op() != nil; { } }`},
		{"delay in the range's operand", `func f() { for range func() []int { time.Sleep(time.Second); return nil }() { op() } }`},
		{"another goroutine", `func f() { for op() != nil { go time.Sleep(time.Second) } }`},
		{"deferred", `func f() { for op() != nil { defer time.Sleep(time.Second) } }`},
		{"default", `func f(c <-chan time.Time) { for op() != nil { select { case <-c: default: } } }`},
		{"time.Time.After", `func f(t time.Time) { for op() != nil { _ = time.Now().After(t) } }`},
		{"limit", `func f() { end := time.After(time.Second); for { select { case <-end: return; default: op() } } }`},
		{"unreachable", `func f() { return; for op() != nil { time.Sleep(time.Second) } }`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, result, _ := snippet(t, analyzer.Options{}, prelude+test.src)
			for _, s := range result.Sites {
				t.Errorf("got %s: %s\n%s", s.Intent, s.Explain(), test.src)
			}
		})
	}
}

// The snippets begin at line 2.
var explanationTests = []struct{ name, src, want string }{
	{"retry", `func f() error {
	var err error
	for i := 1; i <= 4; i++ {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return err
}`, "4: reported: the delay at line 8 is taken only after a failure of op (line 5); 4 attempts; waits 1s, 2s, 3s, 4s (10s in all)"},
	{"reconnect", `func f(ctx context.Context, ln net.Listener) {
	delay := time.Second
	for ctx.Err() == nil {
		conn, err := ln.Accept()
		if err != nil {
			time.Sleep(delay)
			delay = min(2*delay, time.Minute)
			continue
		}
		delay = time.Second
		conn.Close()
	}
}`, "4: reported: the delay at line 7 follows a failure of ln.Accept (line 5), and success goes round without it; " +
		"a context, capped; waits 1s, 2s, 4s, 8s, 16s, 32s, 1m, 1m, …"},
	{"longer after failure", `func f() {
	delay := time.Second
	for {
		if op() != nil {
			delay *= 2
		} else {
			delay = time.Second
		}
		time.Sleep(delay)
	}
}`, "4: reported: the delay at line 10 grows only after a failure of op (line 5); no bound"},
	{"after success", `func f() {
	for {
		if err := op(); err != nil {
			log.Print(err)
		}

		time.Sleep(time.Hour)
	}
}`, "3: not reported: the delay at line 8 is also taken after op (line 4) succeeds"},
	{"poll", `func f() {

	for !ready() {
		time.Sleep(time.Second)
	}
}`, "4: not reported, the rule poll-loop is off: nothing in it tells failure from success, so no failure leads to the delay at line 5"},
	{"failure ends", `func f() error {
	for {
		s, err := get()
		if err != nil {
			return err
		}
		if s == "up" {
			return nil
		}
		time.Sleep(time.Second)
	}
}`, "3: not reported, the rule poll-loop is off: after a failure of get (line 4) no delay leads to another attempt"},
	{"another item", `func f(names []string) {
	for _, name := range names {
		if err := os.Remove(name); err != nil {
			time.Sleep(time.Second)
		}
	}
}`, "3: not reported: after the delay at line 5 the next pass works on another item and does not repeat os.Remove (line 4)"},
	{"several that fail", `func f() {
	for {
		s, err := get()
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		if err := os.Remove(s); err != nil {
			time.Sleep(time.Second)
			continue
		}
		return
	}
}`, "3: reported: the delay at line 10 is taken only after a failure of os.Remove (line 9); no bound; waits 1s each time"},
	{"a context of the pass", `func f(parent context.Context, watch func(context.Context)) {
	for {
		ctx, cancel := context.WithCancel(parent)
		watch(ctx)
		if ctx.Err() != nil {
			cancel()
			time.Sleep(time.Second)
			continue
		}
		log.Print("goes on")
	}
}`, "3: reported: the delay at line 8 follows the end of ctx (line 6), and success goes round without it; no bound; waits 1s each time"},
	{"counted failures", `func f() error {
	for failures := 0; ; {
		if err := op(); err != nil {
			if failures++; failures > 10 {
				return err
			}
			time.Sleep(time.Second)
			continue
		}
		failures = 0
	}
}`, "3: reported: the delay at line 8 follows a failure of op (line 4), and success goes round without it; 11 failures; waits 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, … (10s in all)"},
	{"counted passes", `func f() {
	for i := 0; i < 3; i++ {
		if err := op(); err != nil {
			time.Sleep(time.Second)
		}
	}
}`, "3: not reported: the delay at line 5 follows a failure of op (line 4), but the passes are counted, and success does not end them"},
	{"counted back", `func f(names []string) {
	for i := 0; i < len(names); i++ {
		if err := os.Remove(names[i]); err != nil {
			time.Sleep(time.Second)
			i--
		}
	}
}`, "3: reported: the delay at line 5 follows a failure of os.Remove (line 4), and success goes round without it; waits 1s each time"},
	{"counted for another reason", `func f(names chan string) {
	for n := 0; len(names) > 0; n++ {
		if err := os.Remove("x"); err != nil {
			time.Sleep(time.Second)
			continue
		}
		log.Print(n)
	}
}`, "3: reported: the delay at line 5 follows a failure of os.Remove (line 4), and success goes round without it; no bound; waits 1s each time"},
	{"an error that is made", `func refused(s string) error { return errors.New(s) }

func f(names []string) error {
	for _, name := range names {
		if name == "" {
			return refused("no name")
		}
		time.Sleep(time.Second)
	}
	return nil
}`, "5: not reported: nothing in it tells failure from success, so no failure leads to the delay at line 9"},
	{"the delay that decides", `func f() {
	for i := 0; i < 3; i++ {
		if i > 5 {
			time.Sleep(time.Minute)
			return
		}
		if op() == nil {
			return
		}
		log.Print("again")
		<-time.After(time.Second)
	}
}`, "3: reported: the delay at line 12 is taken only after a failure of op (line 8); 3 attempts; waits 1s, 1s, 1s (3s in all)"},
	{"a delay that success takes, too", `func f() error {
	for range 3 {
		err := op()
		time.Sleep(time.Second)
		if err == nil {
			return nil
		}
	}
	return errFinal
}`, "3: reported: another attempt follows the delay at line 5 only after a failure of op (line 4); 3 attempts; waits 1s, 1s, 1s (3s in all)"},
	{"the operation that decides", `func f() {
	for {
		if s, err := get(); err != nil {
			log.Print(err)
		} else {
			log.Print(s)
		}
		if op() == nil {
			return
		}
		time.Sleep(time.Second)
	}
}`, "3: reported: the delay at line 12 is taken only after a failure of op (line 9); no bound; waits 1s each time"},
	{"recursion", `func f(left int) error {
	err := op()
	if err == nil || left == 0 {
		return err
	}
	time.Sleep(time.Second)
	return f(left - 1)
}`, "2: reported: the delay at line 7 is taken only after a failure of op (line 3); a count of attempts"},
	{"recursion by another function", `func f(left int) error { return g(left) }

func g(left int) error {
	err := op()
	if err == nil || left == 0 {
		return err
	}
	time.Sleep(time.Second)
	return f(left - 1)
}`, "4: reported: the delay at line 9 is taken only after a failure of op (line 5); a count of attempts"},
	{"recursion in a literal", `func f(left int) error {
	return func() error {
		err := op()
		if err == nil || left == 0 {
			return err
		}
		time.Sleep(time.Second)
		return f(left - 1)
	}()
}`, "3: reported: the delay at line 8 is taken only after a failure of op (line 4); a count of attempts"},
	{"an error that something else looks at", `var ended func(*error) bool
func f() {
	for {
		_, err := get()
		if ended(&err) {
			return
		}
		if err == nil || err == errFinal {
			return
		}
		time.Sleep(time.Second)
	}
}`, "4: reported: the delay at line 12 is taken only after a failure, such as that of get (line 5); no bound; waits 1s each time"},
	{"a failure before the last call", `var more func(string) bool
func f() {
	for {
		time.Sleep(time.Second)
		s, err := get()
		if err != nil {
			continue
		}
		if more(s) {
			continue
		}
		if op() != nil {
			continue
		}
		return
	}
}`, "4: reported: the delay at line 5 is taken only after a failure, such as that of get (line 6); no bound; waits 1s each time"},
	{"a failure that is logged and overwritten", `var next chan string
func f() {
	for range next {
		_, err := get()
		if err != nil {
			log.Print(err)
		}
		err = op()
		if err != nil {
			time.Sleep(time.Second)
		}
	}
}`, "4: reported: the delay at line 11 follows a failure of op (line 9), and success goes round without it; no bound"},
	{"an error that nobody looks at", `func f() {
	for {
		s, _ := get()
		log.Print(s)
		if err := op(); err != nil {
			log.Print(err)
		}
		time.Sleep(time.Second)
	}
}`, "3: not reported: the delay at line 9 is also taken after op (line 6) succeeds"},
	{"label", `func f() {
	log.Print("start")
again:
	if err := op(); err != nil {
		time.Sleep(time.Second)
		goto again
	}
}`, "4: reported: the delay at line 6 is taken only after a failure of op (line 5); no bound; waits 1s each time"},
	{"function that waits", `func pause() {
	time.Sleep(time.Second)
}
func f() {
	for op() != nil {
		pause()
	}
}`, "6: reported: the delay at line 7 is taken only after a failure of op (line 6); no bound; waits 1s each time"},
	{"named number of attempts", `func f(attempts int) {
	for range attempts {
		if op() == nil {
			return
		}
		time.Sleep(time.Second)
	}
}`, "3: reported: the delay at line 7 is taken only after a failure of op (line 4); at most attempts attempts; waits 1s each time"},
}

// noHelper ends the explanation of what is reported where no helper is known.
const noHelper = "; no fix: it is not known which helper to call: run sharedretry -init, or set helper in .sharedretry.yml"

func TestExplanation(t *testing.T) {
	for _, test := range explanationTests {
		t.Run(test.name, func(t *testing.T) {
			fset, result, _ := snippet(t, analyzer.Options{Faults: []string{"none"}}, prelude+test.src)
			var got []string
			for _, s := range result.Sites {
				text, told := strings.CutSuffix(s.Explain(), noHelper)
				if told != (s.Rule != "") {
					t.Errorf("the reason why there is no fix: %t\n%s", told, text)
				}
				got = append(got, fmt.Sprintf("%d: %s", fset.Position(s.Pos).Line, text))
			}
			if text := strings.Join(got, "\n"); text != test.want {
				t.Errorf("got  %s\nwant %s\n%s", text, test.want, test.src)
			}
		})
	}
}
