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
