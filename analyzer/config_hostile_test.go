package analyzer

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Configurations that are made to take long or much are read, or refused with the name of
// the file, in no time.
func TestHostileConfig(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for i := range 20 {
		before, name := string(rune('a'+i)), string(rune('b'+i))
		bomb += name + ": &" + name + " [" + strings.Repeat("*"+before+", ", 8) + "*" + before + "]\n"
	}
	const size = 300_000
	for name, text := range map[string]string{
		"aliases of aliases":      bomb,
		"aliases in a list":       strings.ReplaceAll(bomb, "a: &a", "rules: &a") + "exclude: [*b, *c]\n",
		"an alias of itself":      "rules: &a [*a]\n",
		"lists in lists":          "rules: " + strings.Repeat("[", size) + strings.Repeat("]", size) + "\n",
		"keys in keys":            strings.Repeat("{a: ", size),
		"blocks in blocks":        strings.Repeat("- ", size) + "x\n",
		"a long key":              strings.Repeat("a", size) + ": b\n",
		"many documents":          strings.Repeat("---\n", size),
		"many keys":               strings.Repeat("a: b\n", size),
		"many stars":              "exclude:\n  - {path: \"" + strings.Repeat("**/", size/3) + "x\", reason: why}\n",
		"many names":              "loggers: [" + strings.Repeat("a.b/c.*F*F*F*, ", size/15) + "a.b/c.F]\n",
		"escapes":                 "rules: [\"" + strings.Repeat(`\u001b`, size/6) + "\"]\n",
		"templates in a template": "helpers: [{name: a, imports: {r: a.b/c}, call: \"" + strings.Repeat("{{if ctx}}", size/20) + strings.Repeat("{{end}}", size/20) + "\"}]\n",
	} {
		start := time.Now()
		_, err := parseConfig("c.yml", []byte(text))
		if took := time.Since(start); took > maxHostileConfig {
			t.Errorf("%s: %v", name, took)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "c.yml:") {
			t.Errorf("%s: %.200v", name, err)
		}
	}
}

// maxHostileConfig is how long a configuration may take, on a slow machine.
const maxHostileConfig = 10 * time.Second

// The package of a helper is read in time that is in proportion to its size.
func TestDescribeLarge(t *testing.T) {
	t.Parallel()
	const n = 4000 // two minutes, where the file is parsed for each
	for name, code := range map[string]string{
		"functions": "import \"time\"\n\n" + numbered(n, "func Do%d(attempts int, delay time.Duration, op func() error) error { return op() }\n"),
		"fields":    "type P struct {\n" + numbered(n, "\tA%[1]d func(struct{ B%[1]d int })\n") + "}\n\nfunc Do(p P, op func() error) error { return op() }\n",
	} {
		dir := tree(t, map[string]string{"go.mod": "module example.com/m\n\ngo 1.26\n", "retry/x.go": "package retry\n\n" + code})
		start := time.Now()
		_, err := Describe(dir, "./retry")
		if took := time.Since(start); took > 20*time.Second || err == nil || !strings.Contains(err.Error(), "it cannot be told") {
			t.Errorf("%s: %v, %.200v", name, took, err)
		}
	}
}

func numbered(n int, format string) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, format, i)
	}
	return s.String()
}
