package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	_ "github.com/avast/retry-go/v5" // the module that TestReadme fixes imports it
)

// The commands, built once for all tests.
var linter, standalone, nogo string

func TestMain(m *testing.M) { os.Exit(buildAndRun(m)) }

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "golangci")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	for _, tool := range []struct {
		name          *string
		in, pkg, file string
	}{
		{&linter, ".", ".", "golangci-lint"},
		{&standalone, "../..", "./cmd/sharedretry", "sharedretry"},
		{&nogo, "../..", "./testdata/nogo", "nogo"},
	} {
		*tool.name = filepath.Join(dir, tool.file+".exe")
		if out, err := exec.Command("go", "build", "-C", tool.in, "-o", *tool.name, tool.pkg).CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "%s\n%v\n", out, err)
			return 1
		}
	}
	if err := os.Setenv("GOLANGCI_LINT_CACHE", filepath.Join(dir, "cache")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// A result is how a command ended.
type result struct {
	code           int
	stdout, stderr string
}

// run runs a command in dir. What modules in dir need has been downloaded.
func run(t *testing.T, dir, name string, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Env = append(os.Environ(), "PWD="+dir, "GOFLAGS=-mod=mod", "GOPROXY=off", "GOSUMDB=off", "GOWORK=off",
		"SHAREDRETRY_CONFIG=", "SHAREDRETRY_BASELINE=", "GITHUB_WORKSPACE=")
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// lint runs golangci-lint in dir on all packages.
func lint(t *testing.T, dir string, args ...string) result {
	t.Helper()
	return run(t, dir, linter, slices.Concat([]string{"run", "--allow-parallel-runners", "--output.text.print-issued-lines=false"}, args, []string{"./..."})...)
}

// want checks the exit code, and that the output holds all of texts.
func (r result) want(t *testing.T, code int, texts ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d", r.code, code)
	}
	for _, text := range texts {
		if !strings.Contains(r.stdout+r.stderr, text) {
			t.Errorf("%q is missing", text)
		}
	}
	if t.Failed() {
		t.Fatalf("stdout:\n%s\nstderr:\n%s", r.stdout, r.stderr)
	}
}

// settings is a .golangci.yml without other linters; indented lines with the
// settings of this one may follow.
const settings = `-- .golangci.yml --
version: "2"
linters:
  default: none
  enable: [sharedretry]
  settings:
    custom:
      sharedretry:
        type: module
        settings:
`

// fleet returns the root of a module made of testdata/fleet.txtar and more files.
func fleet(t *testing.T, more string) string {
	t.Helper()
	dir := t.TempDir()
	data, err := os.ReadFile(filepath.Join("testdata", "fleet.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	update(t, dir, string(data))
	update(t, dir, more)
	return dir
}

// update writes the files of a txtar archive to dir.
func update(t *testing.T, dir, archive string) {
	t.Helper()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, f.Data, 0o666)); err != nil {
			t.Fatal(err)
		}
	}
}

var (
	textLine = regexp.MustCompile(`(?m)^(?:nogo: )?(\S+?\.go:\d+:\d+): .*?\(([a-z]+-[a-z]+)\)(?: \(sharedretry\))?\r?$`)
	jsonItem = regexp.MustCompile(`"category": "([a-z-]+)",\s+"posn": "([^"]+)"`)
)

// findings returns the place and rule of each finding that a command run in dir
// has printed, as text or as the JSON of go vet.
func findings(dir string, r result) []string {
	var list []string
	add := func(file, rule string) {
		if rel, err := filepath.Rel(dir, file); err == nil && filepath.IsAbs(file) {
			file = rel
		}
		list = append(list, filepath.ToSlash(file)+" "+rule)
	}
	for _, m := range textLine.FindAllStringSubmatch(r.stdout+"\n"+r.stderr, -1) {
		add(m[1], m[2])
	}
	for _, m := range jsonItem.FindAllStringSubmatch(r.stdout, -1) {
		add(m[2], m[1])
	}
	slices.Sort(list)
	return list
}
