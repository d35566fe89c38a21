package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/settings"
)

const baselineName = ".sharedretry.baseline"

// retryFunc is a function with a retry loop, on one line.
func retryFunc(name string) string {
	return "func " + name + "(in func() error) { " + retryLoop + " }\n"
}

// manyLoops is a module with 34 findings in two packages: 30 in functions of
// their own, two that are alike in one function, and two in tests.
func manyLoops() string {
	const head = "package p\n\nimport \"time\"\n\n"
	var b strings.Builder
	b.WriteString(modFile + "-- op.go --\npackage p\n\nvar op func() error\n-- sub/op.go --\npackage p\n\nvar op func() error\n")
	for i := range 6 {
		fmt.Fprintf(&b, "-- sub/f%d.go --\n%s", i, head)
		for j := range 5 {
			b.WriteString(retryFunc(fmt.Sprintf("f%d_%d", i, j)))
		}
	}
	b.WriteString("-- x.go --\n" + head + "func twice(in func() error) {\n\t" + retryLoop + "\n\t" + retryLoop + "\n}\n")
	b.WriteString("-- x_test.go --\n" + head + retryFunc("inside"))
	b.WriteString("-- y_test.go --\n" + strings.Replace(head, "package p", "package p_test", 1) + retryFunc("outside") + "\nvar op func() error\n")
	return b.String()
}

// rewrite changes a file in dir.
func rewrite(t *testing.T, dir, name string, change func(string) string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(change(string(data))), 0o666); err != nil {
		t.Fatal(err)
	}
}

// A baseline silences what was there, in every driver: after edits above and
// moves inside the package too. It lets what is new through.
func TestBaseline(t *testing.T) {
	t.Parallel()
	dir := write(t, manyLoops())
	tool(t, dir, "-tests", "-write-baseline", baselineName, "./...").want(t, 0, "34 findings written to "+baselineName)
	list := tree(t, dir)[baselineName]
	if n := strings.Count(list, "\n"); n != 35 || strings.Count(list, " twice retry-loop ") != 2 || !strings.Contains(list, "example.com/m_test outside retry-loop ") {
		t.Errorf("%d lines in the baseline:\n%s", n, list)
	}
	env := []string{settings.BaselineEnv + "=" + filepath.Join(dir, baselineName)}
	check := func(name string, findings ...string) {
		t.Helper()
		found := min(len(findings), 1)
		tool(t, dir, "-baseline="+baselineName, "-tests", "./...").want(t, 3*found, append(findings, "; 34 in the baseline\n")...)
		for _, env := range [][]string{nil, env} { // without it the configuration's baseline counts
			call(t, dir, env, "go", "vet", "-vettool="+binary, "-tests", "./...").want(t, found, findings...)
		}
		res := vet(t, dir, "-json", "-tests", "./...")
		if n := strings.Count(res.stdout, `"category"`); res.code != 0 || n != len(findings) {
			t.Errorf("%s: go vet -json: exit code %d, %d findings, want %d\n%s", name, res.code, n, len(findings), res.stdout)
		}
		res = call(t, dir, env, binary, "-tests", "./...")
		res.want(t, 3*found, append(findings, "; 34 in the baseline\n")...)
		res.wantNot(t, "no longer")
	}
	update(t, dir, "-- .sharedretry.yml --\nbaseline: "+baselineName+"\n")
	check("as it was")

	above := "package p\n" + strings.Repeat("\n// A line.", 50) + "\n"
	rewrite(t, dir, "sub/f1.go", func(s string) string { return strings.Replace(s, "package p\n", above, 1) })
	rewrite(t, dir, "x.go", func(s string) string { return strings.ReplaceAll(s, "err ", "failure ") })
	if err := os.Rename(filepath.Join(dir, "sub", "f2.go"), filepath.Join(dir, "sub", "moved.go")); err != nil {
		t.Fatal(err)
	}
	check("after edits")

	rewrite(t, dir, "sub/moved.go", func(s string) string { return s + retryFunc("another") })
	rewrite(t, dir, "x.go", func(s string) string { return strings.TrimSuffix(s, "}\n") + "\t" + retryLoop + "\n}\n" })
	rewrite(t, dir, "x.go", func(s string) string { return strings.ReplaceAll(s, "failure ", "err ") })
	check("a new function, and a third loop like two others", "moved.go:10:", "x.go:8:2: ")

	tool(t, dir, "-tests", "-baseline=off", "./...").want(t, 3, "36 findings in 2 of 2 packages")
	tool(t, dir, "-explain", "./...").want(t, 3, "retry, constant backoff: in the baseline; the delay at line 6 ")
}

// What no longer occurs is listed, and can be taken out, where the run has seen
// that it does not.
func TestPruneBaseline(t *testing.T) {
	t.Parallel()
	dir := write(t, manyLoops()+"-- gone/x.go --\n"+retryCode+"-- sub/x_windows.go --\n"+strings.Replace(strings.Replace(retryCode, "retry(", "windows(", 1), "; var op func() error", "", 1)+
		"-- sub/y_plan9.go --\npackage p\n-- .sharedretry.yml --\nbaseline: "+baselineName+"\n")
	windows := []string{"GOOS=windows", "CGO_ENABLED=0"}
	call(t, dir, windows, binary, "-tests", "-write-baseline", baselineName, "./...").want(t, 0, "36 findings")
	before := tree(t, dir)[baselineName]

	unchanged := func(args ...string) {
		t.Helper()
		res := tool(t, dir, args...)
		res.wantNot(t, "no longer")
		res = tool(t, dir, append([]string{"-prune-baseline"}, args...)...)
		res.want(t, res.code, baselineName+": 0 entries removed, 36 left\n")
		if now := tree(t, dir)[baselineName]; now != before {
			t.Errorf("%q changed the baseline:\n%s", args, now)
		}
	}
	unchanged("./...") // neither tests nor the files of another system are there
	rewrite(t, dir, "sub/f0.go", func(s string) string { return strings.Replace(s, retryFunc("f0_1"), "", 1) })
	rewrite(t, dir, "x.go", func(s string) string { return strings.Replace(s, retryLoop, "", 1) })
	rewrite(t, dir, "x_test.go", func(string) string { return "package p\n" })
	if err := os.Remove(filepath.Join(dir, "y_test.go")); err != nil {
		t.Fatal(err)
	}
	unchanged("-rules=poll-loop", "./sub")
	update(t, dir, "-- sub/broken.go --\npackage p\n\nvar x int = \"\"\n")
	res := tool(t, dir, "-prune-baseline", "./sub")
	res.want(t, 1, "1 could not be analysed")
	res.wantNot(t, "removed", "no package has")
	update(t, dir, "-- sub/broken.go --\npackage p\n")
	if err := os.RemoveAll(filepath.Join(dir, "gone")); err != nil {
		t.Fatal(err)
	}

	res = tool(t, dir, "./sub")
	res.want(t, 0, baselineName+": no longer there, remove with -prune-baseline: 2 entries\n",
		"\texample.com/m/gone retry retry-loop ", "\texample.com/m/sub f0_1 retry-loop ")
	res = tool(t, dir, "-tests", "./...")
	res.want(t, 0, "-prune-baseline: 5 entries\n", " twice retry-loop ", " inside retry-loop ", "m_test outside retry-loop ")
	res.wantNot(t, "windows")
	tool(t, dir, "-prune-baseline", "-tests", "./...").want(t, 0, baselineName+": 5 entries removed, 31 left\n", " twice retry-loop ")
	after := tree(t, dir)[baselineName]
	if strings.Count(after, "\n") != 32 || strings.Count(after, " twice ") != 1 || strings.Count(after, " windows ") != 1 {
		t.Errorf("after:\n%s", after)
	}
	tool(t, dir, "-prune-baseline", "-tests", "./...").want(t, 0, "0 entries removed, 31 left")
	tool(t, dir, "-prune-baseline", "-baseline=off", "./...").want(t, 1, "-prune-baseline: no package has a baseline: name it with")
}

// Nothing is said of code that was not loaded: external tests, packages that
// were not asked for, and modules that are not where their path says.
func TestBaselineOfOtherCode(t *testing.T) {
	t.Parallel()
	external := strings.Replace(retryCode, "package p", "package p_test", 1)
	dir := write(t, modFile+"-- a/x.go --\npackage p\n-- a/x_test.go --\n"+external+"-- b/x.go --\n"+retryCode+
		"-- hack/tools/go.mod --\nmodule example.com/m/tools\n\ngo 1.26\n-- hack/tools/x/x.go --\n"+retryCode+
		"-- go.work --\ngo 1.26\n\nuse (\n\t.\n\t./hack/tools\n)\n"+
		"-- .sharedretry.yml --\nbaseline: "+baselineName+"\n-- hack/tools/.sharedretry.yml --\nbaseline: ../../"+baselineName+"\n")
	on, off := []string{"GOWORK=", "GOFLAGS="}, []string{"GOWORK=off"}
	call(t, dir, on, binary, "-tests", "-write-baseline", baselineName, "./...", "./hack/tools/...").want(t, 0, "3 findings")
	for _, args := range [][]string{{"./..."}, {"-tests", "./b"}, {"./a"}, {"-tests", "./a"}} {
		for _, env := range [][]string{on, off} {
			res := call(t, dir, env, binary, append([]string{"-prune-baseline"}, args...)...)
			res.want(t, 0, baselineName+": 0 entries removed, 3 left\n")
		}
	}
	for _, name := range []string{"a", "b", "hack/tools/x"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	update(t, dir, "-- c/x.go --\npackage p\n")
	call(t, dir, off, binary, "-prune-baseline", "./...").want(t, 0, baselineName+": 3 entries removed, 0 left\n")
}

// Tests may be loaded for one package and skipped in another.
func TestBaselineOfSkippedTests(t *testing.T) {
	t.Parallel()
	loop := "package p\n\nimport \"time\"\n\nvar op func() error\n\n" + retryFunc("inside")
	dir := write(t, modFile+"-- a/x.go --\npackage p\n-- a/x_test.go --\n"+loop+"-- b/x.go --\npackage p\n-- b/x_test.go --\n"+loop)
	tool(t, dir, "-tests", "-write-baseline", baselineName, "./...").want(t, 0, "2 findings")
	update(t, dir, "-- .sharedretry.yml --\nbaseline: "+baselineName+"\n-- a/.sharedretry.yml --\ntests: true\nbaseline: ../"+baselineName+"\n")
	tool(t, dir, "-prune-baseline", "./...").want(t, 0, "1 in the baseline", "0 entries removed, 2 left")
	update(t, dir, "-- a/x_test.go --\npackage p\n-- b/x_test.go --\npackage p\n")
	tool(t, dir, "./...").want(t, 0, "-prune-baseline: 2 entries\n")
}

// A finding that is suppressed or excluded needs no entry any more.
func TestBaselineAndSuppression(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode+"-- y/y.go --\n"+retryCode)
	tool(t, dir, "-write-baseline", baselineName, "./...").want(t, 0, "2 findings")
	rewrite(t, dir, "x.go", func(s string) string {
		return strings.Replace(s, "func", "//nolint:sharedretry // the disk needs fixed pauses\nfunc", 1)
	})
	update(t, dir, "-- .sharedretry.yml --\nbaseline: "+baselineName+"\nexclude:\n  - path: y\n    reason: old\n")
	res := tool(t, dir, "-prune-baseline", "./...")
	res.want(t, 0, "2 entries removed, 0 left")
	res.wantNot(t, "unused-suppression")
}

// A baseline that is damaged or missing fails in every mode, is told once and
// stays as it is.
func TestDamagedBaseline(t *testing.T) {
	t.Parallel()
	damaged := "-- " + baselineName + " --\n# sharedretry baseline v1\n<<<<<<< HEAD\n"
	dir := write(t, modFile+damaged+"-- .sharedretry.yml --\nbaseline: "+baselineName+"\n-- a/x.go --\n"+retryCode+"-- b/x.go --\n"+retryCode)
	before := tree(t, dir)
	flag := "-baseline=" + filepath.Join(dir, baselineName)
	for _, args := range [][]string{
		{binary, "./..."}, {binary, flag, "./..."}, {binary, "-json", "./..."}, {binary, "-prune-baseline", "./..."}, {binary, "-fix", "./..."},
		{"go", "vet", "-vettool=" + binary, "./..."}, {"go", "vet", "-vettool=" + binary, "-json", "./..."}, {"go", "vet", "-vettool=" + binary, "-fix", "./..."},
	} {
		res := call(t, dir, nil, args[0], args[1:]...)
		res.want(t, 1, filepath.Join(dir, baselineName)+":2: an unresolved merge conflict: keep each line of both sides once")
		res.wantOnce(t, "conflict")
	}
	sameTree(t, tree(t, dir), before)

	update(t, dir, "-- .sharedretry.yml --\ntests: false\n")
	for file, text := range map[string]string{
		filepath.Join(dir, baselineName): ":2: an unresolved merge conflict",
		filepath.Join(dir, "none"):       "cannot read the baseline: open " + filepath.Join(dir, "none") + ": ",
		"none":                           settings.BaselineEnv + "=none: go vet needs an absolute path",
	} {
		res := call(t, dir, []string{settings.BaselineEnv + "=" + file}, "go", "vet", "-vettool="+binary, "-json", "./...")
		res.want(t, 1, text)
		res.wantOnce(t, text)
	}
	vet(t, dir, flag, "./...").want(t, 1, "-baseline under go vet: set SHAREDRETRY_BASELINE to the file's absolute path, or baseline in .sharedretry.yml, instead")
	tool(t, dir, "-baseline=none", "./...").want(t, 1, "cannot read the baseline: open none: ", "write one with sharedretry -write-baseline")
}

// Nothing takes the place of an existing file, and nothing is written unless
// all packages were analysed.
func TestWriteBaseline(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode+"-- broken/x.go --\npackage p\n\nvar x int = \"\"\n")
	res := tool(t, dir, "-write-baseline="+baselineName, "./...")
	res.want(t, 1, "-write-baseline "+baselineName+": not written: not all packages could be analysed")
	if _, there := tree(t, dir)[baselineName]; there {
		t.Error("the file is there")
	}
	tool(t, dir, "-write-baseline="+baselineName, ".").want(t, 0, "1 finding written to "+baselineName)
	before := tree(t, dir)
	tool(t, dir, "-write-baseline="+baselineName, ".").want(t, 2, "-write-baseline "+baselineName+": the file exists: remove what no longer occurs with -prune-baseline, or delete")
	sameTree(t, tree(t, dir), before)
	for _, args := range [][]string{{"x.go"}, {"-tests", "x_test.go"}} {
		update(t, dir, "-- x_test.go --\npackage p_test\n")
		tool(t, dir, append([]string{"-write-baseline=y"}, args...)...).want(t, 2, "-write-baseline y: name packages, not files: ")
	}
	if _, there := tree(t, dir)["y"]; there {
		t.Error("there is a baseline of files")
	}
	tool(t, dir, "-write-baseline=none/x", ".").want(t, 1, "-write-baseline none/x: cannot write: no such file")
	for _, other := range []string{"-fix", "-json", "-explain", "-prune-baseline", "-baseline=x"} {
		tool(t, dir, "-write-baseline=y", other, ".").want(t, 2, "-write-baseline cannot be combined with -baseline, ")
	}
	tool(t, dir, "-fix", "-prune-baseline", ".").want(t, 2, "-prune-baseline cannot be combined with -fix")
}

// A baseline that changes is seen at once, one that does not hits the cache.
func TestBaselineCache(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- p/x.go --\n"+retryCode)
	tool(t, dir, "-write-baseline", baselineName, "./...").want(t, 0)
	full := "-- " + baselineName + " --\n" + tree(t, dir)[baselineName]
	const empty = "-- " + baselineName + " --\n# sharedretry baseline v1\n"
	config := "-- .sharedretry.yml --\nbaseline: " + baselineName + "\n"
	update(t, dir, strings.Replace(config, ".sharedretry", "other", 1))
	environment := []string{settings.BaselineEnv + "=" + filepath.Join(dir, baselineName)}
	other := []string{settings.ConfigEnv + "=" + filepath.Join(dir, "other.yml")}
	for _, step := range []struct {
		name, change string
		env          []string
		code         int
		cached       bool
	}{
		{"environment", "", environment, 0, false},
		{"environment, again", "", environment, 0, true},
		{"environment, entry gone", empty, environment, 1, false},
		{"environment, entry back", full, environment, 0, true},
		{"other configuration", "", other, 0, false},
		{"other configuration, entry gone", empty, other, 1, false},
		{"configuration", full + config, nil, 0, false},
		{"configuration, again", "", nil, 0, true},
		{"configuration, entry gone", empty, nil, 1, false},
		{"configuration, entry back", full, nil, 0, true},
		{"turned off", "", []string{settings.BaselineEnv + "=off"}, 1, false},
	} {
		update(t, dir, step.change)
		res, calls := counted(t, dir, step.env, "./p")
		if (calls == 0) != step.cached {
			t.Errorf("%s: %d packages analysed", step.name, calls)
		}
		if res.want(t, step.code); t.Failed() {
			t.Fatal(step.name)
		}
	}
	vet(t, dir, "-baseline=off", "./p").want(t, 1, "hand-rolled retry loop")
}

// With a baseline the fixes of new findings are applied, without it all.
func TestBaselineFix(t *testing.T) {
	t.Parallel()
	dir := write(t, libraryModule+"-- x.go --\n"+retryCode)
	tool(t, dir, "-write-baseline", baselineName, ".").want(t, 0)
	update(t, dir, "-- new.go --\npackage p\n\nimport \"time\"\n\n"+retryFunc("again"))
	tool(t, dir, "-baseline="+baselineName, "-fix", ".").want(t, 0, "1 loop replaced in 1 file")
	files := tree(t, dir)
	if files["x.go"] != retryCode || !strings.Contains(files["new.go"], "retrygo.New(") {
		t.Errorf("x.go:\n%s\nnew.go:\n%s", files["x.go"], files["new.go"])
	}
	tool(t, dir, "-fix", ".").want(t, 0, "1 loop replaced in 1 file")
	tool(t, dir, "-baseline="+baselineName, "-prune-baseline", ".").want(t, 0, "1 entry removed, 0 left")
}

// An entry of a rule that does not exist can be taken out.
func TestBaselineOfUnknownRule(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode+"-- "+baselineName+" --\n# sharedretry baseline v1\n"+
		"example.com/m retry poll-loop 0123456789abcdef\nexample.com/m retry retried-loop 0123456789abcdef\nexample.com/m retry all 0123456789abcdef\n")
	tool(t, dir, "-baseline="+baselineName, ".").want(t, 3, "-prune-baseline: 2 entries\n", "\texample.com/m retry retried-loop ")
	tool(t, dir, "-baseline="+baselineName, "-prune-baseline", ".").want(t, 3, "2 entries removed, 1 left\n")
}
