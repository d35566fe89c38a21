package modules

import (
	"cmp"
	"os"
	"path/filepath"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
)

// SourceRoot returns the directory to which reports relate the names of files:
// what GitHub Actions checked out, or the repository, the workspace or the module
// around the working directory, or that itself.
func SourceRoot() string {
	if dir := os.Getenv("GITHUB_WORKSPACE"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for up := dir; ; up = filepath.Dir(up) {
		if _, err := os.Stat(filepath.Join(up, ".git")); err == nil { // a file in a second work tree
			return up
		}
		if up == filepath.Dir(up) {
			return cmp.Or(gomod.FindUp(dir, "go.work"), gomod.FindUp(dir, "go.mod"), dir)
		}
	}
}

// RelativeTo returns the name of a file as seen from root, with slashes. It is
// not ok, and the name as it was, if the file is not below root.
func RelativeTo(root, name string) (rel string, ok bool) {
	for _, path := range [][2]string{{root, name}, {realPath(root), realPath(name)}} {
		if rel, err := filepath.Rel(path[0], path[1]); err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel), true
		}
	}
	return filepath.ToSlash(name), false
}

// realPath returns path without symbolic links.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}
