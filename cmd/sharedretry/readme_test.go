package main

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/settings"
)

// Where a command of the README runs.
const (
	inClone  = iota // at the root of this repository
	inModule        // at the root of a module that wants to use the tool, one after the other
	inFixed         // at the root of another one that has the tool
	nowhere         // it needs a published version
)

// readmeCommands are the commands that the README shows.
var readmeCommands = map[string]struct {
	where, code int
	want        string // part of the output
}{
	"go run ./cmd/sharedretry -fix -diff ./testdata/src/quickstart/backup": {inClone, 0, "1 loop to replace in 1 file"},
	"go get -tool github.com/sharedretry/sharedretry/cmd/sharedretry":      {inModule, 0, ""},
	"go tool sharedretry ./...":                                            {inModule, 3, "3 findings in 2 of 2 packages"},
	"go tool sharedretry -init":                                            {inModule, 0, "wrote internal/retry/retry.go"},
	"go tool sharedretry -fix -diff ./...":                                 {inModule, 0, "3 loops to replace in 3 files of 2 packages"},
	"go tool sharedretry -fix ./...":                                       {inFixed, 0, "3 loops replaced in 3 files of 2 packages"},
	"go tool sharedretry -explain ./...":                                   {inModule, 3, "poll: not reported"},
	"go vet -vettool=$(go tool -n sharedretry) ./...":                      {inModule, 1, "(linear-backoff)"},
	"go tool sharedretry -write-baseline .sharedretry.baseline ./...":      {inModule, 0, "3 findings written to .sharedretry.baseline"},
	"go install github.com/sharedretry/sharedretry/cmd/sharedretry@latest": {nowhere, 0, ""},
}

// readmeLines is how many lines a busy reader finishes.
const readmeLines = 200

const (
	repository = "../.." // of this package
	example    = "testdata/src/quickstart"
)

// A block is a fenced block of a document.
type block struct {
	lang, text string
	line       int
}

var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// blocksOf returns the fenced blocks of a document.
func blocksOf(text string) []block {
	var list []block
	for _, m := range fence.FindAllStringSubmatchIndex(text, -1) {
		list = append(list, block{text[m[2]:m[3]], text[m[4]:m[5]], strings.Count(text[:m[4]], "\n")})
	}
	return list
}

// isOutput reports whether b is what the command in the block before prints.
func isOutput(b block) bool { return b.lang == "text" || b.lang == "diff" }

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(repository, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var regenerate = flag.Bool("update", false, "write what the README's commands print into it")

// Every command of the README works as written and prints what is shown.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	readme := readFile(t, "README.md")
	blocks := blocksOf(readme)
	modules := map[int]string{inClone: repository, inModule: bareModule(t), inFixed: toolModule(t)}
	seen := 0
	for i, b := range blocks {
		if b.lang != "sh" {
			continue
		}
		for line := range strings.Lines(b.text) {
			seen++
			output := runReadme(t, strings.TrimSpace(line), modules)
			if output == "" || i+1 == len(blocks) || !isOutput(blocks[i+1]) {
				continue
			}
			if shown := blocks[i+1].text; *regenerate {
				readme = strings.Replace(readme, shown, output, 1)
			} else if shown != output {
				t.Errorf("README.md:%d: %sprints\n%s", b.line, line, output)
			}
		}
	}
	if *regenerate {
		if err := os.WriteFile(filepath.Join(repository, "README.md"), []byte(readme), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if seen != len(readmeCommands) {
		t.Errorf("%d commands in README.md, %d in the test", seen, len(readmeCommands))
	}
	if n := strings.Count(readme, "\n"); n > readmeLines {
		t.Errorf("README.md has %d lines, want %d at most: the manual has room for more", n, readmeLines)
	}
}

// Every loop of the example has a fix by the helper that -init writes, and what
// comes out is sound.
func TestExampleFix(t *testing.T) {
	t.Parallel()
	dir := userModule(t)
	tool(t, dir, "-fix", "./...").want(t, 0, "3 loops replaced in 3 files of 2 packages")
	tool(t, dir, "./...").want(t, 0, "no findings in 3 packages")
	call(t, dir, nil, "go", "vet", "./...").want(t, 0)
}

// Where the helper logs, the functions of the example have at most six lines of ten
// left, and the helper is given their own logger.
func TestExampleLogs(t *testing.T) {
	t.Parallel()
	dir := userModule(t)
	config := filepath.Join(dir, analyzer.ConfigName)
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, append(text, "logs: true\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	before := functionLines(t, dir, "Upload", "DrainNode", "RemoveMember")
	tool(t, dir, "-fix", "./...").want(t, 0, "3 loops replaced in 3 files of 2 packages")
	call(t, dir, nil, "go", "vet", "./...").want(t, 0)
	if after := functionLines(t, dir, "Upload", "DrainNode", "RemoveMember"); before == 0 || after*10 > before*6 {
		t.Errorf("%d lines are left of %d", after, before)
	}
	drain, err := os.ReadFile(filepath.Join(dir, "fleet", "cluster", "drain.go"))
	if err != nil || !strings.Contains(string(drain), "Log: l.Log, Name: \"Evict\"") {
		t.Errorf("the logger of the lines that went is another: %v\n%s", err, drain)
	}
}

// functionLines returns how many lines some functions have that are below dir.
func functionLines(t *testing.T, dir string, names ...string) (lines int) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "fleet", "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && slices.Contains(names, fn.Name.Name) {
				lines += fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1
			}
		}
	}
	return lines
}

// runReadme runs a command of the README and returns its output; "" if it
// does not run here.
func runReadme(t *testing.T, command string, modules map[int]string) string {
	t.Helper()
	known, ok := readmeCommands[command]
	if !ok {
		t.Errorf("README.md: unknown command %q", command)
		return ""
	}
	dir := modules[known.where]
	if dir == "" || runtime.GOOS == "windows" {
		return ""
	}
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", settings.ConfigEnv+"=", "PATH="+filepath.Dir(binary)+string(filepath.ListSeparator)+os.Getenv("PATH"))
	if known.where == inModule || known.where == inFixed { // what the module needs is there: see userModule
		cmd.Env = append(cmd.Env, "GOPROXY=off", "GOSUMDB=off", "GOFLAGS=-mod=mod")
	}
	output, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	if code := cmd.ProcessState.ExitCode(); code != known.code || !strings.Contains(string(output), known.want) {
		t.Errorf("%s: exit code %d, want %d and %q\n%s", command, code, known.code, known.want, output)
	}
	return string(output)
}

// userModule returns the root of a module as [bareModule] does, with a helper that
// the tool has written.
func userModule(t *testing.T) string {
	t.Helper()
	dir := bareModule(t)
	tool(t, dir, "-init=./internal/retry").want(t, 0, "wrote .sharedretry.yml\n")
	return dir
}

// toolModule returns the root of a module as [userModule] does, whose go.mod has the
// tool.
func toolModule(t *testing.T) string {
	t.Helper()
	dir := userModule(t)
	shell(t, dir, "go get -tool github.com/sharedretry/sharedretry/cmd/sharedretry").want(t, 0)
	return dir
}

// bareModule returns the root of a module with the example's packages, for which
// this repository is the published version of the tool. The proxy is off there,
// which would be asked for others.
func bareModule(t *testing.T) string {
	t.Helper()
	if err := downloadGraph(); err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(repository)
	if err != nil {
		t.Fatal(err)
	}
	dir := write(t, fmt.Sprintf("-- go.mod --\nmodule example.com/m\n\ngo 1.26.0\n\nreplace github.com/sharedretry/sharedretry => %q\n", root))
	fleet := filepath.Join(dir, "fleet")
	if err := os.CopyFS(fleet, os.DirFS(filepath.Join(root, filepath.FromSlash(example)))); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(fleet, analyzer.ConfigName)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// downloadGraph downloads the go.mod of every module that this one requires,
// directly or not, as the environment says: building the tool needs few of them,
// but go get reads all in a module that requires this one.
var downloadGraph = sync.OnceValue(func() error {
	cmd := exec.Command("go", "list", "-mod=readonly", "-m", "all")
	cmd.Dir = repository
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go list -m all: %w\n%s", err, out)
	}
	return nil
})
