package analyzer_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

// What is told of a package by its imports and its text alone.
func TestMayReport(t *testing.T) {
	t.Parallel()
	own := analyzer.Options{Policies: []analyzer.PolicySpec{{Identifier: "go.acme.dev/pause.Linear", Growth: "linear", Remedy: "take Doubling"}}}
	for _, test := range []struct {
		name, src string
		opts      analyzer.Options
		want      bool
	}{
		{"nothing", "package p\n\nimport \"fmt\"\n", analyzer.Options{}, false},
		{"waits", "package p\n\nimport (\n\t\"fmt\"\n\tclock \"time\"\n)\n", analyzer.Options{}, true},
		{"known library", "package p\n\nimport \"github.com/cenkalti/backoff/v5\"\n", analyzer.Options{}, true},
		{"unknown library", "package p\n\nimport \"go.acme.dev/pause\"\n", analyzer.Options{}, false},
		{"configured library", "package p\n\nimport \"go.acme.dev/pause\"\n", own, true},
		{"directive", "package p\n\nfunc f() {} //nolint:errcheck,SharedRetry // why\n", analyzer.Options{}, true},
		{"directive for a rule", "//lint:file-ignore retry-loop why\n\npackage p\n", analyzer.Options{}, true},
		{"directive for others", "package p\n\nfunc f() {} //nolint:errcheck // sharp\n", analyzer.Options{}, false},
		{"directive for all", "package p\n\nfunc f() {} //nolint // why\n", analyzer.Options{}, false}, // it is never one too many
		{"imports that do not parse", "package p\n\nimport fmt\n", analyzer.Options{}, true},
	} {
		clean := filepath.Join(t.TempDir(), "clean.go")
		file := filepath.Join(t.TempDir(), "p.go")
		for name, src := range map[string]string{clean: "package p\n", file: test.src} {
			if err := os.WriteFile(name, []byte(src), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if got := test.opts.MayReport([]string{clean, file}); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
	if !(analyzer.Options{}).MayReport([]string{"missing.go"}) {
		t.Error("a file that cannot be read is taken for one without a finding")
	}
}
