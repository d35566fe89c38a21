package report

import (
	"go/token"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// action returns the outcome of a package whose ID and import path are given,
// with a finding in each line of its file for each growth; "-" stands for a
// site that is not reported.
func action(id, path, forTest string, growths ...string) *checker.Action {
	fset := token.NewFileSet()
	file := fset.AddFile(strings.TrimPrefix(path, "example.com/")+".go", -1, 100)
	res := &analyzer.Result{}
	act := &checker.Action{Package: &packages.Package{ID: id, PkgPath: path, ForTest: forTest, Fset: fset}, Result: res}
	for i, growth := range growths {
		file.AddLine(i)
		pos := file.Pos(i)
		if growth == "-" {
			res.Sites = append(res.Sites, analyzer.Site{Pos: pos, End: pos, Intent: "poll"})
			continue
		}
		res.Sites = append(res.Sites, analyzer.Site{Pos: pos, End: pos, Intent: "retry", Growth: growth, Rule: "retry-loop"})
		act.Diagnostics = append(act.Diagnostics, analysis.Diagnostic{Pos: pos, Message: "found", Category: "retry-loop"})
	}
	return act
}

func TestSummary(t *testing.T) {
	failed := action("d", "d", "")
	failed.Result, failed.Package.IllTyped = nil, true
	for _, test := range []struct {
		name    string
		actions []*checker.Action
		want    string
	}{
		{"clean", []*checker.Action{action("a", "a", "", "-")}, "no findings in 1 package"},
		{"one", []*checker.Action{action("a", "a", "", "linear")}, "1 finding in 1 of 1 package: 1 linear"},
		{"by number, then by name", []*checker.Action{
			action("a", "a", "", "linear", "constant", "constant", "-", "capped"), action("b", "b", ""), action("c", "c", "", "linear", "constant")},
			"6 findings in 2 of 3 packages: 3 constant, 2 linear, 1 capped"},
		{"unknown growth", []*checker.Action{action("a", "a", "", "", "linear")}, "2 findings in 1 of 1 package: 1 linear, 1 of unknown growth"},
		{"variants for tests", []*checker.Action{
			action("a", "a", "", "linear"), action("a [a.test]", "a", "a", "linear"),
			action("a_test [a.test]", "a_test", "a", "constant"), action("a.test", "a.test", "")},
			"2 findings in 1 of 1 package: 1 constant, 1 linear"},
		{"failed", []*checker.Action{action("a", "a", "", "linear"), failed}, "1 finding in 1 of 2 packages: 1 linear; 1 could not be analysed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := New(test.actions, nil, false).summary(); got != test.want {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestExplainLine(t *testing.T) {
	for _, test := range []struct {
		site analyzer.Site
		want string
	}{
		{analyzer.Site{Intent: "poll"}, "poll"},
		{analyzer.Site{Intent: "poll", Explain: func() string { return "not reported: off" }}, "poll: not reported: off"},
		{analyzer.Site{Intent: "retry", Growth: "linear", Rule: "linear-backoff", Explain: func() string { return "waits 1s, 2s (3s in all)" }},
			"retry, linear backoff: waits 1s, 2s (3s in all) (linear-backoff)"},
	} {
		if got := explain(test.site); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
