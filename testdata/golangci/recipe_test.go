package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// recipe returns a file of the recipes.
func recipe(t *testing.T, name string) string {
	t.Helper()
	return read(t, filepath.Join("..", "recipes", name))
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The recipe of .golangci.yml works as it is, also for fixes.
func TestRecipe(t *testing.T) {
	t.Parallel()
	dir := quickstart(t, "-- .golangci.yml --\n"+recipe(t, "golangci.yml"))
	run(t, dir, standalone, "-init=./retry").want(t, 0)
	lint(t, dir).want(t, 1, "backup/backup.go:29:2: ", "cluster/drain.go:16:2: ", "cluster/member.go:16:2: ", "* sharedretry: 3\n")
	drain := filepath.Join(dir, "cluster", "drain.go")
	code := read(t, drain)
	const loop = "attempt++ {"
	for comment, want := range map[string]string{" //nolint:sharedretry": "should provide explanation", " //nolint:sharedretry // why": "* sharedretry: 2\n"} {
		if err := os.WriteFile(drain, []byte(strings.Replace(code, loop, loop+comment, 1)), 0o666); err != nil {
			t.Fatal(err)
		}
		res := lint(t, dir)
		if res.want(t, 1, want); strings.Contains(res.stdout, "drain.go:16:2: ") {
			t.Errorf("the comment has no effect\n%s", res.stdout)
		}
	}
	if err := os.WriteFile(drain, []byte(code), 0o666); err != nil {
		t.Fatal(err)
	}
	lint(t, dir, "--fix").want(t, 0)
	for _, name := range []string{"backup/backup.go", "cluster/drain.go", "cluster/member.go"} {
		if text := read(t, filepath.Join(dir, name)); !strings.Contains(text, "example.com/fleet/retry") {
			t.Errorf("%s is not fixed\n%s", name, text)
		}
	}
	run(t, dir, "go", "vet", "./...").want(t, 0)
}

// The linters that golangci-lint runs by default find nothing in the helper that
// -init writes, for any version of Go.
func TestInit(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.21", "1.26"} {
		dir := t.TempDir()
		update(t, dir, "-- go.mod --\nmodule example.com/m\n\ngo "+version+"\n")
		run(t, dir, standalone, "-init").want(t, 0)
		lint(t, dir).want(t, 0, "0 issues.")
	}
}

// The recipe of .custom-gcl.yml is for the golangci-lint that is tested here.
func TestRecipeVersion(t *testing.T) {
	t.Parallel()
	m := regexp.MustCompile(`golangci-lint/v2 (\S+)`).FindStringSubmatch(read(t, "go.mod"))
	text := recipe(t, "custom-gcl.yml")
	for _, line := range []string{"version: " + m[1] + "\n", "import: github.com/sharedretry/sharedretry/analyzer/golangci\n"} {
		if !strings.Contains(text, line) {
			t.Errorf("custom-gcl.yml has no line %s", line)
		}
	}
}
