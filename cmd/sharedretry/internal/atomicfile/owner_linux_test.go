package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// Where a directory, or a file, is not to be written to, that is told, and nothing is left
// behind. Files are those of nobody here even where the superuser runs the test.
func TestReadOnly(t *testing.T) {
	const nobody = 65534
	dir := t.TempDir()
	name, sub := filepath.Join(dir, "x.go"), filepath.Join(dir, "sub")
	inner := filepath.Join(sub, "x.go")
	err := errors.Join(os.Mkdir(sub, 0o700), os.WriteFile(name, []byte("a"), 0o444), os.WriteFile(inner, []byte("a"), 0o644))
	if os.Geteuid() == 0 {
		err = errors.Join(err, os.Chmod(filepath.Dir(dir), 0o755))
		for _, n := range []string{dir, sub, name, inner} {
			err = errors.Join(err, os.Chown(n, nobody, nobody))
		}
		runtime.LockOSThread() // what follows is about this thread
		defer runtime.UnlockOSThread()
		err = errors.Join(err, syscall.Setfsuid(nobody))
		defer func() { _ = syscall.Setfsuid(0) }()
	}
	if err = errors.Join(err, os.Chmod(sub, 0o555)); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Chmod(sub, 0o755) }()

	if err := Replace(name, []byte("a"), []byte("b")); !errors.Is(err, errReadOnly) {
		t.Errorf("a file: %v", err)
	}
	for what, err := range map[string]error{
		"replace": Replace(inner, []byte("a"), []byte("b")), "write": Write(inner, []byte("b")),
		"write a new one": Write(filepath.Join(sub, "y"), []byte("b")), "create": Create(filepath.Join(sub, "y"), []byte("b")),
	} {
		if !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s: %v", what, err)
		}
	}
	list, err := os.ReadDir(sub)
	if err != nil || len(list) != 1 {
		t.Errorf("left behind: %v, %v", list, err)
	}
	if text, err := os.ReadFile(inner); string(text) != "a" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}
