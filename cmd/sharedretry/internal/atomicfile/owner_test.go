//go:build unix

package atomicfile

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// The superuser replaces a file and leaves it to its owner.
func TestReplaceOwner(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("nobody else can give files away")
	}
	const nobody = 65534
	name := filepath.Join(t.TempDir(), "x.go")
	if err := os.WriteFile(name, []byte("before"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(name, nobody, nobody); err != nil {
		t.Skip(err)
	}
	if err := Replace(name, []byte("before"), []byte("after")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if s := info.Sys().(*syscall.Stat_t); s.Uid != nobody || s.Gid != nobody || info.Mode().Perm() != 0o640 {
		t.Errorf("owner %d, group %d, mode %v", s.Uid, s.Gid, info.Mode())
	}
}
