//go:build unix

package atomicfile

import (
	"io/fs"
	"os"
	"syscall"
)

// linked reports whether a file has more than one name.
func linked(info fs.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && s.Nlink > 1
}

// owned gives a file the owner and the group of another, and reports whether it
// could.
func owned(name string, info fs.FileInfo) bool {
	want, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return true
	}
	if now, err := os.Stat(name); err == nil {
		if s, ok := now.Sys().(*syscall.Stat_t); ok && s.Uid == want.Uid && s.Gid == want.Gid {
			return true
		}
	}
	return os.Chown(name, int(want.Uid), int(want.Gid)) == nil && os.Chmod(name, info.Mode().Perm()) == nil
}
