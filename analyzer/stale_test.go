package analyzer_test

import (
	"strings"
	"testing"
)

// A line that stays and names the delay of today is pointed out.
func TestStaleLine(t *testing.T) {
	dir := t.TempDir()
	writeShapes(t, dir)
	m := &shapeModule{t: t, dir: dir, helper: libretry}
	for _, test := range []struct {
		name, wait, log string
		stale           bool
	}{
		{"the delay in a log line", "wait", `log.Printf("again in %v: %v", wait, err)`, true},
		{"a part of it", "2 * wait", `log.Printf("again in %v: %v", wait, err)`, false},
		{"something else", "wait", `log.Print(err)`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, notes := m.fix(shapesHead + `func f(wait time.Duration) error {
	var err error
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		` + test.log + `
		time.Sleep(` + test.wait + `)
	}
	return err
}
`)
			if got := strings.Contains(notes, ", which names the delay of today"); got != test.stale {
				t.Errorf("got %v, want %v:\n%s", got, test.stale, notes)
			}
		})
	}
}
