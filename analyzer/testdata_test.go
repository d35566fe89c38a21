package analyzer_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/sharedretry/sharedretry/analyzer"
)

// root is the directory of the module: the packages in testdata are loaded as
// part of it.
func root(t testing.TB) string {
	dir, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestTestdata runs the analyzer with its default options.
func TestTestdata(t *testing.T) {
	for _, dir := range []string{"delay", "cycle", "outcome", "intent", "backoff", "refusal"} {
		t.Run(dir, func(t *testing.T) {
			analysistest.Run(t, root(t), analyzer.New(analyzer.Options{}), "./testdata/src/"+dir+"/...")
		})
	}
}
