package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var hunk = regexp.MustCompile(`^@@ -(\d+)`)

// applyDiff applies unified diffs to the files in dir, which they name in the
// way of git or of x/tools.
func applyDiff(t *testing.T, dir, text string) {
	t.Helper()
	var name string
	var old, out []string
	done := 0
	flush := func() {
		if name != "" {
			out = append(out, old[done:]...)
			update(t, dir, "-- "+name+" --\n"+strings.Join(out, ""))
		}
		out, done = nil, 0
	}
	for line := range strings.Lines(text) {
		switch m := hunk.FindStringSubmatch(line); {
		case strings.HasPrefix(line, "--- "):
			flush()
			name = diffName(dir, line[4:])
			data, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			old = strings.SplitAfter(string(data), "\n")
		case m != nil:
			start, _ := strconv.Atoi(m[1])
			out = append(out, old[done:start-1]...)
			done = start - 1
		case strings.HasPrefix(line, "+++ "):
		case line[0] == '+':
			out = append(out, line[1:])
		case line[0] == '-' || line[0] == ' ':
			if old[done] != line[1:] {
				t.Fatalf("%s:%d: got %q, the diff has %q", name, done+1, old[done], line)
			}
			if line[0] == ' ' {
				out = append(out, line[1:])
			}
			done++
		}
	}
	flush()
}

// diffName returns the name of a file in a diff as seen from dir.
func diffName(dir, text string) string {
	name, _, _ := strings.Cut(strings.TrimSpace(text), " (old)")
	if rel, err := filepath.Rel(dir, name); err == nil && filepath.IsAbs(name) {
		name = rel
	}
	return strings.TrimPrefix(filepath.ToSlash(name), "a/")
}
