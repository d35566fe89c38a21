package analyzer_test

import (
	"strings"
	"testing"
)

// A line that states today's delay does so no longer, or is pointed out.
func TestStaleLine(t *testing.T) {
	dir := t.TempDir()
	writeShapes(t, dir)
	m := &shapeModule{t: t, dir: dir, helper: "numbers"}
	for _, test := range []struct {
		name, wait, log string
		stale           string
	}{
		{"the delay in a log line", "wait", `log.Printf("again in %v: %v", wait, err)`, "takes the delay out of line 15"},
		{"the delay in a line that needs it", "wait", `log.Printf("%v after %v", err, wait)`, "change line 15, which speaks of today's waits"},
		{"a product", "time.Duration(n+1) * wait", `log.Printf("again in %v", time.Duration(n+1)*wait)`, "takes the delay out of line 15"},
		{"a number of seconds", "time.Duration(n+1) * time.Second", `log.Printf("again in %d seconds", n+1)`, "takes the delay out of line 15"},
		{"a number of another unit", "time.Duration(n+1) * time.Second", `log.Printf("now %d m away", n+1)`, ""},
		{"the number of the attempt", "time.Duration(n+1) * time.Second", `log.Printf("attempt %d failed", n+1)`, ""},
		{"what a random part is added to", "wait + time.Duration(n)", `log.Printf("again in %v", wait)`, "takes the delay out of line 15"},
		{"a part of it", "2 * wait", `log.Printf("again in %v: %v", wait, err)`, ""},
		{"a key that says so", "2 * time.Second", `op("delay", 2*time.Second)`, "change line 15,"},
		{"something else", "wait", `log.Print(err)`, ""},
		{"what is no text", "wait", `op(wait)`, ""},
		{"an amount in a text", "5 * time.Second", `log.Print("again in 5s")`, "takes the delay out of line 15"},
		{"a constant in a text", "time.Second", `log.Print("again in ", time.Second)`, "takes the delay out of line 15"},
		{"as long as the delay", "time.Second", `timeout := 1000 * time.Millisecond; log.Printf("again in %v", timeout)`, "takes the delay out of line 15"},
		{"as long as it, on something else", "time.Second", `timeout := 1000 * time.Millisecond; log.Printf("again, with a timeout of %v", timeout)`, ""},
		{"no longer as long", "time.Second", `timeout := time.Second; timeout *= 2; log.Printf("again in %v", timeout)`, ""},
		{"the time of another call", "time.Second", `op("tcp", time.Second)`, ""},
		{"a word that is no amount", "time.Second", "// Told as well as it can be.\n\t\tlog.Print(err)", ""},
		{"another amount", "time.Second", `log.Print("again in 5s")`, ""},
		{"the name of the delay in a comment", "wait", "// Each round waits for wait.\n\t\tlog.Print(err)", "change line 15,"},
		{"a word in a comment", "wait", "// They wait for it.\n\t\tlog.Print(err)", ""},
		{"a comment, and a line without it", "5 * time.Second", "// Five seconds are a long time.\n\t\tlog.Print(\"again in 5 seconds\")", "takes the delay out of line 16; change line 15, which speaks of today's waits"},
		{"a comment, and a line that needs it", "5 * time.Second", "// Five seconds are a long time.\n\t\tlog.Print(\"5 seconds\")", "change lines 15 and 16, which speak of today's waits"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, notes := m.fix(shapesHead + `func f(wait time.Duration) error {
	var err error
	for n := range 3 {
		if err = op(n); err == nil {
			return nil
		}
		` + test.log + `
		time.Sleep(` + test.wait + `)
	}
	return err
}
`)
			if !strings.Contains(notes, "a fix is offered") || !strings.Contains(notes, test.stale) || test.stale == "" && strings.Contains(notes, "today's waits") {
				t.Errorf("want %q:\n%s", test.stale, notes)
			}
		})
	}
}

// A line that a function of the loop's own writes is pointed out, too.
func TestStaleInLiteral(t *testing.T) {
	dir := t.TempDir()
	writeShapes(t, dir)
	m := &shapeModule{t: t, dir: dir, helper: "numbers"}
	for called, want := range map[string]bool{"warn(err)": true, "_ = warn": true, "log.Print(err)": false} {
		_, notes := m.fix(shapesHead + `func f(wait time.Duration) error {
	var err error
	warn := func(err error) { log.Printf("%v, again in %v", err, wait) }
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		` + called + `
		time.Sleep(wait)
	}
	warn(err)
	return err
}
`)
		if strings.Contains(notes, "today's waits") != want || !strings.Contains(notes, "a fix is offered") {
			t.Errorf("%s: %s", called, notes)
		}
	}
}

// What is said of the delay goes with it, and what is said of something else stays.
func TestWaitComments(t *testing.T) {
	testShapes(t, []shapeTest{{"above, behind and inside", libretry, `func f() (err error) {
	wait := time.Second // the first delay
	for range 4 {
		// The peer may be busy.
		if err = op(); err == nil {
			return nil
		}
		// The peer logs each of these.
		log.Print(err)

		// Wait a little before the next round.
		time.Sleep(wait) // grows
		wait *= 2        // back off
	}
	return err
}
`, `func f() (err error) {
	return retry.New(
		retry.Attempts(4),
		retry.Delay(time.Second),
		retry.DelayType(retry.BackOffDelay),
		retry.LastErrorOnly(true),
	).Do(func() error {
		// The peer may be busy.
		err := op()
		if err != nil {
			// The peer logs each of these.
			log.Print(err)
		}

		return err
	})
}
`}, {"a header", "loop", `func f() (err error) {
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		// See the manual of the peer.
		log.Print(err)
		// give it a second
		time.Sleep(time.Second)
	}
	return err
}
`, `func f() (err error) {
	for r := acme.Start(context.Background(), 3, time.Second); r.Next(); {
		if err = op(); err == nil {
			return nil
		}
		// See the manual of the peer.
		log.Print(err)
	}
	return err
}
`}})
}

// A comment that names the ticker is left behind by it.
func TestStaleTicker(t *testing.T) {
	dir := t.TempDir()
	writeShapes(t, dir)
	m := &shapeModule{t: t, dir: dir, helper: "done"}
	_, notes := m.fix(shapesHead + `func f() {
	ticker := time.Tick(time.Second)
	for range ticker { // no busy wait: use a ticker
		if op() == nil {
			return
		}
	}
}
`)
	if want := "change line 11, which speaks of today's waits"; !strings.Contains(notes, want) {
		t.Errorf("got\n%s\nwant %s", notes, want)
	}
}

// A line goes on telling a delay that stays what it is.
func TestTrueLine(t *testing.T) {
	testShapes(t, []shapeTest{{"constant", "done", `func f(ctx context.Context, q *queue, delay time.Duration) error {
	for !q.stopped {
		err := op()
		if err == nil {
			return nil
		}
		log.Printf("again in %v", delay)
		time.Sleep(delay)
	}
	return errGaveUp
}

type queue struct{ stopped bool }
`, `func f(ctx context.Context, q *queue, delay time.Duration) error {
	w := acme.Waiter{Delay: delay, Max: delay}
	for !q.stopped {
		err := op()
		if err == nil {
			return nil
		}
		log.Printf("again in %v", delay)
		if !w.For(ctx.Done()) {
			return ctx.Err()
		}
	}
	return errGaveUp
}

type queue struct{ stopped bool }
`}})
}

// A delay that is told by a call which does more stays with the line that tells it.
func TestToldByEffect(t *testing.T) {
	testShapes(t, []shapeTest{{"effect", libretry, `func f(next interface{ Duration() time.Duration }) error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		delay := next.Duration()
		log.Printf("again in %v", delay)
		time.Sleep(delay)
	}
}
`, "a log tells the delay, which the helper keeps to itself"}})
}
