package starter_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/starter"
)

const module = "-- go.mod --\nmodule example.com/m\n\ngo 1.26\n"

// helperIn returns a package with a retry helper, and callers of it.
func helperIn(dir, name string, callers int) string {
	pkg := filepath.Base(dir)
	return "-- " + dir + "/x.go --\npackage " + pkg + `

import "time"

func ` + name + `(attempts int, delay time.Duration, op func() error) (err error) {
	for range attempts {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(delay)
	}
	return err
}
-- ` + dir + `/by/x.go --
package by

import "example.com/m/` + dir + `"

func f(op func() error) {
` + strings.Repeat("\t"+pkg+"."+name+"(3, 1, op)\n", callers) + "}\n"
}

// start writes a module and calls Init in it, which prints output. Tree lists the
// files that it wrote.
func start(t *testing.T, archive, want string) (dir, output string, tree []string, err error) {
	t.Helper()
	dir = t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	before := list(t, dir)
	told, err := starter.Init(dir, want)
	for _, name := range list(t, dir) {
		if !slices.Contains(before, name) {
			tree = append(tree, name)
		}
	}
	return dir, told, tree, err
}

// list returns the files in dir.
func list(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(dir, name)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// The helper is the one that is there, or is written.
func TestInit(t *testing.T) {
	t.Parallel()
	const avast = "\nrequire github.com/avast/retry-go/v5 v5.0.0\n"
	const backoff = "\nrequire github.com/cenkalti/backoff/v4 v4.3.0"
	for _, test := range []struct {
		name, archive, want string
		helper, why         string
		written             []string // beside the configuration
	}{
		{"nothing", module, "", "./internal/retry", "this module has no retry helper yet",
			[]string{"internal/retry/attempts.go", "internal/retry/attempts_test.go", "internal/retry/retry.go", "internal/retry/retry_test.go"}},
		{"a directory", module, "pkg/again", "./pkg/again", "there is no such package yet",
			[]string{"pkg/again/again.go", "pkg/again/again_test.go", "pkg/again/attempts.go", "pkg/again/attempts_test.go"}},
		{"a helper", module + helperIn("util", "Again", 2), "", "./util", "example.com/m/util has a retry helper", nil},
		{"one of two by its directory", module + helperIn("util", "Again", 2) + helperIn("wait/loop", "Try", 3), "./util", "./util", "example.com/m/util has a retry helper", nil},
		{"one of two by its path", module + helperIn("util", "Again", 2) + helperIn("wait/loop", "Try", 3), "example.com/m/wait/loop", "./wait/loop", "example.com/m/wait/loop has a retry helper", nil},
		{"a directory beside a helper", module + helperIn("util", "Again", 2), "./retry", "./retry", "there is no such package yet",
			[]string{"retry/attempts.go", "retry/attempts_test.go", "retry/retry.go", "retry/retry_test.go"}},
		{"a library", module + avast, "", "avast/retry-go/v5", "go.mod requires avast/retry-go/v5", nil},
		{"a library before a helper", module + avast + helperIn("util", "Again", 2), "", "avast/retry-go/v5", "go.mod requires avast/retry-go/v5", nil},
		{"a helper before what others require", module + backoff + " // indirect\n" + helperIn("util", "Again", 2), "", "./util", "example.com/m/util has a retry helper", nil},
		{"what go get has written", module + backoff + " // indirect\n", "", "cenkalti/backoff/v4", "go.mod requires cenkalti/backoff/v4", nil},
		{"one of two libraries", module + avast + backoff + "\n", "cenkalti/backoff/v4", "cenkalti/backoff/v4", "go.mod requires cenkalti/backoff/v4", nil},
		{"by name only", module + "\nrequire k8s.io/client-go v0.30.0\n", "client-go", "client-go", "go.mod requires client-go", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir, output, tree, err := start(t, test.archive, test.want)
			if err != nil {
				t.Fatal(err)
			}
			if want := append([]string{analyzer.ConfigName}, test.written...); !slices.Equal(tree, want) {
				t.Errorf("wrote %q, want %q", tree, want)
			}
			config, err := os.ReadFile(filepath.Join(dir, analyzer.ConfigName))
			if err != nil || !strings.HasSuffix(string(config), "\nhelper: "+test.helper+"\n") {
				t.Errorf("%v, %s, want %s", err, config, test.helper)
			}
			if _, err := analyzer.LoadOptions(dir, ""); err != nil {
				t.Error(err)
			}
			want := test.why + "\n"
			for _, name := range tree {
				want += "wrote " + filepath.FromSlash(name) + "\n"
			}
			if want += "next: sharedretry -fix -diff ./...\n"; output != want {
				t.Errorf("prints\n%swant\n%s", output, want)
			}
		})
	}
}

// A module that has the command as a tool calls it as one.
func TestInitTool(t *testing.T) {
	t.Parallel()
	_, output, _, err := start(t, module+"\nrequire github.com/sharedretry/sharedretry v0.1.0 // indirect\n", "")
	if want := "next: go tool sharedretry -fix -diff ./...\n"; err != nil || !strings.HasSuffix(output, want) {
		t.Errorf("%v, prints\n%swant at its end\n%s", err, output, want)
	}
}

// With an error nothing is written.
func TestInitErrors(t *testing.T) {
	t.Parallel()
	const two = "this module has retry helpers in 2 packages: choose one with -init=PATH\n\texample.com/m/wait/loop\t3 calls: loop.Try\n\texample.com/m/util\t1 call: util.Again"
	for _, test := range []struct{ name, archive, want, err string }{
		{"no module", "", "", "there is no go.mod here or above: run go mod init first"},
		{"a broken go.mod", "-- go.mod --\nmodul x\n", "", "go.mod cannot be read: run go mod tidy to see why"},
		{"two helpers", module + helperIn("util", "Again", 1) + helperIn("wait/loop", "Try", 3), "", two},
		{"two libraries", module + "\nrequire github.com/avast/retry-go/v5 v5.0.0\nrequire github.com/cenkalti/backoff/v4 v4.3.0\n", "",
			"go.mod requires the retry libraries avast/retry-go/v5, cenkalti/backoff/v4: choose one with -init=NAME"},
		{"no such library", module, "avast/retry-go/v5", "go.mod does not require github.com/avast/retry-go/v5: go get it first"},
		{"no such package", module, "go.acme.dev/retry", "the package go.acme.dev/retry cannot be found: go get it, or name a directory for a new one, as in -init=./internal/retry"},
		{"a helper that cannot be called", module + "-- x/x.go --\npackage x\n\nfunc Do(what string) {}\n", "./x",
			"helper example.com/m/x: no function runs an operation: a func() error or func(context.Context) error"},
		{"a configuration", module + "-- .sharedretry.yml --\ntests: true\n", "", ".sharedretry.yml exists and is not overwritten: delete it, or edit it"},
		{"a file", module + "-- internal/retry/retry_test.go --\npackage retry\n", "",
			"internal/retry has Go files, but no retry helper: name another directory, as in -init=./internal/again"},
		{"elsewhere", module, "../retry", "is not in the module example.com/m: name a directory of it"},
		{"another module", module + "-- sub/go.mod --\nmodule example.com/sub\n", "./sub/retry", "is not in the module example.com/m: name a directory of it"},
		{"no name", module, "./go-retry", `"go-retry" is not a package name: name a directory that ends in one, such as ./internal/retry`},
		{"no import path", module, "./a b/retry", `malformed import path "example.com/m/a b/retry": invalid char ' ': name another directory, as in -init=./internal/retry`},
		{"an old version", strings.Replace(module, "1.26", "1.20", 1), "", "the helper needs Go 1.21, and go.mod says 1.20: run go get go@1.21"},
		{"no version", "-- go.mod --\nmodule example.com/m\n", "", "the helper needs Go 1.21, and go.mod says 1.16: run go get go@1.21"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, output, tree, err := start(t, test.archive, test.want)
			if err == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("got %v, want %s", err, test.err)
			}
			if len(tree) > 0 || output != "" {
				t.Errorf("wrote %q, printed %q", tree, output)
			}
		})
	}
}

// What is written passes its own tests in every version of Go, and has all forms.
func TestWritten(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ version, loop string }{
		{"1.21", "r := retry.Start({{ctx}}, "}, {"1.22", "r := retry.Start({{ctx}}, "}, {"1.23", "range retry.Attempts({{ctx}}, "}, {"1.26.0", "range retry.Attempts({{ctx}}, "},
	} {
		t.Run(test.version, func(t *testing.T) {
			t.Parallel()
			dir, _, tree, err := start(t, strings.Replace(module, "1.26", test.version, 1), "")
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range tree {
				text, err := os.ReadFile(filepath.Join(dir, name))
				if err != nil || strings.Contains(string(text), "//go:build") {
					t.Errorf("%v: %s\n%s", err, name, text)
				}
			}
			for _, args := range [][]string{{"vet", "./..."}, {"test", "./..."}} {
				cmd := exec.Command("go", args...)
				cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOTOOLCHAIN=local", "GOWORK=off", "GOFLAGS=")
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("go %s: %v\n%s", args[0], err, out)
				}
			}
			d, err := analyzer.Describe(dir, "./internal/retry")
			if err != nil || len(d.Missing) > 0 || !strings.HasPrefix(d.Spec.Header, test.loop) {
				t.Errorf("%v: %q, %s", err, d.Missing, d.Spec.Header)
			}
		})
	}
}

// Nothing is written outside of the module, whatever its directories link to.
func TestInitLinks(t *testing.T) {
	t.Parallel()
	for _, link := range []string{"internal", "internal/retry"} {
		outside, dir := t.TempDir(), t.TempDir()
		name := filepath.Join(dir, link)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/m\n\ngo 1.26\n"), 0o666)); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(outside, name); err != nil {
			t.Skip(err)
		}
		_, err := starter.Init(dir, "internal/retry")
		if err == nil || !strings.Contains(err.Error(), "name a directory of the module example.com/m") || len(list(t, outside)) > 0 || len(list(t, dir)) > 2 {
			t.Errorf("%s: %v, outside %v, inside %v", link, err, list(t, outside), list(t, dir))
		}
	}
}
