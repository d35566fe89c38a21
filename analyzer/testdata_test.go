package analyzer_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/sharedretry/sharedretry/analyzer"
)

// moduleRoot is the directory of the module: the packages in testdata are
// loaded as part of it.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestTestdata runs the analyzer with its default options on what stands in
// testdata, a directory for each behaviour. What is wrong with a loop is not told.
func TestTestdata(t *testing.T) {
	var patterns []string
	for _, topic := range []string{"delay", "cycle", "outcome", "intent", "backoff", "refusal", "suppress", "helper"} {
		patterns = append(patterns, "./testdata/src/"+topic+"/...")
	}
	analysistest.Run(t, moduleRoot(t), analyzer.New(analyzer.Options{Faults: []string{"none"}}), patterns...)
}

// TestRules runs it with other rules than the default ones.
func TestRules(t *testing.T) {
	for _, test := range []struct {
		dir  string
		opts analyzer.Options
	}{
		{"pollloop", analyzer.Options{Rules: []string{"poll-loop"}}},
		{"plain", analyzer.Options{Rules: []string{"retry-loop"}, Faults: []string{"none"}}},
		{"tests", analyzer.Options{Tests: true}},
		{"drivernolint", analyzer.Options{DriverNolint: true}},
		{"unusedoff", analyzer.Options{Rules: []string{"retry-loop"}}},
		{"unusedsome", analyzer.Options{Rules: []string{"retry-loop", "unused-suppression"}}},
	} {
		t.Run(test.dir, func(t *testing.T) {
			analysistest.Run(t, moduleRoot(t), analyzer.New(test.opts), "./testdata/src/rules/"+test.dir)
		})
	}
}

// TestInjected runs it on code that needs a stand-in for a library.
func TestInjected(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), analyzer.New(analyzer.Options{}), "inject")
}
