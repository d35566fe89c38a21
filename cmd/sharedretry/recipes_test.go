package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// recipe returns the text of a file of the recipes.
func recipe(t *testing.T, name string) string {
	t.Helper()
	return readFile(t, "testdata/recipes/"+name)
}

// recipeModule returns the root of a module as a user has it, under git, in
// which a package has changed since origin/main.
func recipeModule(t *testing.T) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the recipes are for a shell")
	}
	dir := toolModule(t)
	shell(t, dir, `git init -q && git add . && git -c user.name=a -c user.email=a commit -qm all && git update-ref refs/remotes/origin/main HEAD
		echo '// Changed.' >> fleet/cluster/member.go && git rm -q fleet/cluster/drain.go && git add . && git -c user.name=a -c user.email=a commit -qm changed`).want(t, 0)
	return dir
}

// shell runs a script as a CI system does by default: a failure within a pipe
// does not end it.
func shell(t *testing.T, dir, script string) result {
	t.Helper()
	path := "PATH=" + filepath.Dir(binary) + string(filepath.ListSeparator) + os.Getenv("PATH")
	return call(t, dir, []string{path, "GOSUMDB=off", "GITHUB_BASE_REF=main"}, "bash", "-e", "-c", script)
}

func TestMakeRecipe(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("make"); err != nil {
		t.Skip(err)
	}
	dir := recipeModule(t)
	update(t, dir, "-- Makefile --\n"+recipe(t, "Makefile"))
	shell(t, dir, "make retries").want(t, 2, "member.go:16:2: ", "backup.go:29:2: ")
	withoutTool(t, dir, "make retries")
}

// withoutTool checks that a gate fails in the module in dir where its go.mod does
// not have the tool.
func withoutTool(t *testing.T, dir, script string) {
	t.Helper()
	shell(t, dir, "go mod edit -droptool=github.com/sharedretry/sharedretry/cmd/sharedretry").want(t, 0)
	res := shell(t, dir, script)
	res.want(t, max(1, res.code), `no such tool "sharedretry"`)
}

// workflowSteps returns the commands of the steps for GitHub Actions by name.
func workflowSteps(t *testing.T) map[string]string {
	t.Helper()
	var workflow struct {
		Jobs map[string]struct{ Steps []struct{ Name, Run string } }
	}
	if err := yaml.Unmarshal([]byte(recipe(t, "github.yml")), &workflow); err != nil {
		t.Fatal(err)
	}
	run := make(map[string]string)
	for _, s := range workflow.Jobs["retries"].Steps {
		run[s.Name] = s.Run
	}
	return run
}

func TestGitHubRecipe(t *testing.T) {
	t.Parallel()
	dir := recipeModule(t)
	run := workflowSteps(t)
	shell(t, dir, run["findings in code scanning"]).want(t, 0, "2 findings")
	if data, err := os.ReadFile(filepath.Join(dir, "retries.sarif")); err != nil || !strings.Contains(string(data), `"fleet/backup/backup.go"`) {
		t.Errorf("%v\n%s", err, data)
	}
	shell(t, dir, run["gate"]).want(t, 1, "member.go:16:2: ", "backup.go:29:2: ")
	changed := run["gate for packages with changed files only"]
	res := shell(t, dir, changed)
	res.want(t, max(1, res.code), "member.go:16:2: ") // xargs makes 123 of 1, or leaves it
	res.wantNot(t, "backup.go")
	shell(t, dir, "git checkout -q origin/main && "+changed).want(t, 0)
	withoutTool(t, dir, changed)
	withoutTool(t, dir, run["gate"])
}

// The gate for changed files looks at what go vet ./... would, wherever the
// module is.
func TestGateOfChangedFiles(t *testing.T) {
	t.Parallel()
	dir := recipeModule(t)
	update(t, dir, "-- nested/go.mod --\nmodule example.com/nested\n\ngo 1.26\n-- nested/x.go --\n"+retryCode+"-- testdata/x.go --\n"+retryCode+
		"-- testdata/with space/x.go --\n"+retryCode+"-- ignored/x.go --\n//go:build ignore\n\n"+retryCode+"-- _hidden/x.go --\n"+retryCode+"-- b/ü.go --\n"+retryCode)
	moved := filepath.Join(t.TempDir(), "a repository")
	const commit = `git add . && git -c user.name=a -c user.email=a commit -qm more`
	shell(t, dir, commit).want(t, 0)
	if err := os.Rename(dir, moved); err != nil {
		t.Fatal(err)
	}
	gate := workflowSteps(t)["gate for packages with changed files only"]
	res := shell(t, moved, gate)
	res.want(t, max(1, res.code), filepath.Join("b", "ü.go")+":5:31: ", "member.go:16:2: ")
	res.wantNot(t, "backup.go", "nested", "testdata", "space", "ignored", "hidden", "matched no packages", "malformed")

	const root = "-- x.go --\n" + retryCode
	update(t, moved, root)
	shell(t, moved, commit+" && git update-ref refs/remotes/origin/main HEAD^").want(t, 0)
	res = shell(t, moved, gate)
	res.want(t, max(1, res.code), "x.go:5:31: ")
	res.wantNot(t, "member.go", "ü.go")
	shell(t, moved, "git update-ref -d refs/remotes/origin/main")
	res = shell(t, moved, gate)
	res.want(t, max(1, res.code), "origin/main")
}

func TestGitLabRecipe(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip(err)
	}
	dir := recipeModule(t)
	var jobs map[string]struct{ Script []string }
	if err := yaml.Unmarshal([]byte(recipe(t, "gitlab.yml")), &jobs); err != nil {
		t.Fatal(err)
	}
	script := jobs["retries"].Script
	shell(t, dir, strings.Join(script, "\n")).want(t, 1, "member.go:16:2: ", "backup.go:29:2: ")
	data, err := os.ReadFile(filepath.Join(dir, "codequality.json"))
	if err != nil {
		t.Fatal(err)
	}
	var issues []struct {
		Description, Fingerprint, Severity string
		CheckName                          string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal(data, &issues); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if len(issues) != 2 || issues[0].Fingerprint == issues[1].Fingerprint {
		t.Fatalf("got %+v", issues)
	}
	if i := issues[0]; i.CheckName != "linear-backoff" || i.Location.Path != "fleet/backup/backup.go" || i.Location.Lines.Begin != 29 ||
		i.Severity != "minor" || i.Fingerprint == "" || !strings.HasPrefix(i.Description, "hand-rolled retry loop") {
		t.Errorf("got %+v", i)
	}
	withoutTool(t, dir, strings.Join(script[len(script)-2:], "\n"))
}

// The hook runs the command that is installed, as it says.
func TestPreCommitHook(t *testing.T) {
	t.Parallel()
	var hooks []struct {
		ID, Entry, Language string
		Args                []string
		PassFilenames       bool `yaml:"pass_filenames"`
	}
	if err := yaml.Unmarshal([]byte(readFile(t, ".pre-commit-hooks.yaml")), &hooks); err != nil {
		t.Fatal(err)
	}
	if len(hooks) != 1 || hooks[0].PassFilenames || hooks[0].Language != "golang" || !strings.Contains(recipe(t, "pre-commit.yaml"), "- id: "+hooks[0].ID+"\n") {
		t.Fatalf("got %+v", hooks)
	}
	dir := recipeModule(t)
	shell(t, dir, strings.Join(append([]string{hooks[0].Entry}, hooks[0].Args...), " ")).want(t, 3, "member.go:16:2: ")
}

var commentLine = regexp.MustCompile(`(?m)^\s*//.*$`)

// The problem matcher of the task for VS Code finds each finding, and nothing else.
func TestVSCodeTask(t *testing.T) {
	t.Parallel()
	var tasks struct {
		Tasks []struct {
			Command        string
			ProblemMatcher struct {
				Pattern struct {
					Regexp                            string
					File, Line, Column, Message, Code int
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(commentLine.ReplaceAllString(recipe(t, "vscode/tasks.json"), "")), &tasks); err != nil {
		t.Fatal(err)
	}
	task := tasks.Tasks[0]
	pattern := task.ProblemMatcher.Pattern
	res := shell(t, recipeModule(t), task.Command)
	var found [][]string
	for line := range strings.Lines(res.stdout + res.stderr + " 16 |     x.go:1:2: for range 5 { (retry-loop)\n") {
		if m := regexp.MustCompile(pattern.Regexp).FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
			found = append(found, m)
		}
	}
	if len(found) != 2 {
		t.Fatalf("found %q in\n%s", found, res.stdout)
	}
	if m := found[0]; m[pattern.File] != filepath.Join("fleet", "backup", "backup.go") || m[pattern.Line] != "29" || m[pattern.Column] != "2" ||
		m[pattern.Code] != "linear-backoff" || !strings.HasPrefix(m[pattern.Message], "hand-rolled retry loop") {
		t.Errorf("got %q", m)
	}
}
