package analyzer_test

import (
	"crypto/sha256"
	"go/ast"
	"reflect"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/sharedretry/sharedretry/analyzer"
)

// Drivers share the syntax trees among analyzers: they stay as they are, also
// where fixes are made.
func TestSyntaxUnchanged(t *testing.T) {
	t.Parallel()
	patterns := []string{"net/http", "cmd/go/internal/base", "../testdata/src/quickstart/..."}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	before := treeSums(t, pkgs)
	a := analyzer.New(analyzer.Options{Rules: []string{"all"}, Config: analyzer.NoConfig})
	graph, err := checker.Analyze([]*analysis.Analyzer{a, analyzer.FixEverything(keepers...)}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	fixes := 0
	for _, act := range graph.Roots {
		if edits, ok := act.Result.([][]analysis.TextEdit); ok {
			fixes += len(edits)
		}
	}
	if fixes == 0 {
		t.Error("no fix was made")
	}
	for name, sum := range treeSums(t, pkgs) {
		if sum != before[name] {
			t.Errorf("%s has changed", name)
		}
	}
}

// treeSums returns a checksum of each file's syntax tree.
func treeSums(t *testing.T, pkgs []*packages.Package) map[string][sha256.Size]byte {
	t.Helper()
	withoutScopes := func(name string, _ reflect.Value) bool { return name != "Scope" && name != "Obj" } // maps have no order
	sums := make(map[string][sha256.Size]byte)
	for _, pkg := range pkgs {
		for _, file := range pkg.Syntax {
			h := sha256.New()
			if err := ast.Fprint(h, nil, file, withoutScopes); err != nil {
				t.Fatal(err)
			}
			sums[pkg.Fset.Position(file.Package).Filename] = [sha256.Size]byte(h.Sum(nil))
		}
	}
	return sums
}
