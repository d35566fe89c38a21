package growth

import (
	"testing"
	"time"
)

const unclear = "unclear"

var scheduleTests = []struct{ name, src, want string }{
	{"constant", `func f() { for i := 0; i < 3; i++ { if op() == nil { return }; time.Sleep(time.Second) } }`, "waits 1s, 1s, 1s (3s in all)"},
	{"not after the last", `func f() { for i := 0; i < 3; i++ { if op() == nil { return }; if i < 2 { time.Sleep(time.Second) } } }`, "waits 1s, 1s (2s in all)"},
	{"a function that loops", `func g(n int) time.Duration { d := time.Second; for d < 4*time.Second && n > 0 { d *= 2; n-- }; return d }
func f() { for i := 0; i < 4; i++ { op(); time.Sleep(g(i)) } }`, "waits 1s, 2s, 4s, 4s (11s in all)"},
	{"a function that loops by what is not known", `func g(n int) time.Duration { d := time.Second; for op() != nil { d *= 2 }; return d }
func f() { for i := 0; i < 4; i++ { op(); time.Sleep(g(i)) } }`, unclear},
	{"a count that others may change", `func f() { for i := range 3 { note(&i); if op() == nil { return }; if i < 2 { time.Sleep(time.Second) } } }
func note(*int)`, unclear},
	{"returns before the wait", `func f() { for i := 0; ; i++ { if op() == nil || i == 2 { return }; time.Sleep(time.Second) } }`, "waits 1s, 1s (2s in all)"},
	{"waits before all but the first", `func f() { for i := 0; i < 3; i++ { if i > 0 { time.Sleep(time.Second * time.Duration(i)) }; if op() == nil { return } } }`, "waits 1s, 2s (3s in all)"},
	{"a wait in front of what ends", `func f() { for i := 0; i < 5; i++ { if op() == nil { return }; if !nap(time.Second) || i == 3 { return } } }
func nap(d time.Duration) bool { time.Sleep(d); return cond() }`, "waits 1s, 1s, 1s, 1s (4s in all)"},
	{"a wait behind what ends", `func f() { for i := 0; i < 5; i++ { if op() == nil { return }; if i == 3 || !nap(time.Second) { return } } }
func nap(d time.Duration) bool { time.Sleep(d); return cond() }`, "waits 1s, 1s, 1s (3s in all)"},
	{"what a function computes before it waits", `func f() { for i := 0; i < 4; i++ { if op() == nil { return }; nap(i) } }
func nap(n int) { d := time.Second << n; if d > 3*time.Second { d = 3 * time.Second }; time.Sleep(d) }`, "waits 1s, 2s, 3s, 3s (9s in all)"},
	{"what a function computes in a block", `func f() { for i := 0; i < 4; i++ { if op() == nil { return }; nap(i) } }
func nap(n int) { d := time.Second << n; { d *= 10; time.Sleep(d) } }`, unclear},
	{"linear", `func f() { for i := 0; i < 4; i++ { op(); time.Sleep(time.Duration(i+1) * time.Second) } }`, "waits 1s, 2s, 3s, 4s (10s in all)"},
	{"waits of zero", `func f() { for i := range 3 { op(); time.Sleep(time.Duration(i) * time.Second) } }`, "waits 0s, 1s, 2s (3s in all)"},
	{"less than zero", `func f() { for i := range 3 { op(); time.Sleep(time.Duration(i-1) * time.Second) } }`, "waits 0s, 0s, 1s (1s in all)"},
	{"nothing", `func f() { for range 3 { n := 0; op(); time.Sleep(time.Duration(n) * time.Second); n++ } }`, "waits 0s each time"},
	{"step", `func f() { d := time.Second; for range 3 { op(); time.Sleep(d); d += time.Second } }`, "waits 1s, 2s, 3s (6s in all)"},
	{"doubles to a limit", `func f() { d := time.Second; for range 5 { op(); time.Sleep(d); d *= 2; if d > 5*time.Second { d = 5 * time.Second } } }`, "waits 1s, 2s, 4s, 5s, 5s (17s in all)"},
	{"min", `func f() { d := time.Second; for range 4 { op(); time.Sleep(d); d = min(d*2, 3*time.Second) } }`, "waits 1s, 2s, 3s, 3s (9s in all)"},
	{"shift", `func f() { for i := 0; i < 4; i++ { op(); time.Sleep(time.Millisecond << i) } }`, "waits 1ms, 2ms, 4ms, 8ms (15ms in all)"},
	{"pow", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(math.Pow(2, float64(i))) * time.Second) } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"float factor", `func f() { d := time.Second; for range 3 { op(); time.Sleep(d); d = time.Duration(float64(d) * 1.5) } }`, "waits 1s, 1.5s, 2.25s (4.75s in all)"},
	{"square", `func f() { const n = 3; for i := 1; i <= n; i++ { if op() == nil { return }; if i+1 <= n { d := time.Duration(100*i*i) * time.Millisecond; time.Sleep(d) } } }`, "waits 100ms, 400ms (500ms in all)"},
	{"list", `func f() { for _, d := range []time.Duration{time.Second, time.Minute} { op(); time.Sleep(d) } }`, "waits 1s, 1m (1m1s in all)"},
	{"index of a list", `var waits = [...]time.Duration{time.Second, time.Minute}
func f() { for i := range 2 { op(); time.Sleep(waits[i]) } }`, "waits 1s, 1m (1m1s in all)"},
	{"function", `func wait(n int) time.Duration { d := time.Duration(n) * time.Second; if d > 2*time.Second { return 2 * time.Second }; return d }
func f() { for i := 1; i <= 3; i++ { op(); time.Sleep(wait(i)) } }`, "waits 1s, 2s, 2s (5s in all)"},
	{"waiter", `func nap(d time.Duration) { time.Sleep(d) }
func f() { for i := 1; i <= 2; i++ { op(); nap(time.Duration(i) * time.Second) } }`, "waits 1s, 2s (3s in all)"},
	{"select", `func f(ctx context.Context) { for i := 1; i <= 2; i++ { op(); select { case <-ctx.Done(): return; case <-time.After(time.Duration(i) * time.Second): } } }`, "waits 1s, 2s (3s in all)"},
	{"counted in the body", `func f() { n := 0; for { if op() == nil { return }; n++; if n == 3 { return }; time.Sleep(time.Duration(n) * time.Second) } }`, "waits 1s, 2s (3s in all)"},
	{"until the delay is too long", `func f() error { d := time.Second; for { err := op(); if err == nil { return nil }; time.Sleep(d); d *= 2; if d >= 15*time.Second { return err } } }`, "waits 1s, 2s, 4s, 8s (15s in all)"},
	{"until the delay is too long, before the wait", `func f() { d := time.Second; for op() != nil { if d > 5*time.Second { return }; time.Sleep(d); d *= 2 } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"until the delay is too long, in the header", `func f() { for d := time.Second; d < 5*time.Second; d *= 2 { if op() == nil { return }; time.Sleep(d) } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"random", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(rand.Intn(100)) * time.Millisecond) } }`, "waits about 50ms, 50ms, 50ms (150ms in all)"},
	{"a share of the delay", `func f() { d := time.Second; for range 3 { op(); time.Sleep(time.Duration(rand.Float64() * float64(d))); d *= 2 } }`, "waits about 500ms, 1s, 2s (3.5s in all)"},
	{"jitter by a function", `func jitter(d time.Duration) time.Duration { return d + time.Duration(rand.Int63n(int64(d))) }
func f() { for op() != nil { time.Sleep(jitter(2 * time.Second)) } }`, "waits about 3s each time"},
	{"a random number of some kind", `func f() { for op() != nil { time.Sleep(time.Duration(rand.Int63())) } }`, unclear},
	{"goto", `func f() { d := time.Second; n := 0
again:
	if op() != nil { if n++; n > 2 { return }; time.Sleep(d); d *= 2; goto again } }`, "waits 1s, 2s (3s in all)"},
	{"goes round first", `func f(ok func(error) bool) error { for i := range 3 { if i > 0 { time.Sleep(time.Duration(100*i) * time.Millisecond) }; err := op(); if ok(err) { continue }; return err }; return nil }`, "waits 100ms, 200ms (300ms in all)"},
	{"goes round inside another question", `func f(n int) error { for i := 0; i < n; i++ { if i > 0 { time.Sleep(time.Duration(100*i) * time.Millisecond) }; if err := op(); err != nil { if i < n-1 { continue }; return err }; return nil }; return nil }`, "waits 100ms, 200ms, 300ms, 400ms, 500ms, 600ms, 700ms, 800ms, …"},
	{"goes round inside another question, as constants tell", `func f() error { for i := 0; ; i++ { if i > 0 { time.Sleep(time.Second) }; if err := op(); err != nil { if i < 2 { continue }; return err }; return nil } }`, "waits 1s, 1s (2s in all)"},
	{"goes round with another delay", `func f(ok func(error) bool) error { d := time.Second; for i := range 4 { if i > 0 { time.Sleep(d) }; err := op(); if ok(err) { d *= 2; continue }; return err }; return nil }`, "waits 2s, 4s, 8s (14s in all)"},
	{"goes round on success", `func f() { for i := 0; ; i++ { if op() == nil { continue }; if i == 2 { return }; time.Sleep(time.Second) } }`, "waits 1s, 1s (2s in all)"},
	{"under an error that is none at first", `func f() { var err error; for n := range 4 { if err != nil { time.Sleep(time.Duration(n) * time.Second) }; if err = op(); err == nil { return } } }`, "waits 1s, 2s, 3s (6s in all)"},
	{"under an error that is none again", `func f() { var err error; for n := 1; n < 4; n++ { err = op(); note(err); err = nil; if err == nil { time.Sleep(time.Second) } } }
func note(error)`, "waits 1s, 1s, 1s (3s in all)"},
	{"under the error", `func f() { for i := 0; i < 3; i++ { if err := op(); err != nil { time.Sleep(time.Second); continue }; return } }`, "waits 1s, 1s, 1s (3s in all)"},
	{"reset on success", `func f() { d := time.Second; for range 3 { if op() == nil { d = time.Second; continue }; time.Sleep(d); d *= 2 } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"many", `func f() { for i := 0; i < 20; i++ { op(); time.Sleep(time.Second) } }`, "waits 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, … (20s in all)"},
	{"success behind the delay", `func f() { for n := 0; ; n++ { if n > 0 { time.Sleep(time.Second << (n-1)) }; if err := op(); err != nil { continue }; n = 0 } }`, "waits 1s, 2s, 4s, 8s, 16s, 32s, 1m4s, 2m8s, …"},
	{"endless", `func f() { for op() != nil { time.Sleep(time.Second) } }`, "waits 1s each time"},
	{"endless growth", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d *= 2 } }`, "waits 1s, 2s, 4s, 8s, 16s, 32s, 1m4s, 2m8s, …"},
	{"attempts not known", `func f(n int) { for i := 0; i < n; i++ { op(); time.Sleep(time.Second) } }`, "waits 1s each time"},

	{"timer", `func f() { d := 500 * time.Millisecond; for range 4 { op(); t := time.NewTimer(d); <-t.C; d *= 2 } }`, "waits 500ms, 1s, 2s, 4s (7.5s in all)"},
	{"timer, reset", `func f() { d := time.Second; t := time.NewTimer(d); for range 3 { op(); t.Reset(d); <-t.C; d *= 2 } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"timer, reset after", `func f() { d := time.Second; t := time.NewTimer(d); for range 3 { op(); <-t.C; d *= 2; t.Reset(d) } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"timer in a select", `func f(ctx context.Context) { d := time.Second; for range 3 { op(); t := time.NewTimer(d); select { case <-ctx.Done(): t.Stop(); return; case <-t.C: }; d *= 2 } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"timer of another clock", `func f(c clock.Clock) { for i := range 3 { op(); t := c.NewTimer(time.Second << i); <-t.C() } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"channel", `func f() { d := time.Second; for range 3 { op(); ch := time.After(d); <-ch; d *= 2 } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"channel before the operation", `func f() { for i := range 3 { ch := time.After(time.Second << i); op(); <-ch } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"after in place", `func f() { for i := range 3 { op(); <-time.After(time.Second << i) } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"ticker", `func f() { t := time.NewTicker(time.Second); for range 3 { op(); <-t.C } }`, "waits 1s, 1s, 1s (3s in all)"},
	{"tick", `func f() { tick := time.Tick(time.Second); for range 3 { op(); <-tick } }`, "waits 1s, 1s, 1s (3s in all)"},
	{"waiter that does not always wait", `func nap(d time.Duration) { if d > time.Minute { return }; time.Sleep(d) }
func f() { for i := range 3 { op(); nap(time.Second<<i) } }`, unclear},
	{"waiter that asks whether there is a wait", `func nap(d time.Duration) { if d > 0 { time.Sleep(d) } }
func f() { for i := range 3 { op(); nap(time.Second<<i) } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"waiter with a timer", `func nap(ctx context.Context, d time.Duration) bool { t := time.NewTimer(d); defer t.Stop(); select { case <-ctx.Done(): return false; case <-t.C: return true } }
func f(ctx context.Context) { for i := range 3 { op(); if !nap(ctx, time.Second<<i) { return } } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"function of this package", `func min(a, b time.Duration) time.Duration { if a < b { return a }; return b }
func f() { for i := range 3 { op(); time.Sleep(min(time.Second<<i, 2*time.Second)) } }`, "waits 1s, 2s, 2s (5s in all)"},

	{"timer that has fired", `func f() { t := time.NewTimer(time.Second); for range 3 { op(); <-t.C } }`, unclear},
	{"timer reset on a condition", `func f() { t := time.NewTimer(time.Second); for range 3 { op(); <-t.C; if cond() { t.Reset(time.Second) } else { t.Reset(time.Minute) } } }`, unclear},
	{"timer reset in a literal", `func f() { t := time.NewTimer(time.Second); again := func() { t.Reset(time.Minute) }; for range 3 { op(); t.Reset(1); again(); <-t.C } }`, unclear},
	{"timer reset before", `func f() { t := time.NewTimer(time.Second); t.Reset(time.Minute); for range 3 { op(); <-t.C } }`, unclear},
	{"timer of a field", `type s struct{ t *time.Timer }
func f(x s) { x.t = time.NewTimer(time.Second); for range 3 { op(); <-x.t.C } }`, unclear},
	{"timer not known", `func f(d time.Duration) { for range 3 { op(); t := time.NewTimer(d); <-t.C } }`, unclear},
	{"duration not known", `func f(d time.Duration) { for range 3 { op(); time.Sleep(d) } }`, unclear},
	{"jitter", `func f() { for range 3 { op(); time.Sleep(time.Second + time.Duration(rand.Intn(1000)*int(time.Millisecond))) } }`, "waits about 1.5s, 1.5s, 1.5s (4.5s in all)"},
	{"two delays", `func f() { for range 3 { if cond() { time.Sleep(1) } else { time.Sleep(2) } } }`, unclear},
	{"two delays alike", `func f() { for range 3 { if cond() { time.Sleep(time.Second); continue }; op(); time.Sleep(time.Second) } }`, "waits 1s, 1s, 1s (3s in all)"},
	{"delays alike in cases", `func f() { for i := range 3 { switch { case cond(): time.Sleep(time.Duration(i+1) * time.Second); case op() == nil: return; default: time.Sleep(time.Duration(i+1) * time.Second) } } }`, "waits 1s, 2s, 3s (6s in all)"},
	{"delays alike that end by channels", `func f(stop chan int) { d := time.Second; for i := 0; ; i++ { if i == 3 { return }; if cond() { select { case <-stop: return; case <-time.After(d): } } else { op(); select { case <-stop: return; case <-time.After(d): } }; d *= 2 } }`, "waits 1s, 2s, 4s (7s in all)"},
	{"two delays in a row", `func f() { for range 3 { op(); time.Sleep(time.Second); time.Sleep(time.Second) } }`, unclear},
	{"two delays, now and then", `func f() { for range 3 { time.Sleep(time.Second); if cond() { continue }; op(); time.Sleep(time.Second) } }`, unclear},
	{"two delays, one in a condition", `func nap(d time.Duration) bool { time.Sleep(d); return cond() }
func f() { for range 3 { if cond() { time.Sleep(time.Second) } else if nap(time.Second) { op() } } }`, unclear},
	{"two delays, one in a select", `func f(stop chan int) { for range 3 { if cond() { time.Sleep(time.Second) }; select { case <-stop: case <-time.After(time.Second): } } }`, unclear},
	{"two delays, each with its own growth", `func f() { d := time.Second; for range 3 { if cond() { time.Sleep(d); d *= 2; continue }; op(); time.Sleep(d); d += d } }`, unclear},
	{"two delays, one with an end", `func f() { for i := range 3 { if cond() { time.Sleep(time.Second); continue }; if i == 2 { return }; time.Sleep(time.Second) } }`, unclear},
	{"changed on a condition", `func f() { d := time.Second; for range 3 { op(); if cond() { d *= 2 }; time.Sleep(d) } }`, unclear},
	{"changed in a case that a break ends", `func f() { d := time.Second; for range 3 { switch op(); { case cond(): d = time.Minute; break }; time.Sleep(d) } }`, unclear},
	{"changed in a case before a break under an if", `func f() { d := time.Second; for range 3 { switch err := op(); { case err == nil: return; default: if cond() { d = time.Minute; break }; note(nil) }; time.Sleep(d) } }
func note(*int)`, unclear},
	{"changed in a case of a select that a break ends", `func f(c, quick chan int) { d := time.Second; for range 3 { select { case <-c: d = time.Minute; break; case <-quick: }; time.Sleep(d) } }`, unclear},
	{"changed in a case that falls through", `func f() { d := time.Second; for range 3 { switch { case cond(): d = time.Minute; fallthrough; case op() == nil: note(nil) }; time.Sleep(d) } }
func note(*int)`, unclear},
	{"a break ends a case that changes nothing", `func f() { for i := 1; i < 3; i++ { switch { case op() == nil: return; case cond(): break; default: return }; time.Sleep(time.Duration(i)*time.Second) } }`, "waits 1s, 2s (3s in all)"},
	{"changed in a literal", `func f() { d := time.Second; grow := func() { d *= 2 }; for range 3 { op(); time.Sleep(d); grow() } }`, unclear},
	{"changed by address", `func f(g func(*time.Duration)) { d := time.Second; for range 3 { op(); time.Sleep(d); g(&d) } }`, unclear},
	{"field", `func f(c *config) { c.delay = time.Second; for range 3 { op(); time.Sleep(c.delay) } }`, unclear},
	{"in an inner loop", `func f() { for range 3 { for cond() { time.Sleep(time.Second) } } }`, unclear},
	{"function that cannot be known", `func wait(n int) time.Duration { if cond() { return 0 }; return time.Second }
func f() { for i := range 3 { op(); time.Sleep(wait(i)) } }`, unclear},
	{"leaves after the wait", `func f() { for range 3 { if op() != nil { time.Sleep(time.Second); return } } }`, unclear},
}

func TestSchedule(t *testing.T) {
	for _, tt := range scheduleTests {
		t.Run(tt.name, func(t *testing.T) {
			a, s := load(t, tt.src)
			got := unclear
			if w, ok := a.Schedule(s); ok {
				got = w.String()
			}
			if got != tt.want {
				t.Errorf("got %q, want %q\n%s", got, tt.want, tt.src)
			}
		})
	}
}

func TestScheduleString(t *testing.T) {
	for _, tt := range []struct {
		s    Schedule
		want string
	}{
		{Schedule{}, "no waits"},
		{Schedule{Waits: []time.Duration{time.Hour}}, "waits 1h"},
		{Schedule{Waits: []time.Duration{time.Minute, 90 * time.Second}}, "waits 1m, 1m30s (2m30s in all)"},
		{Schedule{Waits: []time.Duration{1 << 62, 1 << 62}}, "waits 1281023h53m38.427387904s, 1281023h53m38.427387904s"},
		{Schedule{Waits: []time.Duration{time.Second, 2 * time.Second}, More: true}, "waits 1s, 2s, …"},
	} {
		if got := tt.s.String(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
