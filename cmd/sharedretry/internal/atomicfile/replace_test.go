package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/testdir"
)

func TestReplace(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("other modes and links")
	}
	before, after := []byte("before"), []byte("after")
	readOnly := errReadOnly
	if os.Geteuid() == 0 {
		readOnly = nil // the superuser may write it
	}
	for _, test := range []struct {
		name string
		perm os.FileMode
		text string
		want error
	}{
		{"private", 0o600, "before", nil},
		{"executable", 0o755, "before", nil},
		{"read-only", 0o444, "before", readOnly},
		{"changed", 0o644, "berofe", errChanged},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			name, link := filepath.Join(dir, "x.go"), filepath.Join(dir, "link.go")
			err := errors.Join(os.WriteFile(name, []byte(test.text), 0o600), os.Chmod(name, test.perm), os.Symlink("x.go", link))
			if err != nil {
				t.Fatal(err)
			}
			if err := Replace(link, before, after); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			want := map[string]string{"x.go": test.text, "link.go": test.text}
			if test.want == nil {
				want = map[string]string{"x.go": "after", "link.go": "after"}
			}
			testdir.Same(t, testdir.Files(t, dir), want)
			if info, err := os.Lstat(name); err != nil || info.Mode() != test.perm {
				t.Errorf("mode %v (%v), want %v", info.Mode(), err, test.perm)
			}
		})
	}
	if err := Replace(filepath.Join(t.TempDir(), "none.go"), before, after); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// Files are inside a module that are below it, not through links, and neither vendored nor
// in a module cache.
func TestInside(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	for _, name := range []string{"x.go", "sub/x.go", "vendor/a/x.go", "sub/vendor/x.go", "mod/a@v1.0.0/x.go"} {
		if err := errors.Join(os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700), os.WriteFile(filepath.Join(dir, name), nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	err := errors.Join(os.WriteFile(filepath.Join(outside, "x.go"), nil, 0o600),
		os.Symlink(filepath.Join(outside, "x.go"), filepath.Join(dir, "link.go")), os.Symlink(outside, filepath.Join(dir, "to")), os.Symlink("sub", filepath.Join(dir, "inner")))
	if err != nil {
		t.Skip(err)
	}
	for name, want := range map[string]bool{
		"x.go": true, "sub/x.go": true, "inner/x.go": true, "vendor/a/x.go": false, "sub/vendor/x.go": false, "mod/a@v1.0.0/x.go": false,
		"link.go": false, "to/x.go": false, "../x.go": false, "missing.go": false,
	} {
		if got := Inside(filepath.Join(dir, filepath.FromSlash(name)), dir); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}

	for _, step := range []struct {
		mod  string
		want bool
	}{{"sub/go.mod", true}, {"go.mod", false}} { // below a directory in no module, all are its own
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(step.mod)), []byte("module m\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"sub/x.go", "inner/x.go"} {
			if got := Inside(filepath.Join(dir, filepath.FromSlash(name)), dir); got != step.want {
				t.Errorf("%s with %s: %v, want %v", name, step.mod, got, step.want)
			}
		}
	}
	if !Inside(filepath.Join(dir, "x.go"), dir) {
		t.Error("the module itself is not inside")
	}
}
