package gomod

import (
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
)

// env returns a setting of the go command: from the environment, or from the
// file that go env -w writes.
func env(name string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	file := os.Getenv("GOENV")
	if file == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return ""
		}
		file = filepath.Join(dir, "go", "env")
	}
	data, _ := bounded.Read(file, bounded.Other) // off, like any file that is not there, sets nothing
	for line := range strings.Lines(string(data)) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), name+"="); ok {
			return value
		}
	}
	return ""
}

// cacheDir returns the directory of the module cache, or "".
func cacheDir() string {
	if dir := env("GOMODCACHE"); dir != "" {
		return dir
	}
	list := env("GOPATH")
	if list == "" {
		list = build.Default.GOPATH
	}
	if dirs := filepath.SplitList(list); len(dirs) > 0 {
		return filepath.Join(dirs[0], "pkg", "mod")
	}
	return ""
}

// standardDir returns the directory of the standard library's source, or "". An
// executable built with -trimpath knows of none: it is beside the go command.
var standardDir = sync.OnceValue(func() string {
	roots := []string{build.Default.GOROOT}
	if name, err := exec.LookPath("go"); err == nil {
		if name, err = filepath.EvalSymlinks(name); err == nil {
			roots = append(roots, filepath.Dir(filepath.Dir(name)))
		}
	}
	for _, root := range roots {
		if dir := filepath.Join(root, "src"); root != "" && hasGo(filepath.Join(dir, "context")) {
			return dir
		}
	}
	return ""
})
