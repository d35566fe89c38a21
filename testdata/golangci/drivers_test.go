package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// quickstart returns the root of a module with the packages of the README, but
// without the helper.
func quickstart(t *testing.T, more string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"backup", "cluster"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join("..", "src", "quickstart", name))); err != nil {
			t.Fatal(err)
		}
	}
	update(t, dir, "-- go.mod --\nmodule example.com/fleet\n\ngo 1.26\n"+more)
	return dir
}

// Every driver reports the same rules at the same places.
func TestDriversAgree(t *testing.T) {
	t.Parallel()
	const all = settings + "issues:\n  max-same-issues: 0\n"
	for _, test := range []struct {
		name, dir string
		findings  int
	}{
		{"quickstart", quickstart(t, all), 3},
		{"fleet", fleet(t, all), 9},
	} {
		want := findings(test.dir, run(t, test.dir, standalone, "./..."))
		if len(want) != test.findings {
			t.Errorf("%s: %d findings standalone, want %d", test.name, len(want), test.findings)
		}
		for driver, res := range map[string]result{
			"go vet":        run(t, test.dir, "go", "vet", "-vettool="+standalone, "./..."),
			"go vet -json":  run(t, test.dir, "go", "vet", "-vettool="+standalone, "-json", "./..."),
			"golangci-lint": lint(t, test.dir),
			"nogo":          run(t, test.dir, nogo, "./..."),
		} {
			if got := findings(test.dir, res); !slices.Equal(got, want) {
				t.Errorf("%s: %s reports\n%q\nstandalone\n%q", test.name, driver, got, want)
			}
		}
	}
}

// What each driver exits with, as in the table of the README.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	dir := fleet(t, settings+"-- clean/clean.go --\npackage clean\n")
	const broken = "          rule: all\n"
	lint(t, dir).want(t, 1)
	lint(t, dir, "--fix").want(t, 1) // what has no fix remains
	lint(t, dir, "--issues-exit-code=0").want(t, 0, "(sharedretry)")
	run(t, filepath.Join(dir, "clean"), linter, "run", "--allow-parallel-runners", "./...").want(t, 0)
	lint(t, dir, "--wrong").want(t, 3)
	run(t, dir, nogo, "./...").want(t, 2)
	run(t, dir, nogo, "./clean").want(t, 0)
	update(t, dir, settings+broken)
	lint(t, dir).want(t, 3, `unknown field "rule"`)
}
