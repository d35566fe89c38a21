// Package testdir writes and compares the files that tests work on.
package testdir

import (
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"
)

// ModFile is the go.mod of an archive's module.
const ModFile = "-- go.mod --\nmodule example.com/m\n\ngo 1.26\n"

// Write creates the files of a txtar archive in a new directory.
func Write(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	Update(t, dir, archive)
	return dir
}

// Update writes the files of a txtar archive to dir.
func Update(t *testing.T, dir, archive string) {
	t.Helper()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// Files returns the text of every file below dir by its name with slashes.
func Files(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Same checks that the files of got are those of want.
func Same(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is there", name)
		}
	}
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s is\n%s\nwant\n%s", name, got[name], want[name])
		}
	}
}

// Formatted checks that gofmt has nothing to change.
func Formatted(t *testing.T, name, text string) {
	t.Helper()
	if data, err := format.Source([]byte(text)); err != nil || string(data) != text {
		t.Errorf("%s is not formatted (%v)\n%s", name, err, text)
	}
}
