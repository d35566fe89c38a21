package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/unitchecker"
)

// writeUnit writes the description of a package as the go command does, in dir.
func writeUnit(t *testing.T, dir string, config unitchecker.Config) string {
	t.Helper()
	config.Dir, config.VetxOutput, config.Stdout = dir, filepath.Join(dir, "facts"), filepath.Join(dir, "stdout")
	config.Compiler, config.ImportPath, config.ID = "gc", "example.com/m", "example.com/m"
	data, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "vet.cfg")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// wantFile checks what a file holds.
func wantFile(t *testing.T, name, text string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil || string(data) != text {
		t.Errorf("%s holds %q (%v), want %q", filepath.Base(name), data, err, text)
	}
}

// Of a dependency no file is read: there is nothing to report and no fact.
func TestDependency(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := writeUnit(t, dir, unitchecker.Config{
		VetxOnly: true, GoFiles: []string{"missing.go"},
		ImportMap: map[string]string{"time": "time"}, PackageFile: map[string]string{"time": "missing"},
	})
	call(t, dir, nil, binary, "-json", file).want(t, 0)
	wantFile(t, filepath.Join(dir, "facts"), "")
	if _, err := os.Stat(filepath.Join(dir, "stdout")); err == nil {
		t.Error("something is reported of a dependency")
	}
	started := call(t, dir, []string{"GODEBUG=inittrace=1"}, binary, "-json", file)
	started.want(t, 0, "init encoding/json ")
	started.wantNot(t, "init github.com/sharedretry/sharedretry/analyzer ")
	call(t, dir, nil, binary, "-fix", file).want(t, 1) // as the driver of x/tools has it: it needs the types
}

// A package that imports nothing that waits is not type-checked; its imports are
// not looked at.
func TestSilentUnit(t *testing.T) {
	t.Parallel()
	dir := write(t, "-- x.go --\npackage p\n\nimport \"fmt\"\n\nvar _ = fmt.Missing\n-- x_test.go --\npackage p\n\nimport \"time\"\n\nvar _ = time.Missing\n")
	file := writeUnit(t, dir, unitchecker.Config{
		GoFiles:   []string{filepath.Join(dir, "x.go"), filepath.Join(dir, "x_test.go")},
		ImportMap: map[string]string{"fmt": "fmt", "time": "time"}, PackageFile: map[string]string{"fmt": "missing", "time": "missing"},
	})
	call(t, dir, nil, binary, "-json", file).want(t, 0)
	wantFile(t, filepath.Join(dir, "facts"), "")
	wantFile(t, filepath.Join(dir, "stdout"), "{}\n")
	call(t, dir, nil, binary, "-json", "-tests", file).want(t, 1, "x.go:3:8: could not import fmt")
}

func TestDamagedUnit(t *testing.T) {
	t.Parallel()
	dir := write(t, "-- vet.cfg --\n{\"GoFiles\"\n")
	call(t, dir, nil, binary, "-json", "vet.cfg").want(t, 1, "sharedretry: vet.cfg: unexpected end of JSON input")
	call(t, dir, nil, binary, "-json", "missing.cfg").want(t, 1, "sharedretry: open missing.cfg: ")
}

// Under go vet the same is said as by the command itself, of what waits and of
// what does not: by a configuration, by comments and by the tests.
func TestVetSays(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- wait/x.go --\n"+retryCode+
		"-- wait/x_test.go --\npackage p\n\nfunc init() { unused := 1; _ = unused }\n"+
		"-- unused/x.go --\npackage p\n\nfunc f() {} //nolint:sharedretry // it is not so\n"+
		"-- leaf/x.go --\npackage leaf\n\nconst X = 1\n"+
		"-- pause/x.go --\npackage pause\n\nfunc Linear() int { return 1 }\n"+
		"-- calls/x.go --\npackage p\n\nimport (\n\t\"example.com/m/leaf\"\n\t\"example.com/m/pause\"\n)\n\nvar _ = pause.Linear() + leaf.X\n"+
		"-- quiet/x.go --\npackage p\n\nimport \"fmt\"\n\nvar _ = fmt.Sprint\n"+
		"-- .sharedretry.yml --\npolicies:\n  - {identifier: example.com/m/pause.Linear, growth: linear, remedy: take Doubling}\n")
	found := []string{"x.go:5:31: hand-rolled retry loop", "x.go:3:13: ", "(unused-suppression)", "x.go:8:9: ", "(backoff-policy)"}
	vet(t, dir, "./...").want(t, 1, found...)
	tool(t, dir, "./...").want(t, 3, found...)
	update(t, dir, "-- quiet/.sharedretry.yml --\nrule: all\n")
	vet(t, dir, "./quiet").want(t, 1, `unknown key "rule"`)
}
