package analyzer_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/version"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/sharedretry/sharedretry/analyzer"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestEverything runs every rule over the standard library and over the go
// command with all that belongs to it. What is found there is kept, without
// line numbers, so that a change of the analyzer shows.
func TestEverything(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the standard library")
	}
	for _, pattern := range []string{"std", "cmd"} {
		t.Run(pattern, func(t *testing.T) {
			var found []string
			for _, act := range analyze(t, pattern) {
				found = append(found, findings(t, act)...)
			}
			slices.Sort(found)
			compareGolden(t, filepath.Join("testdata", "everything", pattern+".golden"), found)
		})
	}
}

// analyze runs every rule over packages, but for those in which it says from their
// imports that there is nothing.
func analyze(t *testing.T, pattern string) []*checker.Action {
	opts := analyzer.Options{Rules: []string{"all"}, Config: analyzer.NoConfig}
	named, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedFiles}, pattern)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, pkg := range named {
		if opts.MayReport(pkg.GoFiles) {
			paths = append(paths, pkg.PkgPath)
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, ParseFile: withoutObjects}, paths...)
	if err != nil {
		t.Fatal(err)
	}
	a := analyzer.New(opts)
	fixes := analyzer.FixEverything(keepers...)
	graph, err := checker.Analyze([]*analysis.Analyzer{a, fixes}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(graph.Roots, func(act *checker.Action) bool {
		if act.Analyzer == fixes {
			checkFixes(t, act)
		}
		return act.Analyzer != a
	})
}

// withoutObjects parses a file as most drivers do.
func withoutObjects(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	return parser.ParseFile(fset, name, src, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
}

// findings returns what was reported of a package, one line each: the file, the
// function around the finding and the message.
func findings(t *testing.T, act *checker.Action) []string {
	pkg := act.Package
	if act.Err != nil {
		t.Errorf("%s: %v", pkg.PkgPath, act.Err)
		return nil
	}
	checkDiagnostics(t, pkg.Fset, pkg.Syntax, act.Result.(*analyzer.Result), act.Diagnostics)
	var list []string
	for _, d := range act.Diagnostics {
		file := path.Join(pkg.PkgPath, filepath.Base(pkg.Fset.Position(d.Pos).Filename))
		list = append(list, fmt.Sprintf("%s: %s: %s", file, functionAt(pkg, d), d.Message))
	}
	return list
}

// checkFixes fails unless every fix of a package, alone, leaves a file that can
// be parsed. That it type-checks is a condition of offering it.
func checkFixes(t *testing.T, act *checker.Action) {
	if act.Err != nil {
		t.Errorf("%s: %v", act.Package.PkgPath, act.Err)
		return
	}
	fset := act.Package.Fset
	for _, edits := range act.Result.([][]analysis.TextEdit) {
		pos := fset.Position(edits[0].Pos)
		src, err := os.ReadFile(pos.Filename)
		if err != nil {
			t.Error(err)
			continue
		}
		fixed := applyEdits(fset, string(src), merged(nil, edits))
		if _, err := parser.ParseFile(token.NewFileSet(), pos.Filename, fixed, 0); err != nil {
			t.Errorf("%v: %v", pos, err)
		}
	}
}

// functionAt returns the name of the declared function that holds d.
func functionAt(pkg *packages.Package, d analysis.Diagnostic) string {
	for _, file := range pkg.Syntax {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Pos() <= d.Pos && d.Pos < fn.End() {
				return fn.Name.Name
			}
		}
	}
	return "var"
}

// compareGolden compares lines with a file whose first line is the version of
// Go that it was made with.
func compareGolden(t *testing.T, name string, lines []string) {
	t.Helper()
	platform := version.Lang(runtime.Version()) + " " + runtime.GOOS + "/" + runtime.GOARCH
	text := []byte("# " + platform + "\n" + strings.Join(append(lines, ""), "\n"))
	if *update {
		if err := os.WriteFile(name, text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want = bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))
	made, _, _ := strings.Cut(strings.TrimPrefix(string(want), "# "), "\n")
	if made != platform {
		t.Skipf("%s was made with %s, this is %s: the code differs", name, made, platform)
	}
	if bytes.Equal(text, want) {
		return
	}
	old := strings.Split(string(want), "\n")
	for _, line := range lines {
		if !slices.Contains(old, line) {
			t.Errorf("new: %s", line)
		}
	}
	for _, line := range old[1:] {
		if line != "" && !slices.Contains(lines, line) {
			t.Errorf("gone: %s", line)
		}
	}
	t.Errorf("%s differs; if it should, run go test ./analyzer -run TestEverything -update", name)
}
