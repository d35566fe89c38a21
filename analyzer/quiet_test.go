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
