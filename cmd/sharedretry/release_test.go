package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// actionScript returns the script that the action of this repository runs.
func actionScript(t *testing.T) string {
	t.Helper()
	var action struct {
		Runs struct{ Steps []struct{ Run string } }
	}
	if err := yaml.Unmarshal([]byte(readFile(t, "action.yml")), &action); err != nil {
		t.Fatal(err)
	}
	if len(action.Runs.Steps) != 1 {
		t.Fatalf("%d steps", len(action.Runs.Steps))
	}
	return action.Runs.Steps[0].Run
}

// runAction runs the action's script as a runner does, with settings by name, and
// returns the result and the outputs.
func runAction(t *testing.T, dir, path string, settings ...string) (result, string) {
	t.Helper()
	temp := t.TempDir()
	output := filepath.Join(temp, "output")
	env := append([]string{"PATH=" + path, "GOSUMDB=off", "RUNNER_TEMP=" + temp, "GITHUB_OUTPUT=" + output,
		"ACTION_VERSION=", "ACTION_REF=", "ACTION_ARGS=./...", "ACTION_FORMAT=github", "ACTION_OUTPUT=sharedretry.sarif"}, settings...)
	res := call(t, dir, env, "bash", "-e", "-o", "pipefail", "-c", actionScript(t))
	data, _ := os.ReadFile(output)
	return res, string(data)
}

// The action takes the tool of go.mod, and shows findings beside the code or writes
// them to a file.
func TestAction(t *testing.T) {
	t.Parallel()
	dir := recipeModule(t)
	path := os.Getenv("PATH")
	res, _ := runAction(t, dir, path)
	res.want(t, 3, "::error file=fleet/backup/backup.go,line=29,")
	res, _ = runAction(t, dir, path, "ACTION_ARGS=-rules=linear-backoff ./fleet/cluster")
	res.want(t, 0, "no findings in 1 package")
	res, output := runAction(t, dir, path, "ACTION_FORMAT=sarif", "ACTION_OUTPUT=found.sarif")
	res.want(t, 0)
	if data, err := os.ReadFile(filepath.Join(dir, "found.sarif")); err != nil || !strings.Contains(string(data), "linear-backoff") || output != "sarif=found.sarif\n" {
		t.Errorf("%v, output %q\n%s", err, output, data)
	}
}

// The action installs the version that is asked for, or that of the action itself,
// where go.mod does not have the tool.
func TestActionInstalls(t *testing.T) {
	t.Parallel()
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	dir := recipeModule(t)
	shell(t, dir, "go mod edit -droptool=github.com/sharedretry/sharedretry/cmd/sharedretry").want(t, 0)
	bin := t.TempDir()
	stub := fmt.Sprintf("#!/bin/bash\nif [ \"$1\" != install ]; then exec %q \"$@\"; fi\necho \"installs $2\"\nmkdir -p \"$GOBIN\"\ncp %q \"$GOBIN/sharedretry\"\n", goCommand, binary)
	if err := os.WriteFile(filepath.Join(bin, "go"), []byte(stub), 0o755); err != nil {
		t.Fatal(err)
	}
	path := bin + string(filepath.ListSeparator) + os.Getenv("PATH")
	for _, test := range []struct{ version, ref, want string }{{"v0.1.0", "v0.2.0", "v0.1.0"}, {"", "v0.2.0", "v0.2.0"}, {"", "", "latest"}} {
		res, _ := runAction(t, dir, path, "ACTION_VERSION="+test.version, "ACTION_REF="+test.ref)
		res.want(t, 3, "installs github.com/sharedretry/sharedretry/cmd/sharedretry@"+test.want+"\n", "::error file=fleet/backup/backup.go,line=29,")
	}
}

// A release has the part of the changelog that is about it, and the versions in the
// recipes are the one that comes.
func TestReleaseNotes(t *testing.T) {
	t.Parallel()
	_, rest, _ := strings.Cut(readFile(t, "CHANGELOG.md"), "\n## ")
	version, _, _ := strings.Cut(rest, "\n")
	for _, name := range []string{"custom-gcl.yml", "github-action.yml", "pre-commit.yaml"} {
		if !strings.Contains(recipe(t, name), version) {
			t.Errorf("%s does not say %s", name, version)
		}
	}
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip(err)
	}
	res := call(t, repository, nil, "bash", ".ci/notes", version)
	if res.want(t, 0); len(res.stdout) < 100 || strings.Contains(res.stdout, "## ") {
		t.Errorf("the notes are %q", res.stdout)
	}
	call(t, repository, nil, "bash", ".ci/notes", "v9.9.9").want(t, 1, "CHANGELOG.md has no section v9.9.9")
}
