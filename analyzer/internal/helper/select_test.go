package helper

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// tree writes files, "path": content, and returns their root.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		write(t, file, text)
	}
	return root
}

// custom returns a helper in the package with the given path.
func custom(t *testing.T, s Spec, path string) *Helper {
	t.Helper()
	s.Name, s.Shape, s.Imports, s.Call = "acme", "callback", map[string]string{"acme": path}, "acme.Do({{op}})"
	h, err := s.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

const (
	avast   = "github.com/avast/retry-go/v5"
	backoff = "github.com/cenkalti/backoff/v5"
)

func TestSelect(t *testing.T) {
	const head = "module example.com/m\n\ngo 1.26\n\n"
	for _, test := range []struct {
		name, mod  string // mod without its head
		configured *Helper
		want       string // a name or a problem
	}{
		{"none", "", nil, NoHelper},
		{"one", "require " + avast + " v5.1.1", nil, "avast/retry-go/v5"},
		{"indirect", "require " + avast + " v5.1.1 // indirect", nil, "avast/retry-go/v5"},
		{"indirect, too old", "require " + backoff + " v5.0.2 // indirect", nil, NoHelper},
		{"indirect beside one that is too old", "require (\n" + avast + " v5.1.1 // indirect\n" + backoff + " v5.0.2 // indirect\n)", nil, "avast/retry-go/v5"},
		{"indirect beside a direct one", "require (\n" + avast + " v5.1.1 // indirect\n" + backoff + " v5.0.3\n)", nil, "cenkalti/backoff/v5"},
		{"indirect beside a direct one that is too old", "require (\n" + avast + " v5.1.1 // indirect\n" + backoff + " v5.0.2\n)", nil,
			"go.mod must require " + backoff + " v5.0.3 or later"},
		{"several", "require (\n" + avast + " v5.1.1\n" + backoff + " v5.0.3\n)", nil,
			"choose one with -helper=NAME, or with helper in .sharedretry.yml: go.mod requires the retry libraries avast/retry-go/v5, cenkalti/backoff/v5"},
		{"several, indirect", "require (\n" + avast + " v5.1.1 // indirect\n" + backoff + " v5.0.3 // indirect\n)", nil,
			"choose one with -helper=NAME, or with helper in .sharedretry.yml: go.mod requires the retry libraries avast/retry-go/v5, cenkalti/backoff/v5"},
		{"one of several is named", "require (\n" + avast + " v5.1.1\n" + backoff + " v5.0.3\n)", Preset(backoff), "cenkalti/backoff/v5"},
		{"too old", "require " + backoff + " v5.0.2", nil, "go.mod must require " + backoff + " v5.0.3 or later"},
		{"pre-release", "require " + backoff + " v5.0.3-rc.1", nil, "go.mod must require " + backoff + " v5.0.3 or later"},
		{"newer", "require " + backoff + " v5.1.0-0.20260101000000-abcdefabcdef", nil, "cenkalti/backoff/v5"},
		{"named, indirect", "require " + avast + " v5.1.1 // indirect", Preset("avast/retry-go/v5"), "avast/retry-go/v5"},
		{"named, not required", "", Preset("avast/retry-go/v5"), "go.mod must require " + avast + " v5.0.0 or later"},
		{"replaced by a directory", "require " + backoff + " v5.0.2\nreplace " + backoff + " => ../x", nil, "cenkalti/backoff/v5"},
		{"replaced by a newer version", "require " + backoff + " v5.0.2\nreplace " + backoff + " => example.com/fork v5.0.4", nil, "cenkalti/backoff/v5"},
		{"replaced by an older version", "require " + backoff + " v5.0.3\nreplace " + backoff + " v5.0.3 => " + backoff + " v5.0.1", nil,
			"go.mod must require " + backoff + " v5.0.3 or later"},
		{"another version is replaced", "require " + backoff + " v5.0.3\nreplace " + backoff + " v5.0.9 => " + backoff + " v5.0.1", nil, "cenkalti/backoff/v5"},
		{"kubernetes goes by name", "require k8s.io/client-go v0.37.2", nil, NoHelper},
		{"client-go", "require (\nk8s.io/client-go v0.37.2\nk8s.io/apimachinery v0.37.2 // indirect\n)", Preset("client-go"), "client-go"},
		{"client-go without apimachinery", "require k8s.io/client-go v0.37.2", Preset("client-go"), "go.mod must require the module of k8s.io/apimachinery/pkg/util/wait"},
		{"beside a library of its own kind", "require (\nk8s.io/client-go v0.37.2\n" + avast + " v5.1.1\n)", nil, "avast/retry-go/v5"},

		{"custom", "require go.acme.dev/retry v1.2.0", custom(t, Spec{MinVersion: "v1.2.0"}, "go.acme.dev/retry/v"), "acme"},
		{"custom, too old", "require go.acme.dev/retry v1.1.0", custom(t, Spec{MinVersion: "v1.2.0"}, "go.acme.dev/retry/v"),
			"go.mod must require go.acme.dev/retry v1.2.0 or later"},
		{"custom, not required", "", custom(t, Spec{}, "go.acme.dev/retry/v"), "go.mod must require the module of go.acme.dev/retry/v"},
		{"custom, module given", "", custom(t, Spec{Module: "go.acme.dev/retry"}, "go.acme.dev/retry/v"), "go.mod must require go.acme.dev/retry"},
		{"custom, internal", "require go.acme.dev/retry v1.2.0", custom(t, Spec{}, "go.acme.dev/retry/internal/x"),
			"internal package go.acme.dev/retry/internal/x cannot be imported from here"},
		{"broken", "require (", nil, badModule},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := tree(t, map[string]string{"go.mod": head + test.mod + "\n"})
			h, problem := Select(root, "example.com/m", test.configured)
			if got := nameOr(h, problem); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if _, problem := Select(t.TempDir(), "p", nil); problem != NoModule {
		t.Errorf("without go.mod: %q", problem)
	}
	if _, problem := Select("", "p", nil); problem != NoModule {
		t.Errorf("without a directory: %q", problem)
	}
}

func nameOr(h *Helper, problem string) string {
	if h != nil {
		return h.Name + problem
	}
	return problem
}

// A helper in the same module must be importable from where the site is.
func TestSelectWithin(t *testing.T) {
	const m = "example.com/m"
	root := tree(t, map[string]string{
		"go.mod":                "module " + m + "\n\nrequire example.com/m/required v1.0.0\n",
		"retry/retry.go":        "package retry\n\nimport _ \"example.com/m/log\"\n",
		"retry/retry_test.go":   "package retry\n\nimport _ \"example.com/m/api\"\n",
		"retry/tool.go":         "//go:build ignore\n\npackage main\n",
		"log/log.go":            "package log\n\nimport _ \"example.com/m/log/level\"\n",
		"log/level/level.go":    "package level\n",
		"api/api.go":            "package api\n",
		"a/internal/r/r.go":     "package r\n",
		"cmd/main.go":           "package main\n",
		"empty/r_test.go":       "package r\n",
		"other/go.mod":          "module example.com/m/other\n",
		"other/r.go":            "package other\n",
		"vendor/modules.txt":    "",
		"vendor/v.com/r/r/r.go": "package r\n",
	})
	for _, test := range []struct{ helper, from, want string }{
		{m + "/retry", m + "/api", "acme"},
		{m + "/retry", m + "/api [example.com/m/api.test]", "acme"},
		{m + "/retry", m + "/log", "the helper's package example.com/m/retry imports this one"},
		{m + "/retry", m + "/log/level", "the helper's package example.com/m/retry imports this one"},
		{m + "/retry", m + "/log/level_test [example.com/m/log/level.test]", "the helper's package example.com/m/retry imports this one"},
		{m + "/a/internal/r", m + "/a/b", "acme"},
		{m + "/a/internal/r", m + "/a", "acme"},
		{m + "/a/internal/r", m + "/api", "internal package example.com/m/a/internal/r cannot be imported from here"},
		{m + "/cmd", m + "/api", "the helper's package example.com/m/cmd is a command and cannot be imported"},
		{m + "/empty", m + "/api", "the helper's package example.com/m/empty does not exist"},
		{m + "/missing", m + "/api", "the helper's package example.com/m/missing does not exist"},
		{m + "/other", m + "/api", "the helper's package example.com/m/other does not exist"},
		{m + "/required/r", m + "/api", "the directory vendor lacks example.com/m/required/r: import it once and run go mod vendor"},
	} {
		h, problem := Select(filepath.Join(root, "api"), test.from, custom(t, Spec{}, test.helper))
		if got := nameOr(h, problem); got != test.want {
			t.Errorf("%s from %s: got %q, want %q", test.helper, test.from, got, test.want)
		}
	}
}

func TestSelectConcurrently(t *testing.T) {
	root := tree(t, map[string]string{"go.mod": "module m.com/m\n", "r/r.go": "package r\n"})
	h := custom(t, Spec{}, "m.com/m/r")
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if got, problem := Select(root, "m.com/m/x", h); got != h {
				t.Error(problem)
			}
		})
	}
	wg.Wait()
}

func TestOwned(t *testing.T) {
	h := custom(t, Spec{}, "m.com/m/retry")
	for path, want := range map[string]bool{
		"m.com/m/retry":                                true,
		"m.com/m/retry/retrytest":                      true,
		"m.com/m/retry_test [m.com/m/retry.test]":      true,
		"m.com/m/retry [m.com/m/retry.test]":           true,
		"m.com/m/retry.test":                           true,
		"m.com/m/retrying":                             false,
		"m.com/m":                                      false,
		"github.com/avast/retry-go/v5":                 true,
		"github.com/failsafe-go/failsafe-go/ratelimit": true,
		"k8s.io/apimachinery/pkg/util/wait":            false,
	} {
		if got := Owned(path, h); got != want {
			t.Errorf("%s: got %v", path, got)
		}
	}
	if !Owned("k8s.io/apimachinery/pkg/util/wait", Preset("k8s-wait")) {
		t.Error("k8s-wait does not own its package")
	}
	if h := custom(t, Spec{}, "corp/retry"); !h.Owns("corp/retry/internal/x") || h.Owns("corp/other") {
		t.Error("the path of a module needs no dot")
	}
	if Owned("m.com/m/retry", nil) {
		t.Error("owned without a helper")
	}
}

func TestAllowsFile(t *testing.T) {
	for _, test := range []struct {
		needs, file string
		want        bool
	}{
		{"", "go1.1", true}, {"go1.23", "", true}, {"go1.23", "go1.23", true}, {"go1.23", "go1.23.4", true},
		{"go1.23", "go1.22", false}, {"go1.23", "go1.9", false}, {"go1.18", "go1.100", true},
	} {
		if got := (&Helper{Go: test.needs}).AllowsFile(test.file); got != test.want {
			t.Errorf("%s in a file of %s: got %v", test.needs, test.file, got)
		}
	}
}

// What a preset cannot do is what its row says.
func TestPresetFeatures(t *testing.T) {
	for _, p := range presets {
		h := Preset(p.name)
		if h == nil || h != Preset(p.module) {
			t.Errorf("%s: not one helper by both names", p.name)
			continue
		}
		kubernetes := strings.HasPrefix(p.module, "k8s.io/")
		want := map[Feature]bool{Context: p.name != "client-go", Attempts: true, MaxDelay: !kubernetes, Unbounded: !kubernetes}
		for f, can := range want {
			if h.Supports(f) != can {
				t.Errorf("%s: supports %s: %v", p.name, f, !can)
			}
		}
		if (h.ValueCall == nil) != (h.ValueAgain == nil) || (h.ValueCall == nil) != kubernetes {
			t.Errorf("%s: value calls", p.name)
		}
	}
	if Preset("acme") != nil || Preset("") != nil {
		t.Error("a preset that is none")
	}
}
