package growth

import "testing"

func describe(g Growth) string {
	s := g.Kind.String()
	if g.Capped {
		s += " capped"
	}
	if g.Jittered {
		s += " jittered"
	}
	return s
}

var growthTests = []struct{ name, src, want string }{
	{"constant", `func f() { for op() != nil { time.Sleep(time.Second) } }`, "constant"},
	{"parameter", `func f(d time.Duration) { for op() != nil { time.Sleep(d) } }`, "constant"},
	{"field", `func f(c *config) { for op() != nil { time.Sleep(c.delay) } }`, "constant"},
	{"global", `var pause = time.Second
func f() { for op() != nil { time.Sleep(pause) } }`, "constant"},
	{"named in the loop", `func f(c *config) { for op() != nil { d := c.delay; time.Sleep(d) } }`, "constant"},
	{"converted", `func f(ms int) { for op() != nil { time.Sleep(time.Duration(ms) * time.Millisecond) } }`, "constant"},
	{"two steps", `func f(a bool) { for op() != nil { d := time.Second; if a { d = time.Minute }; time.Sleep(d) } }`, "constant"},
	{"getter", `type conf struct{ d time.Duration }
func (c conf) Delay() time.Duration { return c.d }
func f(c conf) { for op() != nil { time.Sleep(c.Delay()) } }`, "constant"},
	{"parsed once", `func f(s string) { for op() != nil { d, _ := time.ParseDuration(s); time.Sleep(d) } }`, "constant"},
	{"reset to the same", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d = time.Second } }`, "constant"},

	{"declared on each pass", `func f() { for op() != nil { d := time.Second; time.Sleep(d); d += time.Second } }`, "constant"},
	{"a copy that is doubled", `func f() { d := time.Second; for op() != nil { d := d; time.Sleep(d); d *= 2 } }`, "constant"},
	{"nothing, declared on each pass", `func f() { for op() != nil { n := 0; time.Sleep(time.Duration(n) * time.Second); n++ } }`, "constant"},
	{"nothing, doubled", `func f() { var d time.Duration; for op() != nil { time.Sleep(d); d *= 2 } }`, "constant"},
	{"times nothing", `const step = 0
func f() { for i := 1; i <= 3; i++ { op(); time.Sleep(time.Duration(i) * step * time.Second) } }`, "constant"},

	{"i times c", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(i) * time.Second) } }`, "linear"},
	{"c times i", `func f() { for i := range 3 { op(); time.Sleep(time.Second * time.Duration(i+1)) } }`, "linear"},
	{"count in the body", `func f(d time.Duration) { n := 0; for op() != nil { n++; time.Sleep(d * time.Duration(n)) } }`, "linear"},
	{"counting down", `func f(d time.Duration) { for n := 5; n > 0; n-- { op(); time.Sleep(d * time.Duration(6-n)) } }`, "linear"},
	{"add", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d += time.Second } }`, "linear"},
	{"add itself written out", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d = d + time.Second } }`, "linear"},
	{"number in it", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(100*i+50) * time.Millisecond) } }`, "linear"},
	{"over a list of hosts", `func f(hosts []string) { for i := range hosts { op(); time.Sleep(time.Duration(i) * time.Second) } }`, "linear"},
	{"function", `func wait(n int) time.Duration { return time.Duration(n) * time.Second }
func f() { for i := 0; i < 3; i++ { op(); time.Sleep(wait(i)) } }`, "linear"},
	{"method", `func (c *config) wait(n int) time.Duration { d := c.delay; d *= time.Duration(n); return d }
func f(c *config) { for i := 0; i < 3; i++ { op(); time.Sleep(c.wait(i)) } }`, "linear"},
	{"waiter", `func nap(n int) { time.Sleep(time.Duration(n) * time.Second) }
func f() { for i := 0; i < 3; i++ { op(); nap(i) } }`, "linear"},
	{"recursion", `func f(n int) { if op() != nil && n < 5 { time.Sleep(time.Duration(n) * time.Second); f(n + 1) } }`, "linear"},
	{"goto", `func f() { n := 0
again:
	if op() != nil { n++; time.Sleep(time.Duration(n) * time.Second); goto again } }`, "linear"},
	{"atomic counter", `var n atomic.Int32
func f() { for op() != nil { k := n.Add(1); time.Sleep(time.Duration(k) * time.Second) } }`, "linear"},
	{"linear, capped", `func f() { d := time.Second; for op() != nil { time.Sleep(d); if d < time.Minute { d += time.Second } } }`, "linear capped"},
	{"linear, capped by min", `func f() { for i := 0; i < 9; i++ { op(); time.Sleep(min(time.Duration(i)*time.Second, time.Minute)) } }`, "linear capped"},
	{"random, told in a unit", `func f() { for op() != nil { d := time.Duration(rand.Int63n(int64(3 * time.Second))); time.Sleep(time.Duration(d.Milliseconds()) * time.Millisecond) } }`, "random"},
	{"random under a linear bound", `func f() { for i := 1; i < 9; i++ { op(); time.Sleep(time.Duration(rand.Intn(i*10)) * time.Millisecond) } }`, "linear jittered"},
	{"reset on success", `func f() { d := time.Second; for cond() { if op() == nil { d = time.Second; continue }; time.Sleep(d); d += time.Second } }`, "linear"},
	{"captured", `func f() { n := 0; wait := func() { n++; time.Sleep(time.Duration(n) * time.Second) }
	for op() != nil { wait() } }`, "linear"},

	{"doubled by a function literal that is kept", `var hook func()
func f() { d := time.Second; hook = func() { d *= 2 }; for op() != nil { time.Sleep(d) } }`, "unknown"},
	{"doubled by a goroutine", `func f() { d := time.Second; go func() { d *= 2 }(); for op() != nil { time.Sleep(d) } }`, "unknown"},
	{"set by a function literal before", `func f() { var d time.Duration; set := func() { d = time.Second }; set(); for op() != nil { time.Sleep(d) } }`, "constant"},
	{"set by a function literal at once", `func f() { var d time.Duration; func() { d = time.Second }(); for op() != nil { time.Sleep(d) } }`, "constant"},
	{"times", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d *= 2 } }`, "exponential"},
	{"copy with a limit", `func f(limit time.Duration) { next := time.Second; for op() != nil { d := next; if d > limit { d = limit }; time.Sleep(d); next += next / 2 } }`, "exponential capped"},
	{"copy with a limit, declared before", `func f(limit time.Duration) { next := time.Second; var d time.Duration; for op() != nil { d = next; if d > limit { d = limit }; time.Sleep(d); next += next / 2 } }`, "exponential capped"},
	{"copy with a limit, a field", `func f(c *config) { for op() != nil { d := c.delay; if d > c.max { d = c.max }; time.Sleep(d); c.delay += c.delay / 2 } }`, "exponential capped"},
	{"times, written out", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d = 2 * d } }`, "exponential"},
	{"plus itself", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d += d } }`, "exponential"},
	{"plus a part", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d = d + d/4 } }`, "exponential"},
	{"three halves", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d = d * 3 / 2 } }`, "exponential"},
	{"float factor", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d = time.Duration(float64(d) * 1.5) } }`, "exponential"},
	{"factor in a field", `func f(k float64) { d := time.Second; for op() != nil { time.Sleep(d); d = time.Duration(float64(d) * k) } }`, "exponential"},
	{"shift itself", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d <<= 1 } }`, "exponential"},
	{"shift", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Second << i) } }`, "exponential"},
	{"shift one", `func f() { for i := uint(0); i < 3; i++ { op(); time.Sleep(time.Duration(1<<i) * time.Second) } }`, "exponential"},
	{"pow", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(math.Pow(2, float64(i))) * time.Second) } }`, "exponential"},
	{"exp2", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(math.Exp2(float64(i))) * time.Second) } }`, "exponential"},
	{"in the header", `func f() { for d := time.Millisecond; ; d *= 2 { op(); time.Sleep(d) } }`, "exponential"},
	{"capped after", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d *= 2; if d > time.Minute { d = time.Minute } } }`, "exponential capped"},
	{"capped before the delay", `func f(most time.Duration) { d := time.Second; for op() != nil { d = min(d, most); time.Sleep(d); d *= 2 } }`, "exponential capped"},
	{"capped by min", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d = min(d*2, time.Minute) } }`, "exponential capped"},
	{"capped before", `func f() { d := time.Second; for op() != nil { time.Sleep(d); if d < time.Minute { d *= 2 } } }`, "exponential capped"},
	{"field grows", `type c struct{ d time.Duration }
func (c *c) f() { for op() != nil { time.Sleep(c.d); c.d *= 2 } }
func f(x *c) { for op() != nil { time.Sleep(x.d); x.d *= 2 } }`, "exponential"},
	{"field grows in a method", `type c struct{ d time.Duration }
func (c *c) next() time.Duration { d := c.d; c.d *= 2; return d }
func f(x *c) { for op() != nil { time.Sleep(x.next()) } }`, "exponential"},
	{"field grows in a call beside", `type c struct{ d time.Duration }
func (c *c) grow() { c.d *= 2 }
func f(x *c) { for op() != nil { time.Sleep(x.d); x.grow() } }`, "exponential"},
	{"next value from a function", `func next(d time.Duration) time.Duration { d *= 2; if d > time.Minute { d = time.Minute }; return d }
func f() { d := time.Second; for op() != nil { time.Sleep(d); d = next(d) } }`, "exponential capped"},
	{"floor and ceiling", `func next(d, lo, hi time.Duration) time.Duration { d *= 2; if d < lo { d = lo }; if d > hi { d = hi }; return d }
func f() { var d time.Duration; for { time.Sleep(d); if op() != nil { d = next(d, 1, 60) } else { d = 0 } } }`, "exponential capped"},
	{"limit returned", `func next(d time.Duration) time.Duration { if d > time.Minute { return time.Minute }; return d * 2 }
func f() { d := time.Second; for op() != nil { time.Sleep(d); d = next(d) } }`, "exponential capped"},
	{"waiter returns the next", `func nap(d time.Duration) time.Duration { d = d + d/4; time.Sleep(d); return d }
func f() { d := time.Second; for op() != nil { d = nap(d) } }`, "exponential"},
	{"least of a function", `func min(a, b time.Duration) time.Duration { if a < b { return a }; return b }
func f(m time.Duration) { d := time.Second; for op() != nil { time.Sleep(d); d = min(d*2, m) } }`, "exponential capped"},
	{"least of a function, the other way", `func least(a, b time.Duration) time.Duration { if b < a { return b }; return a }
func f(m time.Duration) { d := time.Second; for op() != nil { time.Sleep(least(m, d)); d *= 2 } }`, "exponential capped"},
	{"least of a function, else", `func min(a, b int) int { if a <= b { return a } else { return b } }
func f() { for i := range 9 { op(); time.Sleep(time.Duration(min(i, 5)) * time.Second) } }`, "linear capped"},
	{"least of a generic function", `func least[T int | time.Duration](a, b T) T { if a < b { return a }; return b }
func f() { for i := range 9 { op(); time.Sleep(least(time.Second<<i, time.Minute)) } }`, "exponential capped"},
	{"least of a function, assigned", `func least(a, b time.Duration) time.Duration { m := a; if b < m { m = b }; return m }
func f() { for i := range 9 { op(); time.Sleep(least(time.Second<<i, time.Minute)) } }`, "exponential capped"},
	{"most of a function", `func max(a, b time.Duration) time.Duration { if a < b { return b }; return a }
func f(m time.Duration) { d := time.Second; for op() != nil { time.Sleep(max(d, m)); d *= 2 } }`, "exponential"},
	{"most of a function, the other way", `func max(a, b time.Duration) time.Duration { if a > b { return a }; return b }
func f(m time.Duration) { d := time.Second; for op() != nil { time.Sleep(max(d, m)); d *= 2 } }`, "exponential"},
	{"clamp", `func clamp(d, lo, hi time.Duration) time.Duration { if d < lo { return lo }; if d > hi { return hi }; return d }
func f(lo, hi time.Duration) { for i := range 9 { op(); time.Sleep(clamp(time.Second<<i, lo, hi)) } }`, "exponential capped"},
	{"clamp in a switch", `func clamp(d, lo, hi time.Duration) time.Duration { switch { case d < lo: return lo; case d > hi: return hi }; return d }
func f(lo, hi time.Duration) { for i := range 9 { op(); time.Sleep(clamp(time.Second<<i, lo, hi)) } }`, "exponential capped"},
	{"lower clamp in a switch", `func clamp(d, lo time.Duration) time.Duration { switch { case d < lo: return lo; default: return d } }
func f(lo time.Duration) { for i := range 9 { op(); time.Sleep(clamp(time.Second<<i, lo)) } }`, "exponential"},
	{"clamp of the built-in", `func clamp(d, lo, hi time.Duration) time.Duration { return max(lo, min(d, hi)) }
func f(lo, hi time.Duration) { for i := range 9 { op(); time.Sleep(clamp(time.Second<<i, lo, hi)) } }`, "exponential capped"},
	{"through a second variable", `func f(a bool, m time.Duration) { b := time.Second; d := time.Duration(0); for op() != nil { d = b; if a { d = m }; time.Sleep(d); b = min(d*2, m) } }`, "exponential capped"},
	{"jitter beside", `func f() { d := time.Second; for op() != nil { time.Sleep(d + time.Duration(rand.Int63n(1000))); d *= 2 } }`, "exponential jittered"},
	{"jitter around", `func f() { d := time.Second; for op() != nil { time.Sleep(time.Duration(rand.Int63n(int64(d)))); d *= 2 } }`, "exponential jittered"},
	{"half and half", `func f() { d := time.Second; for op() != nil { time.Sleep(d/2 + time.Duration(rand.Int63n(int64(d/2)))); d *= 2 } }`, "exponential jittered"},
	{"decorrelated", `func f() { b := time.Second; d := b; for op() != nil { d = b + time.Duration(rand.Int63n(int64(d*3-b))); time.Sleep(d) } }`, "exponential jittered"},
	{"recursion doubles", `func f(d time.Duration) { if op() != nil { time.Sleep(d); f(d * 2) } }`, "exponential"},
	{"recursion through a closure", `func f(n int) error { again := func() error { if n > 0 { time.Sleep(time.Second << n); n--; return f(n) }; return nil }; if op() != nil { return again() }; return nil }`, "exponential"},
	{"goto doubles", `func f() { d := time.Second
again:
	if op() != nil { time.Sleep(d); d *= 2; if d > time.Minute { d = time.Minute }; goto again } }`, "exponential capped"},
	{"goto in a loop", `func f(c chan int) { for range c { d := time.Second; op()
again:
	if op() != nil { time.Sleep(d); d *= 2; if d > time.Minute { d = time.Minute }; goto again } } }`, "exponential capped"},
	{"computed in a loop", `func wait(n int) time.Duration { d := time.Second; for i := 0; i < n; i++ { d *= 2 }; return d }
func f() { for i := 0; i < 3; i++ { op(); time.Sleep(wait(i)) } }`, "exponential"},

	{"square", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(i*i) * time.Second) } }`, "polynomial"},
	{"square in a function", `func wait(n int, lo, hi time.Duration) time.Duration { d := time.Duration(n*n) * lo; if d > hi { d = hi }; return d }
func f() { for i := 0; i < 3; i++ { op(); time.Sleep(wait(i, 1, 9)) } }`, "polynomial capped"},
	{"growing step", `func f() { d := time.Second; for i := 0; i < 3; i++ { op(); time.Sleep(d); d += time.Duration(i) * time.Second } }`, "polynomial"},
	{"pow of the attempt", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(math.Pow(float64(i), 2)) * time.Second) } }`, "polynomial"},

	{"random", `func f() { for op() != nil { time.Sleep(time.Duration(rand.Intn(100)) * time.Millisecond) } }`, "random"},
	{"random in a variable", `func f() { for op() != nil { ms := rand.Intn(100); time.Sleep(time.Duration(ms) * time.Millisecond) } }`, "random"},
	{"random float", `func f() { for op() != nil { time.Sleep(time.Duration(rand.Float64() * float64(time.Second))) } }`, "random"},
	{"crypto random", `func f() { for op() != nil { n, _ := crand.Int(crand.Reader, big.NewInt(100)); time.Sleep(time.Duration(n.Int64()) * time.Millisecond) } }`, "random"},
	{"base and jitter", `func f(d time.Duration) { for op() != nil { time.Sleep(d + time.Duration(rand.Intn(100))) } }`, "constant jittered"},
	{"base and jitter on a condition", `func f(d, j time.Duration) { for op() != nil { w := d; if j > 0 { w += time.Duration(rand.Int63n(int64(j))) }; time.Sleep(w) } }`, "constant jittered"},
	{"outer variable set anew", `func f(d time.Duration) { var w time.Duration; for op() != nil { w = d; w += time.Duration(rand.Int63n(9)); time.Sleep(w) } }`, "constant jittered"},
	{"jitter function", `func jitter(d time.Duration) time.Duration { return d + time.Duration(rand.Int63n(int64(d)/2)) }
func f() { for op() != nil { time.Sleep(jitter(time.Second)) } }`, "constant jittered"},

	{"jitter of another package", `func f(d time.Duration) { for op() != nil { time.Sleep(random.Jitter(d)) } }`, "constant jittered"},
	{"jitter of another package, doubles", `func f() { d := time.Second; for op() != nil { time.Sleep(random.Jitter(d)); d *= 2 } }`, "exponential jittered"},
	{"jitter method of another package", `func f(t clock.Timer) { for i := range 3 { op(); time.Sleep(t.WithJitter(time.Duration(i) * time.Second)) } }`, "linear jittered"},
	{"jitter grows into itself", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d = random.Jitter(d * 2) } }`, "exponential jittered"},
	{"random duration", `func f(d time.Duration) { for op() != nil { time.Sleep(random.N(d)) } }`, "random"},
	{"random duration under a bound", `func f() { d := time.Second; for op() != nil { time.Sleep(random.N(d)); d *= 2 } }`, "exponential jittered"},
	{"remainder", `func f() { for op() != nil { time.Sleep(time.Duration(rand.Int()%100) * time.Millisecond) } }`, "random"},
	{"remainder by a square", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(rand.Int()%((i+1)*(i+1))) * time.Second) } }`, "polynomial jittered"},
	{"remainder by the attempt", `func f() { for i := 1; i < 3; i++ { op(); time.Sleep(time.Duration(rand.Int()%i) * time.Second) } }`, "linear jittered"},
	{"remainder, decorrelated", `func f() { b := time.Second; d := b; for op() != nil { d = b + time.Duration(rand.Int63()%int64(d*3)); time.Sleep(d) } }`, "exponential jittered"},

	{"list", `func f(waits []time.Duration) { for _, d := range waits { op(); time.Sleep(d) } }`, "table"},
	{"index", `var waits = []time.Duration{1, 5, 10}
func f() { for i := 0; i < 3; i++ { op(); time.Sleep(waits[i]) } }`, "table"},
	{"index of an array times unit", `var waits = [...]int{1, 5, 10}
func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(waits[i]) * time.Second) } }`, "table"},
	{"field of the items", `func f(steps []config) { for _, s := range steps { op(); time.Sleep(s.delay) } }`, "table"},
	{"first of a list", `func f(waits []time.Duration) { for op() != nil { time.Sleep(waits[0]) } }`, "constant"},

	{"header", `func f(r *http.Response) { for op() != nil { s, _ := strconv.Atoi(r.Header.Get("Retry-After")); time.Sleep(time.Duration(s) * time.Second) } }`, "server"},
	{"error's field", `type limit struct{ error; after time.Duration }
func try() error { return nil }
func f() { for { err := try(); var l *limit; if errors.As(err, &l) { time.Sleep(l.after) } } }`, "server"},
	{"response's field", `func try() (*config, error) { return nil, nil }
func f() { for { r, err := try(); if err == nil { return }; time.Sleep(r.delay) } }`, "server"},

	{"func value", `func f(c *config) { for i := 0; i < 3; i++ { op(); time.Sleep(c.backoff(i)) } }`, "unknown"},
	{"func value or constant", `func (c *config) wait(n int) time.Duration { if c.backoff != nil { return c.backoff(n) }; return c.delay }
func f(c *config) { for i := 0; i < 3; i++ { op(); time.Sleep(c.wait(i)) } }`, "unknown"},
	{"policy", `func f(p policy) { for op() != nil { time.Sleep(p.NextBackOff()) } }`, "unknown"},
	{"what is left", `func f(end time.Time) { for op() != nil { time.Sleep(time.Until(end)) } }`, "unknown"},
	{"rest of a period", `func f(d time.Duration) { for { t := time.Now(); op(); time.Sleep(d - time.Since(t)) } }`, "unknown"},
	{"shrinks", `func f() { d := time.Minute; for op() != nil { time.Sleep(d); d /= 2 } }`, "unknown"},
	{"changes what it is", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d = time.Hour - d } }`, "unknown"},
	{"alternates", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(i%2) * time.Second) } }`, "unknown"},
	{"falls with the attempt", `func f() { for i := 1; i < 3; i++ { op(); time.Sleep(time.Second / time.Duration(i)) } }`, "unknown"},
	{"read by address", `func f(read func(*time.Duration)) { d := time.Second; for op() != nil { read(&d); time.Sleep(d) } }`, "unknown"},
	{"from a channel", `func f(c chan time.Duration) { for op() != nil { d := <-c; time.Sleep(d) } }`, "unknown"},

	{"after", `func f() { d := time.Second; for op() != nil { <-time.After(d); d *= 2 } }`, "exponential"},
	{"select", `func f(ctx context.Context) { for i := 0; ; i++ { op(); select { case <-ctx.Done(): return; case <-time.After(time.Duration(i)*time.Second): } } }`, "linear"},
	{"new timer", `func f() { d := time.Second; for op() != nil { t := time.NewTimer(d); <-t.C; d *= 2 } }`, "exponential"},
	{"timer reset", `func f() { d := time.Second; t := time.NewTimer(0); for op() != nil { t.Reset(d); <-t.C; d *= 2 } }`, "exponential"},
	{"ticker", `func f() { t := time.NewTicker(time.Second); for op() != nil { <-t.C } }`, "constant"},
	{"range over ticks", `func f(d time.Duration) { for range time.Tick(d) { op() } }`, "constant"},
	{"channel variable", `func f() { tick := time.Tick(time.Second); for op() != nil { <-tick } }`, "constant"},
	{"channel made in the loop", `func f(d time.Duration) { var w <-chan time.Time; for { select { case <-w: w = nil; default: if op() != nil { w = time.After(d) } } } }`, "constant"},
	{"timer in a field", `type s struct{ t *time.Timer; d time.Duration }
func (x *s) init() { x.t = time.NewTimer(x.d) }
func f(x *s) { for op() != nil { <-x.t.C } }`, "constant"},
	{"waiter with a timer", `func nap(ctx context.Context, d time.Duration) bool { t := time.NewTimer(d); defer t.Stop(); select { case <-ctx.Done(): return false; case <-t.C: return true } }
func f(ctx context.Context) { for i := 0; i < 3; i++ { op(); if !nap(ctx, time.Duration(i*i)*time.Second) { return } } }`, "polynomial"},
	{"waiter of a waiter", `func nap(d time.Duration) { time.Sleep(d) }
func napTwice(n int) { nap(time.Second << n) }
func f() { for i := 0; i < 3; i++ { op(); napTwice(i) } }`, "exponential"},
}

func TestOf(t *testing.T) {
	for _, tt := range growthTests {
		t.Run(tt.name, func(t *testing.T) {
			a, s := load(t, tt.src)
			if got := describe(a.Of(s, s.Delays[0])); got != tt.want {
				t.Errorf("got %s, want %s\n%s", got, tt.want, tt.src)
			}
		})
	}
}

func TestOfSite(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"linear beats constant", `func f() { for i := range 3 { time.Sleep(1); op(); time.Sleep(time.Duration(i)) } }`, "linear"},
		{"what is not seen beats constant", `func f(c *config) { for i := range 3 { time.Sleep(1); op(); time.Sleep(c.backoff(i)) } }`, "unknown"},
		{"what grows beats what is not seen", `func f(c *config) { for i := range 3 { time.Sleep(c.backoff(i)); op(); time.Sleep(time.Duration(i)) } }`, "linear"},
		{"server beats constant", `func f(r *http.Response) { for { d, err := time.ParseDuration(r.Header.Get("Retry-After")); if err == nil { time.Sleep(d) } else { time.Sleep(1) } } }`, "server"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, s := load(t, tt.src)
			if got := describe(a.OfSite(s)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
