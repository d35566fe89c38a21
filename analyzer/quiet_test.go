package analyzer_test

import (
	"strings"
	"testing"
)

// Where the helper logs every failed attempt, the lines that do so by hand go, with
// what only serves them; all other lines stay.
func TestLogs(t *testing.T) {
	const call = "func f() error {\n\treturn acme.Do(3, time.Second, func() error { return op() })\n}"
	dir := t.TempDir()
	writeShapes(t, dir)
	for _, test := range []struct{ name, src, want, gone string }{
		{"in the attempt and between two", `func f() error {
	var err error
	tries := 0
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		tries++
		log.Printf("attempt %d failed: %v", tries, err)
		time.Sleep(time.Second)
	}
	return err
}
`, call, "the helper logs, not line 17"},
		{"before the delay at the top", `func f() error {
	var err error
	for n := 0; n < 3; n++ {
		if n > 0 {
			log.Printf("attempt %d failed: %v", n, err)
			time.Sleep(time.Second)
			log.Print("again")
		}
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`, call, "the helper logs, not lines 13 and 15"},
		{"under a condition of their own", `func f() error {
	var err error
	for n := 0; n < 3; n++ {
		if err = op(); err == nil {
			return nil
		}
		if n%2 == 0 {
			log.Println("still failing:", err)
		}
		time.Sleep(time.Second)
	}
	return err
}
`, call, "the helper logs, not line 15"},
		{"what logs a success, and the end, stays", `func f() error {
	for n := 1; ; n++ {
		err := op()
		if err == nil {
			log.Print("done")
			return nil
		}
		log.Printf("attempt %d failed: %v", n, err)
		if n == 3 {
			log.Printf("giving up: %v", err)
			return err
		}
		time.Sleep(time.Second)
	}
}
`, "log.Print(\"done\")", "the helper logs, not line 16"},
		{"an attempt, whether or not it failed", `func f() error {
	var err error
	for n := 0; n < 3; n++ {
		log.Print("trying")
		err = op()
		log.Printf("result: %v", err)
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`, "log.Printf(\"result: %v\", err)", ""},
		{"what does more than to log", `func f() error {
	var err error
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		log.Print(next())
		time.Sleep(time.Second)
	}
	return err
}
func next() int { return 1 }
`, "log.Print(next())", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := &shapeModule{t: t, dir: dir, helper: "all", logs: true}
			fixed, notes := m.fix(shapesHead + test.src)
			if !strings.Contains(fixed, test.want) {
				t.Errorf("got\n%s\n%s", fixed, notes)
			}
			if test.gone != "" && !strings.Contains(notes, test.gone) || test.gone == "" && strings.Contains(notes, "the helper logs") {
				t.Errorf("got %s, want %s", notes, test.gone)
			}
			m.logs = false
			if _, notes := m.fix(shapesHead + test.src); strings.Contains(notes, "the helper logs") {
				t.Errorf("not asked for: %s", notes)
			}
		})
	}
}

// A helper that is given a logger is given the one by which the lines were written that
// go, if there is one.
func TestLogsTo(t *testing.T) {
	dir := t.TempDir()
	writeShapes(t, dir)
	for _, test := range []struct{ name, before, first, then, want string }{
		{"a field", "", "", `s.log.Warn("failed", "err", err)`, "s.log"},
		{"a variable of the package", "", "", `logger.Warn("failed", "err", err)`, "logger"},
		{"the default", "", "", `slog.Warn("failed", "err", err)`, "slog.Default()"},
		{"two", "", "", "s.log.Warn(\"failed\")\n\t\tlogger.Warn(\"again\")", "slog.Default()"},
		{"that of the attempt", "", "log := s.log\n\t\t", `log.Warn("failed")`, "slog.Default()"},
		{"one that the loop assigns", "", "s.log = logger\n\t\t", `s.log.Warn("failed")`, "slog.Default()"},
		{"one from before the loop", "log := s.log.With(\"a\", 1)\n\tlog.Info(\"first\")\n\t", "", `log.Warn("failed")`, "log"},
		{"none", "", "", `log.Print("failed")`, "slog.Default()"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := &shapeModule{t: t, dir: dir, helper: "logging", logs: true}
			fixed, notes := m.fix(`package m

import (
	"log"
	"log/slog"
	"time"
)

var logger = slog.Default()

type server struct{ log *slog.Logger }

func (s *server) f() error {
	var err error
	` + test.before + `for range 3 {
		` + test.first + `if err = op(); err == nil {
			return nil
		}
		` + test.then + `
		time.Sleep(time.Second)
	}
	return err
}
`)
			if want := "acme.Logged(3, time.Second, " + test.want + ", "; !strings.Contains(fixed, want) {
				t.Errorf("want %s, got\n%s\n%s", want, fixed, notes)
			}
		})
	}
}
