package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/settings"
)

func TestGoVet(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode+"-- clean/x.go --\npackage p\n-- clean/x_test.go --\n"+retryCode)
	vet(t, dir, "./...").want(t, 1, "x.go:5:31: hand-rolled retry loop", "(retry-loop)")
	vet(t, dir, "./clean").want(t, 0)
	vet(t, dir, "-tests", "./clean").want(t, 1, "x_test.go:5:31: ")
	vet(t, dir, "-rules", "poll-loop", "-tests", "./...").want(t, 0)
	vet(t, dir, "-rules=poll-loop", "./...").want(t, 0)
	vet(t, dir, "-json", "./...").want(t, 0, `"category": "retry-loop"`, `x.go:5:31"`)
	vet(t, dir, "-c=0", ".").want(t, 1, "5\tfunc retry")
	res := vet(t, dir, "-rules=retry", ".")
	res.want(t, 1, `-rules: unknown rule "retry": known rules are retry-loop, `)
	res.wantOnce(t, "unknown rule")
	for _, mode := range []string{"-c=-1", "-json", "-fix"} {
		vet(t, dir, mode, "-helper", "acme", ".").want(t, 1, `unknown helper "acme": known are avast/retry-go/v5, `)
	}
	vet(t, dir, "-config=x.yml", ".").want(t, 1, "set SHAREDRETRY_CONFIG to the file's absolute path")
	vet(t, dir, "-explain", ".").want(t, 1, "-explain under go vet: run sharedretry itself")
	call(t, dir, nil, "go", "fix", "-fixtool="+binary, "-explain", ".").want(t, 1, "-explain under go vet: run sharedretry itself")
}

// What is for standalone use is refused where the go command asks for the
// analysis of one package.
func TestUnitFlags(t *testing.T) {
	t.Parallel()
	dir := write(t, "-- vet.cfg --\n{}\n")
	for _, arg := range []string{"-explain", "-format=github", "-o=out", "-write-baseline=out", "-prune-baseline"} {
		name, _, _ := strings.Cut(arg, "=")
		call(t, dir, nil, binary, arg, "vet.cfg").want(t, 1, name+" under go vet: run sharedretry itself")
	}
}

func TestGoFix(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode)
	call(t, dir, nil, "go", "fix", "-fixtool="+binary, "./...").want(t, 0)
	call(t, dir, nil, "go", "fix", "-fixtool="+binary, "-diff", "./...").want(t, 0)
	vet(t, dir, "-fix", "./...").want(t, 0)
}

// counted runs go vet in dir and returns how many packages were analysed, not
// counting those whose result was in the cache.
func counted(t *testing.T, dir string, env []string, args ...string) (result, int) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(t.TempDir(), "log")
	env = append([]string{wrappedEnv + "=" + binary, logEnv + "=" + log}, env...)
	res := call(t, dir, env, "go", append([]string{"vet", "-vettool=" + self}, args...)...)
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	return res, strings.Count(string(data), ".cfg\n")
}

// A changed configuration is seen at once; an unchanged one hits the cache.
func TestCache(t *testing.T) {
	t.Parallel()
	const found = "x.go:5:31: "
	dir := write(t, modFile+"-- sub/x.go --\n"+retryCode)
	for _, step := range []struct {
		name, change string
		code, calls  int // calls: -1 for some
	}{
		{"without", "", 1, -1},
		{"added", "-- .sharedretry.yml --\nrules: [poll-loop]\n", 0, -1},
		{"unchanged", "", 0, 0},
		{"changed", "-- .sharedretry.yml --\nrules: [retry-loop]\n", 1, -1},
		{"back", "-- .sharedretry.yml --\nrules: [poll-loop]\n", 0, 0},
		{"nested", "-- sub/.sharedretry.yml --\nrules: [all]\n", 1, -1},
		{"nested, off", "-- sub/.sharedretry.yml --\nrules: [reconnect-loop]\n", 0, -1},
		{"nested, unchanged", "", 0, 0},
		{"not of this module", "-- vendor/x/.sharedretry.yml --\ntests: true\n", 0, 0},
	} {
		update(t, dir, step.change)
		res, calls := counted(t, dir, nil, "./sub")
		if (calls > 0) != (step.calls != 0) {
			t.Errorf("%s: %d packages analysed", step.name, calls)
		}
		if (step.code != 0) != strings.Contains(res.stderr, found) {
			t.Errorf("%s: wrong findings", step.name)
		}
		res.want(t, step.code)
	}
	if err := os.Remove(filepath.Join(dir, "sub", ".sharedretry.yml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, ".sharedretry.yml")); err != nil {
		t.Fatal(err)
	}
	res, _ := counted(t, dir, nil, "./sub")
	res.want(t, 1, found)
}

// With -json findings are cached too, and replayed.
func TestCacheJSON(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode)
	first, calls := counted(t, dir, nil, "-json", ".")
	if calls == 0 {
		t.Error("the first run was cached")
	}
	second, calls := counted(t, dir, nil, "-json", ".")
	if calls != 0 || second.stdout != first.stdout || !strings.Contains(second.stdout, "retry-loop") {
		t.Errorf("second run: %d packages analysed\n%s\nfirst:\n%s", calls, second.stdout, first.stdout)
	}
}

// A package that was looked at as a dependency is still to be reported: the go command
// would replay the answer of then.
func TestCacheDependency(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- p/x.go --\n"+retryCode+"\nfunc F() {}\n-- q/x.go --\npackage q\n\nimport p \"example.com/m/p\"\n\nfunc init() { p.F() }\n")
	vet(t, dir, "./q").want(t, 0)
	vet(t, dir, "./p").want(t, 1, "x.go:5:31: hand-rolled retry loop")
}

// A helper that only the flag names is looked at each time: the go command does not
// know what it depends on.
func TestCacheHelper(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode+helperCode)
	for _, flag := range []string{"-helper=./retry", "-helper=example.com/m/retry"} {
		update(t, dir, helperCode)
		vet(t, dir, "-json", flag, ".").want(t, 0, "-fix does it")
		if res, calls := counted(t, dir, nil, "-json", flag, "."); calls == 0 || res.code != 0 {
			t.Errorf("%s: %d packages analysed: %s", flag, calls, res.stderr)
		}
		update(t, dir, "-- retry/retry.go --\npackage retry\n")
		vet(t, dir, "-json", flag, ".").want(t, 1, ": no function runs an operation")
		if err := os.RemoveAll(filepath.Join(dir, "retry")); err != nil {
			t.Fatal(err)
		}
		vet(t, dir, "-json", flag, ".").want(t, 1, "retry")
	}
}

func TestConfigFromEnvironment(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode+"-- .sharedretry.yml --\nrules: [retry-loop]\n")
	other := write(t, "-- poll.yml --\nrules: [poll-loop]\n")
	env := []string{settings.ConfigEnv + "=" + filepath.Join(other, "poll.yml")}

	res, _ := counted(t, dir, env, ".")
	res.want(t, 0)
	if res, calls := counted(t, dir, env, "."); calls != 0 {
		t.Errorf("unchanged: %d packages analysed\n%s", calls, res.stderr)
	}
	call(t, dir, env, binary, ".").want(t, 0)
	update(t, other, "-- poll.yml --\nrules: [all]\n")
	res, _ = counted(t, dir, env, ".")
	res.want(t, 1, "x.go:5:31: ")
	call(t, dir, env, binary, ".").want(t, 3, "x.go:5:31: ")

	relative := call(t, dir, []string{settings.ConfigEnv + "=poll.yml"}, "go", "vet", "-vettool="+binary, ".")
	relative.want(t, 1, "SHAREDRETRY_CONFIG=poll.yml: go vet needs an absolute path")
}

// A configuration that is wrong fails in every mode, and is told once.
func TestBrokenConfig(t *testing.T) {
	t.Parallel()
	broken := "-- .sharedretry.yml --\ntests: true\n\nrule: all\n"
	dir := write(t, modFile+broken+"-- a/x.go --\n"+retryCode+"-- b/x.go --\npackage p\n")
	text := filepath.Join(dir, ".sharedretry.yml") + `:3: unknown key "rule": known keys are extends, rules, tests`
	for _, args := range [][]string{
		{binary, "./..."},
		{binary, "-json", "./..."},
		{binary, "-explain", "./..."},
		{binary, "-fix", "./..."},
		{"go", "vet", "-vettool=" + binary, "./..."},
		{"go", "vet", "-vettool=" + binary, "-json", "./..."},
		{"go", "vet", "-vettool=" + binary, "-fix", "./..."},
		{"go", "fix", "-fixtool=" + binary, "./..."},
	} {
		res := call(t, dir, nil, args[0], args[1:]...)
		res.want(t, 1, text)
		res.wantOnce(t, "unknown key")
	}
	tool(t, dir, "-config=off", "./...").want(t, 3)
}

// The file of a directory below fails the packages there.
func TestBrokenNestedConfig(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- a/x.go --\n"+retryCode+"-- b/x.go --\n"+retryCode+"-- b/.sharedretry.yml --\ntests: 1\n")
	for _, mode := range []string{"-c=0", "-json", "-fix"} {
		res := vet(t, dir, mode, "./...")
		res.want(t, 1, ".sharedretry.yml:1: tests must be true or false")
	}
	vet(t, dir, "./...").want(t, 1, filepath.Join("a", "x.go")+":5:31: ")
	vet(t, dir, "-json", "./a").want(t, 0)
	tool(t, dir, "./...").want(t, 1, filepath.Join("b", ".sharedretry.yml")+":1: ")
	tool(t, dir, "./a").want(t, 3)
}
