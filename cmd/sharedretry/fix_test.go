package main

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
)

// A fixMode is a way to apply fixes, or to print what they change.
type fixMode struct {
	name string
	args []string
	code int // when something changes
	diff bool
}

// fixModes returns all ways for the packages of a module.
func fixModes() []fixMode {
	return []fixMode{
		{"sharedretry -fix", []string{binary, "-fix", "./..."}, 0, false},
		{"sharedretry -fix -diff", []string{binary, "-fix", "-diff", "./..."}, 0, true},
		{"go vet -fix", []string{"go", "vet", "-vettool=" + binary, "-fix", "./..."}, 0, false},
		{"go vet -fix -diff", []string{"go", "vet", "-vettool=" + binary, "-fix", "-diff", "./..."}, 1, true},
		{"go fix", []string{"go", "fix", "-fixtool=" + binary, "./..."}, 0, false},
		{"go fix -diff", []string{"go", "fix", "-fixtool=" + binary, "-diff", "./..."}, 1, true},
	}
}

// sameInAllModes fixes module in every way, which must lead to the files fixed,
// and a second time, which must not change them.
func sameInAllModes(t *testing.T, module string, env []string, fixed map[string]string) {
	t.Helper()
	dir := write(t, module)
	before := tree(t, dir)
	for _, mode := range fixModes() {
		t.Run(mode.name, func(t *testing.T) {
			update(t, dir, module)
			run := func() result { return call(t, dir, env, mode.args[0], mode.args[1:]...) }
			res := run()
			res.want(t, mode.code)
			if mode.diff {
				sameTree(t, tree(t, dir), before)
				applyDiff(t, dir, res.stdout)
			}
			sameTree(t, tree(t, dir), fixed)
			again := run()
			again.want(t, 0)
			sameTree(t, tree(t, dir), fixed)
			if again.stdout != "" {
				t.Errorf("the second run prints\n%s", again.stdout)
			}
		})
	}
}

// Every way leads to the same files. They build, are formatted, and their tests
// pass; what was fixed is reported no more.
func TestFixModes(t *testing.T) {
	t.Parallel()
	module, loops, files, packages := fixable, 7, 5, 3
	if hasCgo() {
		module, loops, files, packages = module+cgoPackage, loops+1, files+1, packages+1 // beside.go
	}
	dir := write(t, module)
	before := tree(t, dir)
	res := tool(t, dir, "-fix", "./...")
	res.want(t, 0, fmt.Sprintf("%d loops replaced in %d files of %d packages, ", loops, files, packages), " have no fix:\n  1  ")
	fixed := tree(t, dir)
	if strings.Contains(fixed["lone/lone.go"], `"time"`) {
		t.Errorf("an import is left without a use:\n%s", fixed["lone/lone.go"])
	}
	checkFixed(t, dir)
	if got := len(changed(before, fixed)); got != files {
		t.Errorf("changed: %q, want %d files", changed(before, fixed), files)
	}
	sameInAllModes(t, module, nil, fixed)
}

// checkFixed checks the module in dir after a fix.
func checkFixed(t *testing.T, dir string) {
	t.Helper()
	for name, text := range tree(t, dir) {
		if path.Ext(name) == ".go" && path.Base(name) != "generated.go" && path.Base(name) != "c.go" {
			formatted(t, name, text)
		}
	}
	call(t, dir, nil, "go", "vet", "./...").want(t, 0)
	call(t, dir, nil, "go", "test", "./...").want(t, 0)
	for _, res := range []result{tool(t, dir, "./..."), vet(t, dir, "./...")} {
		lines := strings.Split(strings.TrimSpace(res.stdout+res.stderr), "\n")
		lines = slices.DeleteFunc(lines, func(l string) bool { return !strings.Contains(l, "hand-rolled") })
		for _, l := range lines {
			if !strings.Contains(l, "client.go:") && !strings.Contains(l, "c.go:") {
				t.Errorf("still reported: %s", l)
			}
		}
		if len(lines) == 0 {
			t.Error("the loop without a fix is not reported")
		}
	}
}

// Each fix can be applied without the others.
func TestFixAlone(t *testing.T) {
	t.Parallel()
	dir := write(t, fixable)
	before := tree(t, dir)
	fixes := 0
	for _, res := range sarifRun(t, dir, "./...").Results {
		for _, fix := range res.Fixes {
			fixes++
			name := *fix.ArtifactChanges[0].ArtifactLocation.URI
			applyReplacements(t, dir, fix.ArtifactChanges[0])
			call(t, dir, nil, "go", "vet", "./"+path.Dir(name)).want(t, 0)
			formatted(t, name, tree(t, dir)[name])
			update(t, dir, "-- "+name+" --\n"+before[name])
		}
	}
	if fixes != 7 {
		t.Errorf("%d fixes, want 7", fixes)
	}
}

// The library that go.mod requires is the helper, and go.mod may not change. A finding
// that is suppressed is not fixed, nor one whose comment only lacks its reason.
func TestFixWithLibrary(t *testing.T) {
	t.Parallel()
	env := []string{"GOFLAGS="}
	module := withLibrary + "-- suppressed/x.go --\n" + suppressedCode
	dir := write(t, module)
	call(t, dir, env, binary, "-fix", "./...").want(t, 0, "3 loops replaced in 2 files of 2 packages, ")
	fixed := tree(t, dir)
	res := call(t, dir, env, binary, "-explain", "./suppressed")
	res.want(t, 3, "2 findings in 1 of 1 package") // both comments without effect
	res.wantOnce(t, "suppressed: the disk needs fixed pauses")
	res.wantOnce(t, "no fix: a comment suppresses it that only lacks its reason")
	if !strings.Contains(fixed["x.go"], `"github.com/avast/retry-go/v5"`) {
		t.Errorf("got\n%s", fixed["x.go"])
	}
	call(t, dir, env, "go", "vet", "./...").want(t, 0)
	sameInAllModes(t, module, env, fixed)
}

// Where go.mod has several libraries, a finding says how to choose; where it has
// none, it says nothing of fixes.
func TestSeveralLibraries(t *testing.T) {
	t.Parallel()
	module := strings.Replace(withLibrary, "require github.com/avast/retry-go/v5 v5.1.0\n", `require (
	github.com/avast/retry-go/v5 v5.1.0 // indirect
	github.com/sethvargo/go-retry v0.4.0 // indirect
)

replace github.com/sethvargo/go-retry => ./sethvargo
`, 1) + "-- sethvargo/go.mod --\nmodule github.com/sethvargo/go-retry\n\ngo 1.26\n"
	dir := write(t, module)
	const choose = "; no fix: choose one with -helper=NAME, or with helper in .sharedretry.yml: go.mod requires the retry libraries avast/retry-go/v5, sethvargo/go-retry ("
	tool(t, dir, ".").want(t, 3, choose)
	vet(t, dir, ".").want(t, 1, choose)
	tool(t, dir, "-helper=avast/retry-go/v5", "-fix", "-diff", ".").want(t, 0, "2 loops to replace")
	tool(t, write(t, modFile+"-- x.go --\n"+retryCode), ".").wantNot(t, "; no fix: ")
}

// changed returns the names of the files that are not the same.
func changed(a, b map[string]string) []string {
	maps.DeleteFunc(a, func(name, text string) bool { return b[name] == text })
	return slices.Sorted(maps.Keys(a))
}
