package analyzer_test

import (
	"fmt"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/sharedretry/sharedretry/analyzer"
)

// policyDir is a module of its own that requires the real libraries.
var policyDir = filepath.Join("testdata", "policy")

// What a library is given is told from the library itself. The fixes are those
// in fixes.golden, and what they make compiles.
func TestPolicy(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the libraries")
	}
	goCommand(t, policyDir, "list", "-deps", "./...") // brings the libraries
	opts := analyzer.Options{Rules: []string{"backoff-policy"}, Config: analyzer.NoConfig}
	results := analysistest.Run(t, policyDir, analyzer.New(opts), "./...")

	fixed := t.TempDir()
	if err := os.CopyFS(fixed, os.DirFS(policyDir)); err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for _, res := range results {
		edits := make(map[string][]analysis.TextEdit) // by file
		for _, d := range res.Diagnostics {
			for _, fix := range d.SuggestedFixes {
				posn := res.Pass.Fset.Position(d.Pos)
				edits[posn.Filename] = append(edits[posn.Filename], fix.TextEdits...)
				fmt.Fprintf(&lines, "%s:%d: %s\n", filepath.Base(posn.Filename), posn.Line, fix.Message)
			}
		}
		for name, edits := range edits {
			writeFile(t, filepath.Join(fixed, filepath.Base(filepath.Dir(name)), filepath.Base(name)), edited(t, res.Pass.Fset, name, edits))
		}
	}
	goCommand(t, fixed, "vet", "./...")

	golden := filepath.Join(policyDir, "fixes.golden")
	if *update {
		writeFile(t, golden, lines.String())
	}
	if want, err := os.ReadFile(golden); err != nil || lines.String() != string(want) {
		t.Errorf("%v; the fixes are\n%s", err, &lines)
	}
}

// edited returns the named file with edits.
func edited(t *testing.T, fset *token.FileSet, name string, edits []analysis.TextEdit) string {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return applyEdits(fset, string(src), edits)
}

// goCommand runs the go command in dir.
func goCommand(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
