package unit

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/testdir"
)

// What the vet cache depends on: a change of any file that a result can depend
// on changes the build ID, and nothing else does.
func TestBuildID(t *testing.T) {
	const files = `
-- m/go.mod --
module example.com/m

go 1.26

replace example.com/local => ../local

replace example.com/far => example.com/far v1.0.0
-- m/.sharedretry.yml --
tests: true
-- m/sub/x.go --
-- m/inner/go.mod --
module example.com/m/inner
-- local/go.mod --
module example.com/local
-- w/go.work --
go 1.26

use ./a

use ./b
-- w/a/go.mod --
module example.com/a
-- w/b/go.mod --
module example.com/b
-- w/base.yml --
tests: true
-- env.yml --
rules: [all]
-- h/go.mod --
module example.com/h

go 1.26
-- h/.sharedretry.yml --
helper: ./retry
-- h/retry/retry.go --
package retry

import "time"

func Do(attempts int, delay time.Duration, op func() error) error { return op() }
-- h/retry/log.go --
package retry

import _ "example.com/h/log"
-- h/log/log.go --
package log
`
	const config = "/.sharedretry.yml --\nrules: [all]\n"
	for _, test := range []struct {
		name, dir, env, change string
		same                   bool
	}{
		{"nothing", "m", "", "", true},
		{"configuration", "m", "", "-- m" + config, false},
		{"go.mod", "m", "", "-- m/go.mod --\nmodule example.com/m\n", false},
		{"nested", "m", "", "-- m/sub" + config, false},
		{"nested, seen from below", "m/sub", "", "-- m/other" + config, false},
		{"testdata", "m", "", "-- m/testdata/src/p" + config, false},
		{"local replacement", "m", "", "-- local/deep" + config, false},
		{"another module inside", "m", "", "-- m/inner" + config, true},
		{"vendored", "m", "", "-- m/vendor/p" + config, true},
		{"elsewhere", "m", "", "-- w/a" + config, true},
		{"code", "m", "", "-- m/sub/x.go --\npackage p\n", true},
		{"workspace", "w/a", "", "-- w/b" + config, false},
		{"workspace, from its root", "w", "", "-- w/b/deep" + config, false},
		{"beside go.work", "w/a", "", "-- w" + config, false},
		{"go.work", "w/a", "", "-- w/go.work --\ngo 1.26\n\nuse ./a\n", false},
		{"environment", "m", "env.yml", "-- env.yml --\nrules: [poll-loop]\n", false},
		{"environment instead", "m", "env.yml", "-- m" + config, true},
		{"helper", "h", "", "-- h/retry/log.go --\npackage retry\n", false},
		{"helper, more of it", "h", "", "-- h/retry/more.go --\npackage retry\n", false},
		{"what the helper imports", "h", "", "-- h/log/log.go --\npackage log\n\nvar on bool\n", true},
		{"what that imports", "h", "", "-- h/log/log.go --\npackage log\n\nimport _ \"example.com/h/p\"\n-- h/p/p.go --\npackage p\n", false},
		{"outside a module", "", "", "-- .sharedretry.yml --\nrules: [all]\n", true},
		{"outside a module, environment", "", "env.yml", "-- env.yml --\nrules: [poll-loop]\n", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("GOWORK", "")
			id := func(change string) []byte { // in a place of its own: a process reads a module once
				root := testdir.Write(t, files)
				testdir.Update(t, root, change)
				env := test.env
				if env != "" {
					env = filepath.Join(root, env)
				}
				id, err := buildID(filepath.Join(root, filepath.FromSlash(test.dir)), env)
				if err != nil {
					t.Fatal(err)
				}
				return id
			}
			if same := bytes.Equal(id(""), id(test.change)); same != test.same {
				t.Errorf("same build ID: %v, want %v", same, test.same)
			}
		})
	}
}

func TestBuildIDErrors(t *testing.T) {
	root := testdir.Write(t, testdir.ModFile+"-- .sharedretry.yml --\nrules: 1\n-- sub/x.go --\n-- ok/.sharedretry.yml --\n")
	for _, test := range []struct {
		dir, env string
		ok       bool
	}{
		{"", "", false},
		{"sub", "", false},
		{"ok", "", true},
		{"", "off", true},
		{"", filepath.Join(root, "ok", ".sharedretry.yml"), true},
		{"", filepath.Join(root, "missing.yml"), false},
		{"", "ok/.sharedretry.yml", false},
	} {
		if _, err := buildID(filepath.Join(root, test.dir), test.env); (err == nil) != test.ok {
			t.Errorf("in %q with %q: got error %v", test.dir, test.env, err)
		}
	}
}

// What a configuration extends is a part of it.
func TestBuildIDExtends(t *testing.T) {
	t.Setenv("GOWORK", "off")
	root := testdir.Write(t, testdir.ModFile+"-- .sharedretry.yml --\nextends: a.yml\n-- a.yml --\nextends: b.yaml\n-- b.yaml --\ntests: true\n")
	before, err := buildID(root, "")
	if err != nil {
		t.Fatal(err)
	}
	testdir.Update(t, root, "-- b.yaml --\ntests: false\n")
	if after, err := buildID(root, ""); err != nil || bytes.Equal(before, after) {
		t.Errorf("the same build ID (%v)", err)
	}
}
