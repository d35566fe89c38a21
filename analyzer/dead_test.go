package analyzer_test

import (
	"go/format"
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

// deadTable reads its delays of a variable, and counts by constants.
const deadTable = `func f(ctx context.Context) (err error) {
	for i := 0; i < tries; i++ {
		if err = op(); err == nil {
			return nil
		}
		if i < last {
			time.Sleep(delays[i])
		}
	}
	return err
}

const tries = 4

`

// A fix leaves out constants and variables that nothing but what it replaces names.
func TestLeavesDeadValues(t *testing.T) {
	const delays = "// delays are those of old.\nvar delays = []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}\n"
	for _, test := range []struct{ name, values, left string }{
		{"alone", "const last = 3 // of old\n\n" + delays, ""},
		{"in a group", "const (\n\t// last one of old\n\tlast = 3 // of old\n\tother = 1\n)\n\n" + delays, "const (\n\tother = 1\n)\n"},
		{"named by what the group says", "// last is that of old.\nconst (\n\tlast = 3\n\tmore = 1\n)\n\n" + delays, "// last is that of old.\nconst (\n\tlast = 3\n\tmore = 1\n)\n"},
		{"a whole group", "// of old\nconst (\n\tlast = half + 2 // of old\n\thalf = 1\n)\n\n" + delays, ""},
		{"one that nothing used", "// of old\nconst (\n\tlast = 3\n\thalf = 1\n)\n\n" + delays, "// of old\nconst (\n\thalf = 1\n)\n"},
		{"one that others may use", "// of old\nconst (\n\tlast = Half + 2\n\tHalf = 1\n)\n\n" + delays, "// of old\nconst (\n\tHalf = 1\n)\n"},
		{"all of a group", "// of old\nvar (\n\tlast = 3 // of old\n\n" + strings.Replace(delays, "var ", "", 1) + ")\n", ""},
		{"used", "const last = 3\n\n" + delays + "\nvar old = len(delays)\n", delays + "\nvar old = len(delays)\n"},
		{"the longest of a group", "const (\n\tlast  = 3\n\tmore = 1\n)\n\n" + delays, "const (\n\tmore = 1\n)\n"},
		{"its place is its value", "const (\n\tone = iota + 1\n\ttwo\n\tlast\n)\n\n" + delays, "const (\n\tone = iota + 1\n\ttwo\n\tlast\n)\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			writeShapes(t, dir)
			m := &shapeModule{t: t, dir: dir, helper: libretry}
			fixed, notes := m.fix(shapesHead + deadTable + test.values)
			if strings.Contains(fixed, "time.Sleep") {
				t.Fatalf("no fix: %s", notes)
			}
			formatted, err := format.Source([]byte(fixed))
			if err != nil {
				t.Fatal(err)
			}
			if _, left, _ := strings.Cut(string(formatted), "const tries = 4\n"); strings.TrimSpace(left) != strings.TrimSpace(test.left) {
				t.Errorf("got\n%s", left)
			}
		})
	}
}

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
		{"two loops", one + "\n" + strings.Replace(deadLoop, "NAME", "g", 1), "", true, "remove pauseOf, which nothing uses after the fixes"},
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
