package growth

import "testing"

var boundsTests = []struct{ name, src, want string }{
	{"none", `func f() { for op() != nil { time.Sleep(1) } }`, "no bound"},
	{"for", `func f() { for i := 0; i < 5; i++ { op(); time.Sleep(1) } }`, "5 attempts"},
	{"for, from 1", `func f() { for i := 1; i <= 5; i++ { op(); time.Sleep(1) } }`, "5 attempts"},
	{"for, from 0 to 5", `func f() { for i := 0; i <= 5; i++ { op(); time.Sleep(1) } }`, "6 attempts"},
	{"for, mirrored", `func f() { for i := 0; 5 > i; i++ { op(); time.Sleep(1) } }`, "5 attempts"},
	{"asked for first", `func f() error { for i := 0; ; i++ { if i > 4 { return context.Canceled }; if op() == nil { return nil }; time.Sleep(1) } }`, "5 attempts"},
	{"asked for behind the attempt", `func f() error { for i := 0; ; i++ { if op() == nil { return nil }; if i > 4 { return context.Canceled }; time.Sleep(1) } }`, "6 attempts"},
	{"counting down", `func f() { for i := 5; i > 0; i-- { op(); time.Sleep(1) } }`, "5 attempts"},
	{"counting down to 0", `func f() { for i := 5; i >= 0; i-- { op(); time.Sleep(1) } }`, "6 attempts"},
	{"range", `func f() { for range 5 { op(); time.Sleep(1) } }`, "5 attempts"},
	{"constant", `const tries = 4
func f() { for range tries { op(); time.Sleep(1) } }`, "4 attempts"},
	{"one", `func f() { for range 1 { op(); time.Sleep(1) } }`, "1 attempt"},
	{"asked in the body, with random pauses", `func f() { d := time.Second; for i := 0; ; i++ { if op() == nil || i >= 7 { return }; time.Sleep(d + time.Duration(rand.Int63n(int64(d)))); d *= 2 } }`, "8 attempts"},
	{"as long as random pauses take", `func f() { var all time.Duration; for i := 0; ; i++ { if op() == nil || i >= 7 || all > 5*time.Second { return }; d := time.Duration(rand.Int63n(int64(time.Second))); all += d; time.Sleep(d) } }`, "a count of attempts"},
	{"parameter", `func f(n int) { for i := 0; i < n; i++ { op(); time.Sleep(1) } }`, "at most n attempts"},
	{"context, by a variable", `func f(ctx context.Context) error { for { if op() == nil { return nil }; err := ctx.Err(); if err != nil { return err }; time.Sleep(1) } }`, "a context"},
	{"closed channel, by a variable", `func f(done chan int) { for { if op() == nil { return }; time.Sleep(1); select { case _, ok := <-done: if !ok { return }; default: } } }`, "a signal to stop"},
	{"flag, by a variable", `type server struct{ stopped bool }
func f(s *server) { for { if op() == nil { return }; done := s.stopped; if done { return }; time.Sleep(1) } }`, "a signal to stop"},
	{"case of a switch, counted at the top", `func f(s *struct{ most uint64 }) error { var n uint64; for { n++; err := op(); if err == nil { return nil }; switch { case n > s.most: return err; case cond(): time.Sleep(1); default: return err } } }`, "a count of attempts"},
	{"parameter, counted by += 1", `func f(n int) { for i := 0; i < n; i += 1 { op(); time.Sleep(1) } }`, "at most n attempts"},
	{"parameter, counted by more", `func f(n int) { for i := 0; i < n; i += 2 { op(); time.Sleep(1) } }`, "a count of attempts"},
	{"parameter, counted in the body", `func f(n int) { i := 0; for i < n { if op() == nil { return }; i++; time.Sleep(1) } }`, "at most n attempts"},
	{"parameter, counted in the body of some passes", `func f(n int) { i := 0; for i < n { if op() == nil { continue }; i++; time.Sleep(1) } }`, "a count of attempts"},
	{"parameter, counted in a branch", `func f(n int) { i := 0; for i < n { if op() != nil { i++ }; time.Sleep(1) } }`, "a count of attempts"},
	{"parameter with a default", `func f(n int) { if n <= 0 { n = 3 }; for i := 0; i < n; i++ { op(); time.Sleep(1) } }`, "at most n attempts"},
	{"parameter that is set", `func f(n int) { n = 3; for i := 0; i < n; i++ { op(); time.Sleep(1) } }`, "3 attempts"},
	{"parameter, one more", `func f(n int) { for i := 0; i <= n; i++ { op(); time.Sleep(1) } }`, "at most n+1 attempts"},
	{"parameter, one less", `func f(n int) { for i := 1; i < n; i++ { op(); time.Sleep(1) } }`, "at most n-1 attempts"},
	{"parameter, counting down", `func f(n int) { for i := n; i > 0; i-- { op(); time.Sleep(1) } }`, "at most n attempts"},
	{"field", `func f(c *config) { for range c.attempts { op(); time.Sleep(1) } }`, "at most c.attempts attempts"},
	{"list", `func f(waits []time.Duration) { for _, d := range waits { op(); time.Sleep(d) } }`, "a count of attempts"},
	{"array", `func f(waits [3]time.Duration) { for _, d := range waits { op(); time.Sleep(d) } }`, "3 attempts"},
	{"with the error", `func f(n int) { var err error = errors.New(""); for i := 0; i < n && err != nil; i++ { err = op(); time.Sleep(1) } }`, "at most n attempts"},
	{"one before the loop", `func f(n int) { err := op(); for i := 0; i < n && err != nil; i++ { time.Sleep(1); err = op() } }`, "at most n+1 attempts"},
	{"one before the loop, looked at", `func f() { err := op(); if err == nil { return }; for range 3 { time.Sleep(1); if err = op(); err == nil { return } } }`, "4 attempts"},
	{"one before the loop, and another test", `func f(p *int) { err := op(); if p != nil { return }; for i := 0; i < 3 && err != nil; i++ { time.Sleep(1); err = op() } }`, "4 attempts"},
	{"what the loop needs, taken before it", `func f(g func() error) { if err := op(); err != nil { return }; for range 3 { if g() == nil { return }; time.Sleep(1); if err := op(); err != nil { return } } }`, "3 attempts"},
	{"over a function", `func f(passes func(func(int) bool)) { for range passes { if op() == nil { return }; time.Sleep(1) } }`, "a count of attempts"},
	{"another one before the loop", `func f(g func() error) { err := g(); for i := 0; i < 3 && err != nil; i++ { time.Sleep(1); err = op() } }`, "3 attempts"},
	{"one before the loop, sometimes inside", `func f() { err := op(); for i := 0; i < 3 && err != nil; i++ { time.Sleep(1); if cond() { err = op() } } }`, "3 attempts"},
	{"counter changed in the body", `func f(n int) { for i := 0; i < n; i++ { if cond() { i-- }; op(); time.Sleep(1) } }`, "no bound"},

	{"checked in the body", `func f() { for i := 0; ; i++ { if op() == nil { return }; if i >= 4 { return }; time.Sleep(1) } }`, "5 attempts"},
	{"counted in the body", `func f() { n := 0; for { if op() == nil { return }; n++; if n == 4 { break }; time.Sleep(1) } }`, "4 attempts"},
	{"counted on by another call", `func f() { n := 0; g := func() { for { if op() == nil { return }; n++; if n == 4 { break }; time.Sleep(1) } }; g(); g() }`, "a count of attempts"},
	{"counted where it is called", `func f() { n := 0; func() { for { if op() == nil { return }; n++; if n == 4 { break }; time.Sleep(1) } }() }`, "4 attempts"},
	{"counted in the body, parameter", `func f(max int) { n := 0; for { if op() == nil { return }; n++; if n >= max { return }; time.Sleep(1) } }`, "a count of attempts"},
	{"goes on below the limit", `func f(max int) { n := 0; for { if op() == nil { return }; if n < max { n++; time.Sleep(1); continue }; return } }`, "a count of attempts"},
	{"left in the condition", `func f(left int) { for left > 0 { if op() == nil { return }; left--; time.Sleep(1) } }`, "at most left attempts"},
	{"or without a limit", `func f(n int) { for i := 0; i < n || n < 0; i++ { op(); time.Sleep(1) } }`, "a count of attempts"},
	{"counted on success", `func f(n int) { k := 0; for k < n { if op() != nil { time.Sleep(1); continue }; k++ } }`, "no bound"},
	{"by a flag", `func f() { done := false; for n := 1; !done; n++ { if op() == nil { return }; time.Sleep(1); done = n >= 4 } }`, "4 attempts"},
	{"by a flag that another condition sets", `func f() { done := false; n := 0; for !done { if op() == nil { return }; if n++; n == 4 { done = true }; time.Sleep(1) } }`, "4 attempts"},
	{"by a field that another condition sets", `func f(s *struct{ over bool }) { n := 0; for { if n > 9 { s.over = true }; if s.over { return }; if op() == nil { n = 0 } else { n++; time.Sleep(1) } } }`, "a count of attempts"},
	{"by a flag for the context", `func f(ctx context.Context) { ended := false; for { if op() == nil || ended { return }; if ctx.Err() != nil { ended = true }; time.Sleep(1) } }`, "a context"},
	{"by two flags that set each other", `func f() { x, y := false, false; for !x { if op() == nil { return }; if y { x = true }; if x { y = true }; time.Sleep(1) } }`, "no bound"},
	{"a flag that is taken back", `func f() { ok := true; for n := 0; ok; n++ { if op() == nil { return }; if n > 3 { ok = true }; time.Sleep(1) } }`, "no bound"},
	{"fatal", `type r struct{}
func (r) Fatalf(string) {}
func f(x r) { for i := 0; ; i++ { if op() != nil && i < 3 { time.Sleep(1); continue }; x.Fatalf("") } }`, "4 attempts"},
	{"fatal, a field", `type r struct{ Fatalf func(string) }
func f(x r) { for i := 0; ; i++ { if op() != nil && i < 3 { time.Sleep(1); continue }; x.Fatalf("") } }`, "4 attempts"},
	{"ends the process", `func f() { for i := 1; ; i++ { err := op(); if err == nil { return }; if i == 3 { println(err); os.Exit(1) }; time.Sleep(1) } }`, "3 attempts"},
	{"ends the process, else", `func f() { for i := 1; ; i++ { if err := op(); err == nil { break } else if i == 3 { log.Fatal(err) }; time.Sleep(1) } }`, "3 attempts"},
	{"ends the process, else, counted there", `func f(t testing.TB) { n := 0; for { if err := op(); err == nil { return } else if n++; n == 5 { t.Fatalf("%v", err) }; time.Sleep(1) } }`, "5 attempts"},
	{"panic", `func f() { for i := 0; ; i++ { err := op(); if err == nil { return }; if i > 1 { panic(err) }; time.Sleep(1) } }`, "3 attempts"},
	{"skips a test", `func f(t *testing.T) { for i := 0; ; i++ { err := op(); if err == nil { return }; if i > 1 { t.Skip(err) }; time.Sleep(1) } }`, "3 attempts"},
	{"skips something else", `type reader struct{}
func (reader) Skip(int) {}
func f(r reader) { for i := 0; ; i++ { err := op(); if err == nil { return }; if i > 1 { r.Skip(i) }; time.Sleep(1) } }`, "no bound"},
	{"a function that ends the process", `func die(err error) { println(err.Error()); os.Exit(1) }
func f() { for i := 0; ; i++ { err := op(); if err == nil { return }; if i == 3 { die(err) }; time.Sleep(1) } }`, "4 attempts"},
	{"a function that ends the process by another", `func f() { die := func(err error) { give(err) }; for i := 0; ; i++ { err := op(); if err == nil { return }; if i == 3 { die(err) }; time.Sleep(1) } }
func give(err error) { panic(err) }`, "4 attempts"},
	{"a function that may end the process", `func die(err error) { if !cond() { return }; os.Exit(1) }
func f() { for i := 0; ; i++ { err := op(); if err == nil { return }; if i == 3 { die(err) }; time.Sleep(1) } }`, "no bound"},
	{"one reason of several", `func f(final func(error) bool) error { for n := 1; ; n++ { err := op(); if n == 3 || err == nil || final(err) { return err }; println(n); time.Sleep(1) } }`, "3 attempts"},
	{"goes on for two reasons", `func f() error { n := 0; for { err := op(); if err != nil && n != 3 { n++; time.Sleep(1); continue }; return err } }`, "4 attempts"},
	{"goto, counted down", `func f() (err error) { left := 3
again:
	if err = op(); err == nil { return nil }
	if left == 0 { return err }
	left--
	time.Sleep(1)
	goto again }`, "4 attempts"},
	{"goto while some are left", `func f() error { n := 0
again:
	if err := op(); err != nil { if n < 5 { n++; time.Sleep(1); goto again }; return err }
	return nil }`, "6 attempts"},
	{"counted anew on each pass", `func f() { for { n := 0; if op() == nil { return }; n++; if n == 3 { return }; time.Sleep(1) } }`, "no bound"},
	{"another counter of that name", `func f() { n := 0; for { if op() == nil { return }; n := n + 1; if n == 3 { return }; time.Sleep(1) } }`, "no bound"},
	{"one case of a switch", `func f() error { for n := 1; ; n++ { err := op(); switch { case err == nil, n == 3: return err }; time.Sleep(1) } }`, "3 attempts"},
	{"switch on the count", `func f() error { for n := 1; ; n++ { err := op(); if err == nil { return nil }; switch n { case 1, 2: case 3: return err }; time.Sleep(1) } }`, "3 attempts"},
	{"switch, else", `func f() error { for n := 1; ; n++ { err := op(); switch { case err == nil: return nil; case n < 3: time.Sleep(1); default: return err } } }`, "3 attempts"},
	{"switch, counted in it", `func f() error { n := 0; for { err := op(); switch { case err == nil: return nil; default: n++ }; if n == 3 { return err }; time.Sleep(1) } }`, "3 attempts"},
	{"switch that may count", `func f() error { n := 0; for { err := op(); switch { case err == nil: return nil; case cond(): n++ }; if n == 3 { return err }; time.Sleep(1) } }`, "a count of attempts"},
	{"switch, without a count", `func f() error { for { err := op(); switch { case err == nil: return nil; case cond(): time.Sleep(1); default: return err } } }`, "no bound"},
	{"switch", `func f(max int) { n := 0; for { n++; switch { case op() == nil: return; case n > max: return }; time.Sleep(1) } }`, "a count of attempts"},
	{"else", `func f(max int) { n := 0; for { n++; if op() != nil && n < max { time.Sleep(1) } else { return } } }`, "a count of attempts"},
	{"skips the first", `func f() { for i := 0; ; i++ { if i > 0 { time.Sleep(1) }; if op() == nil { return } } }`, "no bound"},
	{"every tenth", `func f() { for i := 0; ; i++ { if i%10 == 0 { cond() }; if op() == nil { return }; time.Sleep(1) } }`, "no bound"},
	{"recursion", `func f(n int) { if op() == nil || n > 5 { return }; time.Sleep(1); f(n + 1) }`, "a count of attempts"},
	{"multiple of the counter", `func f(step, limit time.Duration) { for i := 1; ; i++ { if op() == nil || time.Duration(i)*step > limit { return }; time.Sleep(step) } }`, "a count of attempts"},
	{"multiple of the counter, known", `func f() { const step = time.Second; for i := 1; ; i++ { if op() == nil { return }; if step*time.Duration(i) >= 5*time.Second { return }; time.Sleep(step) } }`, "5 attempts"},
	{"multiple of the counter, in the header", `func f(step, limit float64) { for i := 0; (float64(i) * step) < limit; i++ { if op() == nil { return }; time.Sleep(1) } }`, "a count of attempts"},
	{"multiple that changes", `func f(g func() time.Duration, limit time.Duration) { for i := 1; ; i++ { if op() == nil || time.Duration(i)*g() > limit { return }; time.Sleep(1) } }`, "no bound"},
	{"delay outgrows a limit", `func f() error { d := time.Second; for { err := op(); if err == nil { return nil }; time.Sleep(d); d *= 2; if d >= 15*time.Second { return err } } }`, "4 attempts"},
	{"delay outgrows a limit, not known", `func f(d, limit time.Duration) { for op() != nil { time.Sleep(d); if d *= 2; d > limit { return } } }`, "a count of attempts"},
	{"delay outgrows a limit, in the header", `func f(limit time.Duration) { for d := time.Second; d < limit; d *= 2 { op(); time.Sleep(d) } }`, "a count of attempts"},
	{"delay outgrows a limit, written out", `func f(limit time.Duration) { d := time.Second; for op() != nil { time.Sleep(d); d = time.Duration(float64(d) * 1.5); if limit < d { return } } }`, "a count of attempts"},
	{"delay outgrows a limit, a field", `func f(c *config) { for op() != nil { time.Sleep(c.delay); c.delay += time.Second; if c.delay > c.max { return } } }`, "a count of attempts"},
	{"delay outgrows a limit, a copy", `func f(limit time.Duration) { d := time.Second; for op() != nil { wait := d; if wait > limit { return }; time.Sleep(wait); d *= 2 } }`, "a count of attempts"},
	{"delay outgrows a limit, recursion", `func f(d time.Duration) { if op() == nil || d > time.Minute { return }; time.Sleep(d); f(d * 2) }`, "a count of attempts"},
	{"delay outgrows a limit, anew after success", `func f(limit time.Duration) { d := time.Second; for { if op() == nil { d = time.Second; continue }; time.Sleep(d); if d *= 2; d > limit { return } } }`, "a count of attempts"},
	{"time left shrinks", `func f(left time.Duration) { for op() != nil { time.Sleep(1); if left -= time.Second; left <= 0 { return } } }`, "a count of attempts"},
	{"delay below a limit", `func f(limit time.Duration) { d := time.Second; for op() != nil { time.Sleep(d); if d *= 2; d < limit { return } } }`, "no bound"},
	{"a delay in a case", `func f(n int) { for i := 0; i < n; i++ { switch { case i == 0: case !pause(1): return }; if op() == nil { return } } }; func pause(d time.Duration) bool { time.Sleep(d); return true }`, "at most n attempts"},
	{"a case that goes round", `func f(left int) error { err := op(); switch { case err == nil: return nil; case left > 0: time.Sleep(1); return f(left - 1) }; return err }`, "a count of attempts"},
	{"a case of two that goes round", `func f(left int) error { err := op(); switch { case err == nil: return nil; case left > 0, cond(): time.Sleep(1); return f(left - 1) }; return err }`, "no bound"},
	{"asked into a flag", `func f(ctx context.Context) { for op() != nil { ended := ctx.Err() != nil; if ended { return }; time.Sleep(1) } }`, "a context"},
	{"a flag of a method", `func f(c interface{ Closed() bool }) { for op() != nil { over := c.Closed(); if over { return }; time.Sleep(1) } }`, "a signal to stop"},
	{"the opposite of one", `func f(c interface{ Closed() bool }) { for op() != nil { open := !c.Closed(); if !open { return }; time.Sleep(1) } }`, "a signal to stop"},
	{"delay stops at a limit", `func f(limit, most time.Duration) { d := time.Second; for op() != nil { time.Sleep(d); if d = min(d*2, most); d > limit { return } } }`, "no bound"},
	{"delay starts anew on each pass", `func f(limit time.Duration) { d := time.Second; for op() != nil { time.Sleep(d); if d *= 2; d > limit { return }; d = time.Second } }`, "no bound"},
	{"delay goes up and down", `func f(limit time.Duration) { d := time.Second; for op() != nil { time.Sleep(d); if cond() { d += time.Second } else { d -= time.Second }; if d > limit { return } } }`, "no bound"},
	{"delay that does not grow", `func f(d, limit time.Duration) { for op() != nil { time.Sleep(d); if d > limit { return } } }`, "no bound"},
	{"limit that grows along", `func f(limit time.Duration) { d := time.Second; for op() != nil { time.Sleep(d); d *= 2; limit *= 2; if d > limit { return } } }`, "no bound"},
	{"recursion while", `func f(n int) { if op() != nil { if n > 0 { time.Sleep(1); f(n - 1) } } }`, "no bound"},
	{"goto", `func f() { n := 0
again:
	if op() != nil { n++; if n > 3 { return }; time.Sleep(1); goto again } }`, "4 attempts"},
	{"counted in a function literal", `func f() { left := 5; try := func() error { left--; return op() }; for left > 0 { if try() == nil { return }; time.Sleep(time.Second) } }`, "a count of attempts"},
	{"atomic", `var n atomic.Int32
func f(max int) { for { if op() == nil { return }; n.Add(1); if int(n.Load()) >= max { return }; time.Sleep(1) } }`, "a count of attempts"},

	{"context case", `func f(ctx context.Context) { for op() != nil { select { case <-ctx.Done(): return; case <-time.After(1): } } }`, "a context"},
	{"context case, label", `func f(ctx context.Context) {
loop:
	for op() != nil { select { case <-ctx.Done(): break loop; case <-time.After(1): } } }`, "a context"},
	{"context case that goes on", `func f(ctx context.Context) { for op() != nil { select { case <-ctx.Done(): case <-time.After(1): } } }`, "no bound"},
	{"break of the select", `func f(ctx context.Context) { for op() != nil { select { case <-ctx.Done(): break; case <-time.After(1): } } }`, "no bound"},
	{"context error, with two answers", `func f(ctx context.Context) error { for { err := op(); if err == nil { return nil }; if ctx.Err() != nil { if err == context.Canceled { return err } else { return ctx.Err() } }; time.Sleep(1) } }`, "a context"},
	{"context error, with one answer", `func f(ctx context.Context) error { for { err := op(); if err == nil { return nil }; if ctx.Err() != nil { if err == context.Canceled { return err } }; time.Sleep(1) } }`, "no bound"},
	{"context error", `func f(ctx context.Context) { for op() != nil { if ctx.Err() != nil { return }; time.Sleep(1) } }`, "a context"},
	{"context in the condition", `func f(ctx context.Context) { for ctx.Err() == nil { if op() == nil { return }; time.Sleep(1) } }`, "a context"},
	{"stop channel", `func f(stop chan struct{}) { for op() != nil { select { case <-stop: return; case <-time.After(1): } } }`, "a signal to stop"},
	{"closed flag", `type s struct{ closed bool }
func f(x *s) { for op() != nil { if x.closed { return }; time.Sleep(1) } }`, "a signal to stop"},
	{"closed method", `type s struct{}
func (*s) IsClosed() bool { return cond() }
func f(x *s) { for !x.IsClosed() { if op() == nil { return }; time.Sleep(1) } }`, "a signal to stop"},
	{"done channel of a context, named", `func f(ctx context.Context) { done := ctx.Done(); for op() != nil { select { case <-done: return; case <-time.After(1): } } }`, "a context"},
	{"context and stop channel", `func f(ctx context.Context, stop chan struct{}) { for op() != nil { select { case <-ctx.Done(): return; case <-stop: return; case <-time.After(1): } } }`, "a context, a signal to stop"},
	{"waiter with a stop channel", `func nap(stop chan struct{}, d time.Duration) bool { select { case <-stop: return false; case <-time.After(d): return true } }
func f(stop chan struct{}) { for op() != nil { if !nap(stop, 1) { return } } }`, "a signal to stop"},
	{"waiter with the done channel", `func nap(stop <-chan struct{}, d time.Duration) bool { select { case <-stop: return false; case <-time.After(d): return true } }
func f(ctx context.Context) { for op() != nil { if !nap(ctx.Done(), 1) { return } } }`, "a context"},
	{"waiter with a context", `func nap(ctx context.Context, d time.Duration) error { select { case <-ctx.Done(): return ctx.Err(); case <-time.After(d): return nil } }
func f(ctx context.Context) { for op() != nil { if nap(ctx, 1) != nil { return } } }`, "a context"},
	{"waiter with a context, not asked", `func nap(ctx context.Context, d time.Duration) error { select { case <-ctx.Done(): return ctx.Err(); case <-time.After(d): return nil } }
func f(ctx context.Context) { for op() != nil { nap(ctx, 1) } }`, "no bound"},

	{"deadline", `func f(end time.Time) { for op() != nil { if time.Now().After(end) { return }; time.Sleep(1) } }`, "a deadline"},
	{"deadline in the condition", `func f(end time.Time) { for time.Now().Before(end) { if op() == nil { return }; time.Sleep(1) } }`, "a deadline"},
	{"since", `func f(d time.Duration) { start := time.Now(); for op() != nil { if time.Since(start) > d { return }; time.Sleep(1) } }`, "a deadline"},
	{"not before", `func f(end time.Time) { for op() != nil { if !time.Now().Before(end) { return }; time.Sleep(1) } }`, "a deadline"},
	{"before now", `func f(end time.Time) { for op() != nil { if end.Before(time.Now()) { return }; time.Sleep(1) } }`, "a deadline"},
	{"until", `func f(end time.Time) { for op() != nil { if time.Until(end) <= 0 { return }; time.Sleep(1) } }`, "a deadline"},
	{"until, named", `func f(end time.Time) { for op() != nil { if left := time.Until(end); left < time.Second { return }; time.Sleep(1) } }`, "a deadline"},
	{"until, assigned", `func f(end time.Time) error { for { err := op(); if err == nil { return nil }; left := time.Until(end); if left <= 0 { return err }; time.Sleep(min(left, time.Second)) } }`, "a deadline"},
	{"until, of a context", `func f(ctx context.Context) { for op() != nil { if end, ok := ctx.Deadline(); ok { left := time.Until(end); if left <= 0 { return } }; time.Sleep(1) } }`, "a deadline"},
	{"until, for the next pass", `func f(end time.Time) { left := time.Until(end); for left > 0 { op(); time.Sleep(1); left = time.Until(end) } }`, "a deadline"},
	{"until, in the header", `func f(end time.Time) { for left := time.Until(end); left > 0; left = time.Until(end) { op(); time.Sleep(1) } }`, "a deadline"},
	{"until, or something else", `func f(end time.Time, d time.Duration) { left := time.Until(end); for left > 0 { op(); time.Sleep(1); if cond() { left = time.Until(end) } else { left = d } } }`, "no bound"},
	{"until, before the cycle only", `func f(end time.Time) { left := time.Until(end); for left > 0 { op(); time.Sleep(1) } }`, "no bound"},
	{"elapsed, named", `func f(d time.Duration) { start := time.Now(); for op() != nil { gone := time.Since(start); if d <= gone+time.Second { return }; time.Sleep(1) } }`, "a deadline"},
	{"difference", `func f(end time.Time) { for op() != nil { if end.Sub(time.Now()).Seconds() < 1 { return }; time.Sleep(1) } }`, "a deadline"},
	{"unix time", `func f(end int64) { for time.Now().Unix() < end { if op() == nil { return }; time.Sleep(1) } }`, "a deadline"},
	{"another clock", `func f(c clock.Clock, end time.Time) { for op() != nil { if c.Now().After(end) { return }; time.Sleep(1) } }`, "a deadline"},
	{"goes on while there is time", `func f(end time.Time) { for { if op() != nil && time.Now().Before(end) { time.Sleep(1); continue }; return } }`, "a deadline"},
	{"since the first failure", `func f(d time.Duration) { var first time.Time; for op() != nil { if first.IsZero() { first = time.Now() }; if time.Since(first) > d { return }; time.Sleep(1) } }`, "a deadline"},
	{"if there is one", `func f(end time.Time) { for op() != nil { if !end.IsZero() && time.Now().After(end) { return }; time.Sleep(1) } }`, "a deadline"},
	{"in a function", `func late(end time.Time) bool { return time.Now().After(end) }
func f(end time.Time) { for op() != nil { if late(end) { return }; time.Sleep(1) } }`, "a deadline"},
	{"in a function, the other way", `func early(end time.Time) bool { if time.Now().After(end) { return false }; return true }
func f(end time.Time) { for op() != nil { if !early(end) { return }; time.Sleep(1) } }`, "a deadline"},
	{"in a function, if there is one", `func late(end time.Time) bool { return !end.IsZero() && time.Now().After(end) }
func f(end time.Time) { for op() != nil { if late(end) { return }; time.Sleep(1) } }`, "a deadline"},
	{"too soon", `func f() { start := time.Now(); for op() != nil { if time.Since(start) < 10*time.Second { return }; time.Sleep(1) } }`, "no bound"},
	{"too soon, in a function", `func soon(t time.Time) bool { return time.Since(t) < time.Second }
func f() { start := time.Now(); for op() != nil { if soon(start) { return }; time.Sleep(1) } }`, "no bound"},
	{"before it starts", `func f(start time.Time) { for op() != nil { if !time.Now().After(start) { return }; time.Sleep(1) } }`, "no bound"},
	{"length of one pass", `func f(d time.Duration) { for { start := time.Now(); op(); if time.Since(start) > d { return }; time.Sleep(1) } }`, "no bound"},

	{"limit and failure", `func f(n int) { for k := 0; ; { err := op(); if k++; err != nil && k > n { return }; time.Sleep(1) } }`, "a count of attempts"},
	{"limit and no answer", `func f(n int, try func() bool) { for k := 0; ; { ok := try(); if k++; !ok && k > n { return }; time.Sleep(1) } }`, "a count of attempts"},
	{"limit if there is one", `func f(n int) { for k := 0; op() != nil; { if k++; n > 0 && k > n { return }; time.Sleep(1) } }`, "a count of attempts"},
	{"limit and stop", `func f(n int, ctx context.Context) { for k := 0; op() != nil; { if k++; k > n && ctx.Err() != nil { return }; time.Sleep(1) } }`, "a count of attempts, a context"},
	{"limit and something else", `func f(n int) { for k := 0; op() != nil; { if k++; k > n && cond() { return }; time.Sleep(1) } }`, "no bound"},
	{"limit or something else", `func f(n int) { for k := 0; op() != nil; { if k++; k > n || cond() { return }; time.Sleep(1) } }`, "a count of attempts"},
	{"goes on for one of two reasons", `func f(n int) { for k := 0; ; { if k++; k < n || cond() { time.Sleep(1); continue }; return } }`, "no bound"},
	{"limit of a crash loop", `func f(n int) { start := time.Now(); for k := 0; op() != nil; { if k++; k > n && time.Since(start) < time.Minute { return }; time.Sleep(1) } }`, "no bound"},
	{"limit and too late", `func f(n int) { start := time.Now(); for k := 0; op() != nil; { if k++; k > n && time.Since(start) > time.Minute { return }; time.Sleep(1) } }`, "a count of attempts, a deadline"},
	{"too late and something else", `func f(end time.Time) { for op() != nil { if cond() && time.Now().After(end) { return }; time.Sleep(1) } }`, "no bound"},
	{"in a predicate", `type s struct{ n, most int }
func (x *s) spent() bool { return x.n >= x.most }
func f(x *s) { for op() != nil { if x.n++; x.spent() { return }; time.Sleep(1) } }`, "a count of attempts"},
	{"timer case", `func f(d time.Duration) { end := time.After(d); for op() != nil { time.Sleep(1); select { case <-end: return; default: } } }`, "a deadline"},
	{"timer case, its own delay", `func f(c chan int) { t := time.NewTimer(1); for { op(); t.Reset(1); select { case <-c: case <-t.C: return } } }`, "no bound"},
	{"timer case, made on each pass", `func f(c chan int) { for { op(); select { case <-c: case <-time.After(1): return } } }`, "no bound"},
	{"ticker case, its own delay", `func f(c chan int) { t := time.NewTicker(1); for { op(); select { case <-c: case <-t.C: return } } }`, "no bound"},
	{"timer case, a field", `type s struct{ t *time.Timer }
func f(x *s, c chan int) { for { op(); x.t.Reset(1); select { case <-c: case <-x.t.C: return } } }`, "no bound"},
	{"timer case, never reset", `func f(c chan int) { t := time.NewTimer(1); for { op(); select { case <-c: case <-t.C: return } } }`, "a deadline"},
	{"context with timeout", `func f() { ctx, cancel := context.WithTimeout(context.Background(), time.Minute); defer cancel()
	for op() != nil { select { case <-ctx.Done(): return; case <-time.After(1): } } }`, "a context, a deadline"},
	{"timeout of one pass", `func f(p context.Context) { for { ctx, cancel := context.WithTimeout(p, time.Minute); op(); cancel(); if ctx.Err() == nil { return }; time.Sleep(1) } }`, "a context"},
	{"several", `func f(ctx context.Context, end time.Time) { for i := 0; i < 3; i++ { op(); if time.Now().After(end) { return }; select { case <-ctx.Done(): return; case <-time.After(1): } } }`, "3 attempts, a context, a deadline"},
}

func TestBounds(t *testing.T) {
	for _, tt := range boundsTests {
		t.Run(tt.name, func(t *testing.T) {
			a, s := load(t, tt.src)
			if got := a.Bounds(s).String(); got != tt.want {
				t.Errorf("got %q, want %q\n%s", got, tt.want, tt.src)
			}
		})
	}
}
