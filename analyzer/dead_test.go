package analyzer_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// deadLoop calls a function for its delay, deadDelay is that.
const (
	deadLoop = `func NAME(ctx context.Context) (err error) {
	for i := range 3 {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(pauseOf(i))
	}
	return err
}
`
	deadDelay = `
// pauseOf is the delay behind an attempt.
func pauseOf(i int) time.Duration {
	if i < 0 {
		return pauseOf(0)
	}
	return time.Second << i
}
`
)

// A fix leaves out a function that nothing but what it replaces calls.
func TestLeavesDead(t *testing.T) {
	one := strings.Replace(deadLoop, "NAME", "f", 1) + deadDelay
	for _, test := range []struct {
		name, src, other string
		stays            bool
		says             string
	}{
		{"one call", one, "", false, ""},
		{"another call", one + "\nvar longest = pauseOf(8)\n", "", true, ""},
		{"a method of its name", one + "\ntype t int\n\nfunc (t) pauseOf() {}\n", "", false, ""},
		{"a method, and another of its name", strings.NewReplacer("pauseOf(i)", "t(0).pauseOf(i)", "return pauseOf", "return t(0).pauseOf", "func pauseOf", "func (t) pauseOf").Replace(one) + "\ntype (\n\tt int\n\tu int\n)\n\nfunc (u) pauseOf() {}\n", "", false, ""},
		{"a method that an interface may call", strings.NewReplacer("pauseOf(i)", "t(0).pauseOf(i)", "return pauseOf", "return t(0).pauseOf", "func pauseOf", "func (t) pauseOf").Replace(one) + "\ntype t int\n\nvar _ interface{ pauseOf(int) time.Duration } = t(0)\n", "", true, ""},
		{"what stands behind it, and only it calls", strings.Replace(one, "time.Second << i", "unit() << i", 1) + "\n// unit of pauseOf is a second.\nfunc unit() time.Duration { return time.Second }\n\nvar last int\n", "", false, ""},
		{"what only it calls", "// unit of pauseOf is a second.\nfunc unit() time.Duration { return time.Second }\n\n" + strings.Replace(one, "time.Second << i", "unit() << i", 1), "", false, ""},
		{"a test calls it", one, "package m\n\nvar _ = pauseOf(1)\n", true, ""},
		{"a directive", strings.Replace(one, "// pauseOf is", "//go:noinline\n// pauseOf is", 1), "", true, ""},
		{"exported to C", strings.Replace(one, "// pauseOf is", "//export pauseOf\n// pauseOf is", 1), "", true, ""},
		{"a link to it", one + "\n//go:linkname other example.com/m.pauseOf\n", "", true, ""},
		{"a variable of its name", strings.Replace(strings.Replace(one, "for i := range 3", "pauseOf := time.Second\n\tfor range 3", 1), "time.Sleep(pauseOf(i))", "time.Sleep(pauseOf)", 1), "", true, ""},
		{"two loops", one + "\n" + strings.Replace(deadLoop, "NAME", "g", 1), "", true, "remove pauseOf, which nothing calls then"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			writeShapes(t, dir)
			if test.other != "" {
				writeFile(t, filepath.Join(dir, "m_test.go"), test.other)
			}
			m := &shapeModule{t: t, dir: dir, helper: libretry}
			fixed, notes := m.fix(shapesHead + test.src)
			if strings.Contains(fixed, "time.Sleep") {
				t.Fatalf("no fix: %s", notes)
			}
			if strings.Contains(fixed, "pauseOf is") != test.stays || strings.HasSuffix(fixed, "\n\n") || strings.Contains(fixed, "\n\n\n") {
				t.Errorf("got\n%s", fixed)
			}
			if !strings.Contains(notes, test.says) {
				t.Errorf("says %s", notes)
			}
		})
	}
}
