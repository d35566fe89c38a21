package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ownHelper is a module with a helper; a test adds its files.
const ownHelper = modFile + helperConfig + helperCode

const fixableLoop = `
	var err error
	for i := 0; i < 3; i++ {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
`

// refusedCode is a loop without a fix.
const refusedCode = "package m\n\nimport \"time\"\n\nfunc y(op func() error) { for i := 0; i < 3; i++ { defer op(); if err := op(); err == nil { return }; time.Sleep(1) } }\n"

func fixableCode(name string) string {
	return "package m\n\nimport (\n\t\"fmt\"\n\t\"time\"\n)\n\nvar _ = fmt.Sprint\n\nfunc " + name + "(op func() error) error {" + fixableLoop + "}\n"
}

func TestFixExitCodes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, files string
		args        []string
		code        int
		want        string // at the end of standard error
	}{
		{"nothing", "-- x.go --\npackage m\n", nil, 0, "no findings in 2 packages"},
		{"applied", "-- x.go --\n" + fixableCode("x"), nil, 0, "1 loop replaced in 1 file of 1 package"},
		{"printed", "-- x.go --\n" + fixableCode("x"), []string{"-diff"}, 0, "1 loop to replace in 1 file of 1 package"},
		{"without a fix", "-- x.go --\n" + refusedCode, nil, 0, "no loops replaced; 1 finding has no fix:\n  1  defer in the loop body runs once per attempt"},
		{"without a helper", "-- x.go --\n" + fixableCode("x") + "-- y.go --\n" + refusedCode + "-- .sharedretry.yml --\n", nil, 0,
			"no loops replaced; 3 findings have no fix:\n  3  it is not known which helper to call: run sharedretry -init, or set helper in .sharedretry.yml"}, // the helper too is reported
		{"a broken package", "-- x.go --\n" + fixableCode("x") + "-- y/y.go --\npackage y\n\nvar x int = \"\"\n", nil, 1,
			"; 1 could not be analysed"},
		{"use", "-- x.go --\npackage m\n", []string{"-json"}, 2, "-fix cannot be combined with -json\nrun sharedretry help for the flags"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := write(t, ownHelper+test.files)
			res := tool(t, dir, append(append([]string{"-fix"}, test.args...), "./...")...)
			res.want(t, test.code, test.want)
			if res.stdout != "" && test.args == nil {
				t.Errorf("standard output is %q", res.stdout)
			}
		})
	}
}

// What can be patched goes to standard output; what is found there and what the
// fix does stands before it for a reader, on standard error.
func TestFixDiffOutput(t *testing.T) {
	t.Parallel()
	dir := write(t, ownHelper+"-- x.go --\n"+fixableCode("x")+"-- y.go --\n"+refusedCode)
	res := tool(t, dir, "-fix", "-diff", ".")
	res.want(t, 0, "x.go:10:1: hand-rolled retry helper with constant backoff", "\n\tfix: call retry.Do: waits today: 1s, 1s, 1s (3s in all); with acme: ", "1 loop to replace in 1 file")
	res.wantNot(t, "y.go")
	if !strings.HasPrefix(res.stdout, "diff a/x.go b/x.go\n") || !strings.HasPrefix(res.stderr, "x.go:10:1: ") {
		t.Errorf("standard output:\n%s\nstandard error:\n%s", res.stdout, res.stderr)
	}
}

// A file that cannot be written is named, and the others are written.
func TestFixReadOnly(t *testing.T) {
	t.Parallel()
	skipSuperuser(t)
	dir := write(t, ownHelper+"-- x.go --\n"+fixableCode("x")+"-- y.go --\n"+fixableCode("y"))
	if err := os.Chmod(filepath.Join(dir, "x.go"), 0o444); err != nil {
		t.Fatal(err)
	}
	res := tool(t, dir, "-fix", ".")
	res.want(t, 1, "x.go: not fixed: read-only\n", "1 loop replaced in 1 file of 1 package", "; 1 fix not applied\n")
	files := tree(t, dir)
	if files["x.go"] != fixableCode("x") || !strings.Contains(files["y.go"], "retry.Do") {
		t.Errorf("x.go:\n%s\ny.go:\n%s", files["x.go"], files["y.go"])
	}
}

// Of nested loops one is replaced at a time, and each result builds.
func TestFixNested(t *testing.T) {
	t.Parallel()
	module := ownHelper + `-- x.go --
package m

import (
	"fmt"
	"time"
)

type link struct{ open, send func() error }

func (l link) nested() error {
	var err error
	for i := 0; i < 3; i++ {
		if err = l.open(); err == nil {
			for j := 0; j < 5; j++ {
				if err = l.send(); err == nil {
					return nil
				}
				time.Sleep(time.Second)
			}
			return fmt.Errorf("send: %w", err)
		}
		time.Sleep(time.Minute)
	}
	return err
}
`
	dir := write(t, module)
	tool(t, dir, ".").want(t, 3, "2 findings in ")
	fixed := make(map[string]bool)
	for _, mode := range fixModes() {
		if mode.diff {
			continue
		}
		update(t, dir, module)
		call(t, dir, nil, mode.args[0], mode.args[1:]...).want(t, 0)
		text := tree(t, dir)["x.go"]
		if got := strings.Count(text, "retry.Do("); got != 1 {
			t.Errorf("%s: %d loops replaced, want 1", mode.name, got)
		}
		if !fixed[text] {
			call(t, dir, nil, "go", "vet", ".").want(t, 0)
		}
		fixed[text] = true
	}
}

// A file with a directive of lines, or without a file's usual end, is written
// as it stands on disk.
func TestFixLines(t *testing.T) {
	t.Parallel()
	dir := write(t, ownHelper)
	code := strings.Replace(fixableCode("x"), "func x", "//line made/up.y:100\nfunc x", 1)
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte(strings.TrimSpace(code)), 0o666); err != nil {
		t.Fatal(err)
	}
	tool(t, dir, "-fix", ".").want(t, 0, "1 loop replaced in 1 file of 1 package")
	call(t, dir, nil, "go", "vet", ".").want(t, 0)
	if got := tree(t, dir)["x.go"]; !strings.Contains(got, "//line made/up.y:100\nfunc x") || !strings.HasSuffix(got, "}\n") {
		t.Errorf("got\n%s", got)
	}
}
