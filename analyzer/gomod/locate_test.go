package gomod

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// extract writes the files of an archive to a directory, which it returns.
func extract(t *testing.T, files string) string {
	t.Helper()
	root := t.TempDir()
	for _, f := range txtar.Parse([]byte(files)).Files {
		file := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

const archive = `
-- m/go.mod --
module example.com/m

require (
	go.acme.dev/Retry v1.2.0
	go.acme.dev/old v1.0.0
	go.acme.dev/fork v1.0.0
	go.acme.dev/near v1.0.0
	go.acme.dev/gone v1.0.0
	go.acme.dev/half v1.0.0
	go.acme.dev/deep v1.0.0
	go.acme.dev/deep/sub v1.1.0
)

replace (
	go.acme.dev/fork v1.0.0 => example.org/fork v1.3.0
	go.acme.dev/near => ../near
)
-- m/retry/retry.go --
package retry
-- m/tests/x_test.go --
package tests
-- m/inner/go.mod --
module example.com/m/inner
-- m/inner/x.go --
package inner
-- near/go.mod --
module go.acme.dev/near
-- near/x.go --
package near
-- cache/go.acme.dev/!retry@v1.2.0/x.go --
package retry
-- cache/go.acme.dev/!retry@v1.3.0/x.go --
package retry
-- cache/go.acme.dev/old@v1.0.0/README --
no package at the top
-- cache/example.org/fork@v1.3.0/x.go --
package fork
-- cache/go.acme.dev/half@v1.0.0/README --
not unpacked whole
-- cache/cache/download/go.acme.dev/half/@v/v1.0.0.partial --
-- cache/go.acme.dev/deep@v1.0.0/x.go --
package deep
-- cache/go.acme.dev/deep@v1.0.0/other/x.go --
package other
-- cache/go.acme.dev/deep/sub@v1.1.0/x.go --
package sub
`

func TestLocate(t *testing.T) {
	root := extract(t, archive)
	t.Setenv("GOMODCACHE", filepath.Join(root, "cache"))
	t.Setenv("GOWORK", "off")
	m, _ := At(filepath.Join(root, "m", "retry"))
	for pkg, want := range map[string]string{
		"example.com/m/retry":    "m/retry: example.com/m",
		"example.com/m/none":     "missing in example.com/m",
		"example.com/m/tests":    "missing in example.com/m",
		"example.com/m/inner":    "missing in example.com/m",
		"example.com/other":      "",
		"go.acme.dev/Retry":      "cache/go.acme.dev/!retry@v1.2.0: go.acme.dev/Retry v1.2.0, fixed",
		"go.acme.dev/Retry/none": "missing in go.acme.dev/Retry v1.2.0",
		"go.acme.dev/old":        "missing in go.acme.dev/old v1.0.0",
		"go.acme.dev/fork":       "cache/example.org/fork@v1.3.0: go.acme.dev/fork v1.0.0 => example.org/fork@v1.3.0, fixed",
		"go.acme.dev/near":       "near: go.acme.dev/near",
		"go.acme.dev/gone":       "",
		"go.acme.dev/half":       "",
		"go.acme.dev/deep":       "cache/go.acme.dev/deep@v1.0.0: go.acme.dev/deep v1.0.0, fixed",
		"go.acme.dev/deep/sub":   "cache/go.acme.dev/deep/sub@v1.1.0: go.acme.dev/deep/sub v1.1.0, fixed",
		"go.acme.dev/deep/other": "cache/go.acme.dev/deep@v1.0.0/other: go.acme.dev/deep v1.0.0, fixed",
		"go.acme.dev":            "",
	} {
		if got := describe(root, m.Locate(pkg)); got != want {
			t.Errorf("%s: got %q, want %q", pkg, got, want)
		}
	}
	if p := m.Locate("context"); !p.Fixed || filepath.Base(p.Dir) != "context" {
		t.Errorf("context: got %+v", p)
	}
	if p := m.Locate("no/such"); p != (Place{}) {
		t.Errorf("no/such: got %+v", p)
	}
	for path, want := range map[string]bool{"context": true, "net/http": true, "corp/retry": false, "go.acme.dev/Retry": false} {
		if IsStandard(path) != want {
			t.Errorf("%s: standard %v, want %v", path, !want, want)
		}
	}
}

// describe returns what p says, with names relative to root.
func describe(root string, p Place) string {
	text := ""
	if p.Missing {
		text = "missing in " + p.Module
	} else if rel, err := filepath.Rel(root, p.Dir); p.Dir != "" && err == nil {
		text = filepath.ToSlash(rel) + ": " + p.Module
	}
	if p.Fixed {
		text += ", fixed"
	}
	return text
}

// In a workspace the modules see each other, and get the highest version that
// one of them requires.
func TestLocateWorkspace(t *testing.T) {
	root := extract(t, archive+`
-- go.work --
go 1.26

use (
	./m
	./n
)

replace go.acme.dev/old => ./old
-- n/go.mod --
module example.com/n

require go.acme.dev/Retry v1.3.0
-- n/n.go --
package n
-- old/x.go --
package old
`)
	t.Setenv("GOMODCACHE", filepath.Join(root, "cache"))
	t.Setenv("GOWORK", "")
	m, _ := At(filepath.Join(root, "m"))
	for pkg, want := range map[string]string{
		"example.com/m/retry": "m/retry: example.com/m",
		"example.com/n":       "n: example.com/n",
		"example.com/n/none":  "missing in example.com/n",
		"go.acme.dev/Retry":   "cache/go.acme.dev/!retry@v1.3.0: go.acme.dev/Retry v1.3.0, fixed",
		"go.acme.dev/old":     "old: go.acme.dev/old",
		"go.acme.dev/near":    "near: go.acme.dev/near",
	} {
		if got := describe(root, m.Locate(pkg)); got != want {
			t.Errorf("%s: got %q, want %q", pkg, got, want)
		}
	}
	outside, _ := At(filepath.Join(root, "near"))
	if p := outside.Locate("example.com/n"); p != (Place{}) {
		t.Errorf("from a module that is not used: got %+v", p)
	}
}

func TestLocateVendored(t *testing.T) {
	root := extract(t, archive+`
-- m/vendor/modules.txt --
# go.acme.dev/Retry v1.2.0
-- m/vendor/go.acme.dev/Retry/x.go --
package retry
`)
	t.Setenv("GOMODCACHE", filepath.Join(root, "cache"))
	t.Setenv("GOWORK", "off")
	m, _ := At(filepath.Join(root, "m"))
	if got, want := describe(root, m.Locate("go.acme.dev/Retry")), "m/vendor/go.acme.dev/Retry: go.acme.dev/Retry"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if p := m.Locate("go.acme.dev/fork"); p != (Place{}) {
		t.Errorf("what is not vendored: got %+v", p)
	}
}

// What go env -w has written counts where the environment says nothing.
func TestEnv(t *testing.T) {
	root := extract(t, "-- env --\nGOFLAGS=-mod=mod\nGOMODCACHE="+strings.Repeat("x", 3)+"\n")
	t.Setenv("GOENV", filepath.Join(root, "env"))
	t.Setenv("GOMODCACHE", "")
	if got := cacheDir(); got != "xxx" {
		t.Errorf("got %q", got)
	}
	t.Setenv("GOENV", "off")
	t.Setenv("GOPATH", filepath.Join("a", "b"))
	if got, want := cacheDir(), filepath.Join("a", "b", "pkg", "mod"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
