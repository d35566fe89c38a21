package analyzer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/baseline"
)

// The files of a package are read in any order: that of the findings, and which of
// equal ones are taken as known, is the order of their names.
func TestOrder(t *testing.T) {
	src := "package p\n\nimport \"time\"\n\nfunc (x%s) f() {\n\tfor op() != nil {\n\t\ttime.Sleep(time.Second)\n\t}\n\tfor op() != nil {\n\t\ttime.Sleep(time.Second)\n\t}\n}\n"
	list := filepath.Join(t.TempDir(), "baseline")
	var first string
	orders := [][]string{{"a.go", "b.go", "p.go"}, {"a.go", "p.go", "b.go"}, {"b.go", "a.go", "p.go"}, {"b.go", "p.go", "a.go"}, {"p.go", "a.go", "b.go"}, {"p.go", "b.go", "a.go"}}
	for _, names := range orders {
		fset := token.NewFileSet()
		files := make(map[string]*ast.File)
		for _, name := range names {
			text := strings.Replace(src, "(x%s) f", "f"+strings.TrimSuffix(name, ".go"), 1)
			if name == "p.go" {
				text = "package p\n\nfunc op() error { return nil }\n"
			}
			file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = file
		}
		var diags []analysis.Diagnostic
		a := analyzer.New(analyzer.Options{Config: analyzer.NoConfig, Baseline: list})
		if first == "" {
			a = analyzer.New(analyzer.Options{Config: analyzer.NoConfig})
		}
		result, err := a.Run(newPass(a, fset, []*ast.File{files["a.go"], files["b.go"], files["p.go"]}, &diags))
		if err != nil {
			t.Fatal(err)
		}
		if first == "" { // one of the two loops of each function is known
			var entries []analyzer.BaselineEntry
			for i, f := range result.(*analyzer.Result).Findings {
				if i%2 == 0 {
					entries = append(entries, f.Entry())
				}
			}
			writeFile(t, list, string(baseline.Format(entries)))
			first = "a.go:9:2 b.go:9:2"
			continue
		}
		var at []string
		for _, d := range diags {
			at = append(at, fset.Position(d.Pos).String())
		}
		if got := strings.Join(at, " "); got != first {
			t.Errorf("read as %v: got %s, want %s", names, got, first)
		}
		var sites []string
		for _, s := range result.(*analyzer.Result).Sites {
			sites = append(sites, fset.Position(s.Pos).String())
		}
		if !slices.IsSortedFunc(sites, strings.Compare) {
			t.Errorf("read as %v: sites in the order %v", names, sites)
		}
	}
}
