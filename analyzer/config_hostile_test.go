package analyzer

import (
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
