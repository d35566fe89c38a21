package analyzer_test

import (
	"fmt"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// wanted is a pattern in a comment that says what is found in its line.
var wanted = regexp.MustCompile("`[^`]*`")

// expect runs an analyzer on packages and compares what it finds with the comments that
// say what is wanted, as analysistest.Run does. But it needs no source of what they
// import, which takes most of the time there.
func expect(t *testing.T, dir string, a *analysis.Analyzer, patterns ...string) []*checker.Action {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir, Tests: true}, patterns...)
	if err != nil || packages.PrintErrors(pkgs) > 0 {
		t.Fatalf("not loaded: %v", err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil || len(pkgs) == 0 {
		t.Fatalf("%d packages, error: %v", len(pkgs), err)
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		line := func(pos token.Pos) string {
			posn := act.Package.Fset.Position(pos)
			return fmt.Sprintf("%s:%d", posn.Filename, posn.Line)
		}
		wants := make(map[string][]string) // by line
		for _, file := range act.Package.Syntax {
			for _, group := range file.Comments {
				for _, c := range group.List {
					if _, text, ok := strings.Cut(c.Text, "// want "); ok {
						wants[line(c.Pos())] = wanted.FindAllString(text, -1)
					}
				}
			}
		}
		for _, d := range act.Diagnostics {
			at := line(d.Pos)
			i := slices.IndexFunc(wants[at], func(want string) bool { return regexp.MustCompile(strings.Trim(want, "`")).MatchString(d.Message) })
			if i < 0 {
				t.Errorf("%s: %s, want %s", at, d.Message, wants[at])
				continue
			}
			wants[at] = slices.Delete(wants[at], i, i+1)
		}
		for at, left := range wants {
			if len(left) > 0 {
				t.Errorf("%s: nothing is found, want %s", at, left)
			}
		}
	}
	return graph.Roots
}
