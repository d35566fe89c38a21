package analyzer_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

// faultTests have, for each fault, loops that have it and loops that do not. Of the
// quiet one, each loop says for itself whether it has jitter.
var faultTests = []struct{ name, src, want string }{
	{"ignores-context", `func f(ctx context.Context) { for range 3 { if op() == nil { return }; time.Sleep(1) } }`, "ignores-context, waits-after-last"},
	{"ignores-context, of the function around", `func f(ctx context.Context) { go func() { for i := 0; ; i++ { if op() == nil || i > 3 { return }; time.Sleep(1) } }() }`, "ignores-context"},
	{"ignores-context, made before", `func f() { ctx, cancel := context.WithTimeout(context.Background(), 9); defer cancel(); for ctx.Err() == nil { if op() == nil { return }; time.Sleep(1) } }`, "ignores-context"},
	{"heeds the context", `func f(ctx context.Context) { for { if op() == nil { return }; select { case <-ctx.Done(): return; case <-time.After(1): } } }`, ""},
	{"heeds the context in a waiter", `func f(ctx context.Context) { for { if op() == nil { return }; if wait(ctx) != nil { return } } }
func wait(ctx context.Context) error { select { case <-ctx.Done(): return ctx.Err(); case <-time.After(1): return nil } }`, ""},
	{"heeds another signal", `func f(ctx context.Context, stop chan struct{}) { for { if op() == nil { return }; select { case <-stop: return; case <-time.After(1): } } }`, ""},
	{"a context of each pass", `func f() { for range 3 { ctx, cancel := context.WithTimeout(context.Background(), 9); err := run(ctx); cancel(); if err == nil { return }; time.Sleep(1) } }`, "waits-after-last"},
	{"a context given in each pass", `func f() { var ctx context.Context; var cancel func(); for range 3 { ctx, cancel = context.WithTimeout(context.Background(), 9); err := run(ctx); cancel(); if err == nil { return }; time.Sleep(1) } }`, "waits-after-last"},
	{"a context that never ends", `func f() { ctx := context.Background(); for range 3 { if run(ctx) == nil { return }; time.Sleep(1) } }`, "waits-after-last"},

	{"waits-after-last", `func f(n int) { for i := 0; i < n; i++ { if op() == nil { return }; time.Sleep(1) } }`, "waits-after-last"},
	{"a last attempt behind the loop", `func f() error { for range 3 { if op() == nil { return nil }; time.Sleep(1) }; return op() }`, ""},
	{"another call of the operation than the last attempt", `func f() error { for range 3 { if run(nil) == nil { return nil }; time.Sleep(1) }; return op() }`, "waits-after-last"},
	{"waits-after-last, of unknown length", `func f(n int, d time.Duration) { for range n { if op() == nil { return }; time.Sleep(d) } }`, "waits-after-last"},
	{"not after the last", `func f(n int) { for i := 0; i < n; i++ { if op() == nil { return }; if i < n-1 { time.Sleep(1) } } }`, ""},
	{"leaves before the wait", `func f(n int) { for i := 1; ; i++ { if op() == nil || i >= n { return }; time.Sleep(1) } }`, ""},
	{"waits first", `func f(n int) { for range n { time.Sleep(1); if op() == nil { return } } }`, ""},
	{"waits between", `func f(n int) { for i := range n { if i > 0 { time.Sleep(1) }; if op() == nil { return } } }`, ""},

	{"unbounded", `func f() { for op() != nil { time.Sleep(1) } }`, "unbounded"},
	{"unbounded service", `func f() { for { if op() != nil { time.Sleep(1) } } }`, "unbounded"},
	{"a deadline", `func f(end time.Time) { for op() != nil { if time.Now().After(end) { return }; time.Sleep(1) } }`, ""},
	{"a stop channel", `func f(stop chan struct{}) { for op() != nil { select { case <-stop: return; case <-time.After(1): } } }`, ""},
	{"a cancelled operation ends it", `func f(ctx context.Context) { for { err := run(ctx); if err == nil || errors.Is(err, context.Canceled) { return }; time.Sleep(1) } }`, "ignores-context"},

	{"a cancelled operation ends it, in a closure", `func f(ctx context.Context) { try := func() error { return run(ctx) }; for { err := try(); if !errors.Is(err, os.ErrExist) { return }; time.Sleep(1) } }`, "ignores-context"},
	{"unbounded in a closure that has no context", `func f() { try := func() error { return op() }; for { err := try(); if !errors.Is(err, os.ErrExist) { return }; time.Sleep(1) } }`, "unbounded"},

	{"no-limit", `func f(d time.Duration) { for op() != nil { time.Sleep(d); d *= 2 } }`, "unbounded, no-limit"},
	{"no-limit, many attempts", `func f(d time.Duration) { for range 20 { if op() == nil { return }; time.Sleep(d); d *= 2 } }`, "no-limit, waits-after-last"},
	{"few attempts", `func f(d time.Duration) { for range 5 { if op() == nil { return }; time.Sleep(d); d *= 2 } }`, "waits-after-last"},
	{"limited", `func f(d time.Duration) { for op() != nil { time.Sleep(d); d = min(2*d, time.Minute) } }`, "unbounded"},
	{"limited by a deadline", `func f(d time.Duration, end time.Time) { for op() != nil { if time.Now().After(end) { return }; time.Sleep(d); d *= 2 } }`, ""},

	{"overflow by shifting", `func f() { for i := 0; op() != nil; i++ { time.Sleep(min(time.Second<<i, time.Minute)) } }`, "overflow, unbounded"},
	{"overflow by multiplying", `func f() { d := time.Second; for op() != nil { time.Sleep(min(d, time.Minute)); d *= 2 } }`, "overflow, unbounded"},
	{"overflow in centuries", `func f() { for i := range 50 { if op() == nil { return }; time.Sleep(time.Second<<i) } }`, "no-limit, waits-after-last"},
	{"too few attempts to overflow", `func f() { for i := range 10 { if op() == nil { return }; time.Sleep(time.Second<<i) } }`, "waits-after-last"},
	{"limited where it grows", `func f() { d := time.Second; for op() != nil { time.Sleep(d); if d *= 2; d > time.Minute { d = time.Minute } } }`, "unbounded"},
	{"a limit that heeds what overflows", `func f() { for i := 0; op() != nil; i++ { d := time.Second<<i; if d <= 0 || d > time.Minute { d = time.Minute }; time.Sleep(d) } }`, "unbounded"},

	{"a delay that is set to 0", `func f() { for i := range 99 { if op() == nil { return }; pause(i) } }
func pause(n int) { d := time.Second << min(n, 5); if n > 5 { d = 0 }; time.Sleep(d) }`, "waits-after-last"},
	{"a delay that is set to 0 before it overflows", `func f() { d := time.Second; for op() != nil { if d > time.Minute { d = 0 }; time.Sleep(d); d *= 20 } }`, "unbounded"},
	{"a delay that counts down", `func f() { d := 3*time.Second; for range 9 { if op() == nil { return }; time.Sleep(d); d -= time.Second } }`, "waits-after-last"},
	{"overflow of floating point", `func f() { for d := 1e9; op() != nil; d *= 10 { time.Sleep(min(time.Duration(d), time.Minute)) } }`, "overflow, unbounded"},
	{"no-wait at first", `func f() { for i := range 3 { if op() == nil { return }; time.Sleep(time.Duration(i)*time.Second) } }`, "no-wait, waits-after-last"},
	{"no-wait at first, of any delay", `func f(d time.Duration) { for i := range 3 { if op() == nil { return }; time.Sleep(time.Duration(i)*d) } }`, "no-wait, waits-after-last"},
	{"no-wait at all", `func f() { d := 0*time.Second; for range 3 { if op() == nil { return }; time.Sleep(d); d *= 2 } }`, "no-wait"},
	{"none before the first attempt", `func f() { for i := range 3 { time.Sleep(time.Duration(i)*time.Second); if op() == nil { return } } }`, ""},
	{"counts from 1", `func f() { for i := 1; i <= 3; i++ { if op() == nil { return }; time.Sleep(time.Duration(i)*time.Second) } }`, "waits-after-last"},

	{"loses-error", `func f() error { for range 3 { if err := op(); err == nil { return nil }; time.Sleep(1) }; return errors.New("gave up") }`, "loses-error, waits-after-last"},
	{"loses-error by its text", `func f(n int) error { for i := 0; ; i++ { err := op(); if err == nil { return nil }; if i >= n { return fmt.Errorf("gave up: %v", err) }; time.Sleep(1) } }`, "loses-error"},
	{"the last attempt returns its error", `func f(n int) error { for i := 1; i <= n; i++ { err := op(); if err == nil { return nil }; if i == n { return err }; time.Sleep(1) }; return errors.New("unreachable") }`, ""},
	{"the last attempt, or a final one, returns its error", `func f() error { for i := 1; i <= 4; i++ { err := op(); if err == nil { return nil }; if final(err) || i == 4 { return err }; time.Sleep(1) }; return nil }`, ""},
	{"the last attempt, or a final one, loses it", `func f() error { for i := 1; ; i++ { err := op(); if err == nil { return nil }; if final(err) || i == 4 { return errors.New("gave up") }; time.Sleep(1) } }`, "loses-error"},
	{"loses-error for none", `func f() error { for range 3 { if op() == nil { return nil }; time.Sleep(1) }; return nil }`, "loses-error, waits-after-last"},
	{"wraps the error", `func f() (err error) { for range 3 { if err = op(); err == nil { return nil }; time.Sleep(1) }; return fmt.Errorf("gave up: %w", err) }`, "waits-after-last"},
	{"returns the error", `func f() (err error) { for range 3 { if err = op(); err == nil { return nil }; time.Sleep(1) }; return err }`, "waits-after-last"},
	{"success breaks", `func f() error { for range 3 { if op() == nil { break }; time.Sleep(1) }; return nil }`, "waits-after-last"},

	{"retries-cancelled", `func f(ctx context.Context) { for range 3 { if run(ctx) == nil { return }; time.Sleep(1) } }`, "retries-cancelled, ignores-context, waits-after-last"},
	{"retries-cancelled in a closure", `func f(ctx context.Context) { try := func() error { return run(ctx) }; for range 3 { if try() == nil { return }; time.Sleep(1) } }`, "retries-cancelled, ignores-context, waits-after-last"},
	{"a closure that tells of a context alone", `func f(ctx context.Context) { try := func() error { tell(ctx, "try"); return op() }; for range 3 { if try() == nil { return }; time.Sleep(1) } }
func tell(ctx context.Context, s string) { fmt.Println(ctx.Value(s)) }`, "ignores-context, waits-after-last"},
	{"a closure that gives a context on inside another", `func f(ctx context.Context) { try := func() (err error) { each(func() { err = run(ctx) }); return err }; for range 3 { if try() == nil { return }; time.Sleep(1) } }
func each(do func()) { do() }`, "retries-cancelled, ignores-context, waits-after-last"},
	{"a closure with a context of its own", `func f() { try := func(ctx context.Context) error { return run(ctx) }; for range 3 { if try(context.Background()) == nil { return }; time.Sleep(1) } }`, "waits-after-last"},
	{"asks the context", `func f(ctx context.Context) { for range 3 { if run(ctx) == nil || ctx.Err() != nil { return }; time.Sleep(1) } }`, "ignores-context, waits-after-last"},
	{"has the error looked at", `func f(ctx context.Context) { for range 3 { if err := run(ctx); err == nil || !again(err) { return }; time.Sleep(1) } }
func again(err error) bool { return err != errFinal }`, "ignores-context, waits-after-last"},

	{"no faults", `func f(ctx context.Context) error { for i := 1; ; i++ { err := run(ctx); if err == nil || i == 3 { return err }; select { case <-ctx.Done(): return ctx.Err(); case <-time.After(1): } } }`, ""},
}

func TestFaults(t *testing.T) {
	const more = `func run(ctx context.Context) error { _, err := net.Dial("tcp", "x"); return err }; var _ = fmt.Sprint` + "\n"
	start := strings.Replace(prelude, `"errors";`, `"errors"; "fmt";`, 1)
	for _, test := range faultTests {
		t.Run(test.name, func(t *testing.T) {
			_, result, _ := snippet(t, analyzer.Options{}, start+more+test.src)
			var got []string
			for _, s := range result.Sites {
				for _, f := range s.Faults {
					if !f.Quiet {
						got = append(got, f.Name)
					}
				}
			}
			if text := strings.Join(got, ", "); text != test.want {
				t.Errorf("got  %s\nwant %s\n%s", text, test.want, test.src)
			}
		})
	}
}

// What growth says of jitter is told by no-jitter, which is not in the message.
func TestNoJitter(t *testing.T) {
	for _, test := range []struct {
		delay string
		want  bool
	}{
		{"time.Second", true},
		{"time.Second + rand.N(time.Second)", false},
		{"rand.N(time.Second)", false},
	} {
		src := `package p; import ("math/rand/v2"; "os"; "time"); var _ = rand.N[int]
func f() { for os.Remove("x") != nil { time.Sleep(` + test.delay + `) } }`
		_, result, diags := snippet(t, analyzer.Options{}, src)
		has := slices.ContainsFunc(result.Sites[0].Faults, func(f analyzer.Fault) bool { return f.Name == "no-jitter" && f.Quiet })
		if has != test.want {
			t.Errorf("%s: no-jitter is told: %t, want %t", test.delay, has, test.want)
		}
		if strings.Contains(diags[0].Message, "jitter") {
			t.Errorf("the message tells of jitter: %s", diags[0].Message)
		}
	}
}

// Of several contexts in scope, the message names the one that the loop names.
func TestFaultsContext(t *testing.T) {
	src := prelude + `func run(ctx context.Context) error { return op() }
func f(ctx context.Context) { before, stop := context.WithCancel(ctx); tell(before); stop(); for range 3 { if run(ctx) == nil { return }; time.Sleep(1) } }
func tell(context.Context) {}`
	if _, _, diags := snippet(t, analyzer.Options{}, src); !strings.Contains(diags[0].Message, "ignores ctx while it waits") {
		t.Errorf("the message is %s", diags[0].Message)
	}
}

// The key faults chooses what is told; the two gravest are in the message.
func TestFaultsChosen(t *testing.T) {
	src := prelude + `func f(ctx context.Context) error { for i := range 3 { if op() == nil { return nil }; time.Sleep(time.Duration(i)*time.Second) }; return errFinal }`
	for _, test := range []struct {
		names      []string
		count      int
		text, lack string
	}{
		{nil, 5, "backoff, which ignores ctx while it waits and does not wait at first: ", "last attempt"},
		{[]string{"all"}, 5, "ignores ctx", "last attempt"},
		{[]string{"waits-after-last"}, 1, "backoff, which waits after the last attempt: ", "ignores"},
		{[]string{"none"}, 0, "backoff: ", "which"},
	} {
		_, result, diags := snippet(t, analyzer.Options{Faults: test.names}, src)
		if n := len(result.Sites[0].Faults); n != test.count {
			t.Errorf("%q: %d faults, want %d", test.names, n, test.count)
		}
		if text := diags[0].Message; !strings.Contains(text, test.text) || strings.Contains(text, test.lack) {
			t.Errorf("%q: the message is %s", test.names, text)
		}
	}
	if err := (analyzer.Options{Faults: []string{"unbound"}}).Validate(); err == nil || !strings.Contains(err.Error(), `unknown fault "unbound": known faults are overflow, `) {
		t.Errorf("the error of an unknown fault is %v", err)
	}
}
