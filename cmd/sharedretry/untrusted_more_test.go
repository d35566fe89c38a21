//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/settings"
)

// No code of the repository runs: neither what is analysed, nor the helper.
func TestNothingRuns(t *testing.T) {
	t.Parallel()
	ran := filepath.Join(t.TempDir(), "ran")
	run := fmt.Sprintf("\n//go:generate touch %[1]s\n\nfunc init() { _ = os.WriteFile(%[1]q, nil, 0o600) }\n\nvar _ = os.WriteFile(%[1]q, nil, 0o600)\n", ran)
	withRun := func(code string) string {
		return strings.Replace(code, "\t\"time\"\n)", "\t\"os\"\n\t\"time\"\n)", 1) + run
	}
	dir := write(t, modFile+withRun(helperCode)+"-- x.go --\n"+withRun(fixableCode("x"))+"-- x_test.go --\npackage m\n\nimport (\n\t\"os\"\n\t\"testing\"\n)\n\nfunc TestMain(m *testing.M) {"+fmt.Sprintf("_ = os.WriteFile(%q, nil, 0o600)", ran)+"; os.Exit(m.Run()) }\n")
	for _, args := range [][]string{
		{binary, "-tests", "-explain", "-helper=./retry", "./..."}, {binary, "-format=html", "./..."}, {binary, "-describe", "-test", "./retry"}, {binary, "-init=./retry"},
		{"go", "vet", "-vettool=" + binary, "-helper=./retry", "./..."}, {binary, "-helper=./retry", "-fix", "./..."},
	} {
		runBounded(t, dir, args...)
		if _, err := os.Stat(ran); err == nil {
			t.Fatalf("%v runs code", args[1:])
		}
	}
	if text := tree(t, dir)["x.go"]; !strings.Contains(text, "retry.Do") {
		t.Errorf("nothing was fixed:\n%s", text)
	}
}

// The variables of the environment that name files are no other way to read what is none.
func TestUntrustedEnvironment(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- p.go --\n"+strings.Replace(hostileLoop, "COMMENT", "", 1))
	for _, env := range []string{settings.ConfigEnv, settings.BaselineEnv} {
		for _, args := range [][]string{{binary, "."}, {"go", "vet", "-vettool=" + binary, "."}} {
			for name, want := range map[string]string{"/dev/zero": "a device: name a regular file", dir: "a directory: name a regular file"} {
				res := call(t, dir, []string{env + "=" + name}, args[0], args[1:]...)
				if res.code == 0 || !strings.Contains(res.stderr, want) {
					t.Errorf("%s=%s, %v: code %d, %s", env, name, args[1:], res.code, res.stderr)
				}
			}
		}
	}
}

// What a configuration says and what is wrong with a package commands nothing where it
// is printed.
func TestUntrustedWords(t *testing.T) {
	t.Parallel()
	const escape, command = `\e[31m`, `\n::error::x`
	own := "-- pause/x.go --\npackage pause\n\nfunc Linear() int { return 1 }\n-- y.go --\npackage p\n\nimport \"example.com/m/0/pause\"\n\nvar _ = pause.Linear()\n"
	for name, packages := range map[string][]string{
		"words": {
			own + "-- .sharedretry.yml --\npolicies: [{identifier: example.com/m/0/pause.Linear, growth: linear, remedy: \"take" + escape + command + "\"}]\n",
			"-- .sharedretry.yml --\nexclude: [{path: \"p.go\", reason: \"it is" + escape + command + "\"}]\n",
			"-- z.go --\npackage p\n\nimport \"time\"\n\nfunc z(op func(string) error) {\n\tfor op(`\x1b[31m\n::error::x`) != nil {\n\t\ttime.Sleep(time.Second)\n\t}\n}\n",
		},
		"errors": {
			"-- .sharedretry.yml --\nhelpers: [{name: \"a" + escape + command + "\", imports: {r: example.com/m/none}, call: \"r.Do({{op}})\"}]\nhelper: \"a" + escape + command + "\"\n",
			"-- .sharedretry.yml --\nhelper: \"a" + escape + command + "\"\n",
			"-- .sharedretry.yml --\n\"a" + escape + command + "\": 1\n",
		},
		"package": {"-- z.go --\npackage p\n\nvar _ int = `\x1b[31m\n::error::x`\n"},
		"import":  {"-- z.go --\npackage p\n\nimport _ \"a\\x1b[31m\\n::error::x\"\n"},
	} {
		dir := write(t, modFile)
		for i, files := range packages {
			update(t, filepath.Join(dir, strconv.Itoa(i)), "-- p.go --\n"+strings.Replace(hostileLoop, "COMMENT\n", "", 1)+files)
		}
		for _, args := range [][]string{
			{binary, "-explain", "./..."}, {binary, "./..."}, {binary, "-json", "./..."}, {binary, "-format=sarif", "./..."}, {binary, "-format=html", "./..."}, {binary, "-fix", "./..."},
			{"go", "vet", "-vettool=" + binary, "./..."},
		} {
			if args[0] == "go" && (name == "package" || name == "import") {
				continue // it prints the compiler's words
			}
			out := runBounded(t, dir, args...)
			if strings.Contains(out, "\x1b") || strings.Contains("\n"+out, "\n::") || strings.Contains(out, "panic") {
				t.Errorf("%s, %v: %q", name, args[1:], out)
			}
		}
	}
}

// A configuration that names the helper makes its package part of what go vet's results
// depend on: created, changed or removed, it is seen at once; unchanged, nothing is
// analysed again.
func TestCacheHelperNamed(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+fixableCode("x")+"-- .sharedretry.yml --\nhelper: ./retry\n")
	for _, step := range []struct {
		name, change, want string
		analysed           bool
	}{
		{"missing", "", "retry", true},
		{"created", helperCode, "call retry.Do", true},
		{"unchanged", "", "call retry.Do", false},
		{"changed", strings.ReplaceAll(helperCode, "Do(", "Run("), "call retry.Run", true},
		{"unchanged again", "", "call retry.Run", false},
		{"emptied", "-- retry/retry.go --\npackage retry\n", "no function runs an operation", true},
	} {
		update(t, dir, step.change)
		res, calls := counted(t, dir, nil, ".")
		if !strings.Contains(res.stderr, step.want) || calls > 0 && !step.analysed {
			t.Errorf("%s: %d packages analysed\n%s", step.name, calls, res.stderr)
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, "retry")); err != nil {
		t.Fatal(err)
	}
	if res, _ := counted(t, dir, nil, "."); res.code == 0 || strings.Contains(res.stderr, "-fix does it") {
		t.Errorf("removed: %s", res.stderr)
	}
}
