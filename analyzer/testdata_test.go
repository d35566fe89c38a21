package analyzer_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
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

// ruleOptions are those of the directories in testdata/src/rules, which are for other
// rules than the default ones.
var ruleOptions = map[string]analyzer.Options{
	"pollloop":     {Rules: []string{"poll-loop"}},
	"plain":        {Rules: []string{"retry-loop"}, Faults: []string{"none"}},
	"tests":        {Tests: true},
	"drivernolint": {DriverNolint: true},
	"unusedoff":    {Rules: []string{"retry-loop"}},
	"unusedsome":   {Rules: []string{"retry-loop", "unused-suppression"}},
}

// TestTestdata runs the analyzer on what stands in testdata, a directory for each
// behaviour: with its default options, but what is wrong with a loop is not told, or
// with those of ruleOptions. All is loaded at once, since that takes longer than the pass.
func TestTestdata(t *testing.T) {
	const rules = "./testdata/src/rules/"
	var patterns []string
	for _, topic := range []string{"delay", "cycle", "outcome", "intent", "backoff", "refusal", "suppress", "helper"} {
		patterns = append(patterns, "./testdata/src/"+topic+"/...")
	}
	a := *analyzer.New(analyzer.Options{Faults: []string{"none"}})
	byDir := make(map[string]*analysis.Analyzer)
	for dir, opts := range ruleOptions {
		patterns = append(patterns, rules+dir)
		byDir[dir] = analyzer.New(opts)
	}
	plain := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		_, dir, _ := strings.Cut(pass.Pkg.Path(), rules[1:])
		if other := byDir[dir]; other != nil {
			return other.Run(pass)
		}
		return plain(pass)
	}
	analysistest.Run(t, moduleRoot(t), &a, patterns...)
}

// TestInjected runs it on code that needs a stand-in for a library.
func TestInjected(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), analyzer.New(analyzer.Options{}), "inject")
}
