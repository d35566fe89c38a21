package helper

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// A goModule is what matters here of a module's go.mod. It does not change.
type goModule struct {
	dir  string
	path string

	required map[string]requirement // by module path
	vendored bool                   // packages of other modules come from the directory vendor
	cycles   sync.Map               // reachable packages by import path; see imports
}

type requirement struct {
	version  string // after a replacement; "" for one by a local directory
	indirect bool
}

// goModules holds each go.mod that was read, by its directory; nil for one
// that cannot be read.
var goModules sync.Map

// moduleAt returns the module that holds dir. Without one the root is "", and
// with a go.mod that cannot be read the module is nil.
func moduleAt(dir string) (mod *goModule, root string) {
	root = findUp(dir, "go.mod")
	if root == "" {
		return nil, ""
	}
	if known, ok := goModules.Load(root); ok {
		return known.(*goModule), root
	}
	known, _ := goModules.LoadOrStore(root, readModule(root))
	return known.(*goModule), root
}

// readModule reads the go.mod in dir.
func readModule(dir string) *goModule {
	file := filepath.Join(dir, "go.mod")
	data, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	f, err := modfile.Parse(file, data, nil)
	if err != nil || f.Module == nil {
		return nil
	}
	mod := &goModule{dir: dir, path: f.Module.Mod.Path, required: make(map[string]requirement)}
	for _, r := range f.Require {
		mod.required[r.Mod.Path] = requirement{version: r.Mod.Version, indirect: r.Indirect}
	}
	for _, r := range f.Replace {
		if req, ok := mod.required[r.Old.Path]; ok && (r.Old.Version == "" || r.Old.Version == req.version) {
			req.version = r.New.Version
			mod.required[r.Old.Path] = req
		}
	}
	_, err = os.Stat(filepath.Join(dir, "vendor", "modules.txt"))
	mod.vendored = err == nil
	return mod
}

// requires reports whether m requires the module with the given path at a
// version that is good enough.
func (m *goModule) requires(path, minVersion string) bool {
	req, ok := m.required[path]
	return ok && (minVersion == "" || req.version == "" || semver.Compare(req.version, minVersion) >= 0)
}

// provider returns the longest path of a required module that may hold the
// package with the given path, or "".
func (m *goModule) provider(pkg string) string {
	found := ""
	for path := range m.required {
		if within(pkg, path) && len(path) > len(found) {
			found = path
		}
	}
	return found
}

// findUp returns the nearest directory from dir upwards that holds the file
// name, or "".
func findUp(dir, name string) string {
	for dir != "" {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && !info.IsDir() {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	return ""
}

// dirOf returns the directory of a package of m by its path, or "" if it is
// not in m.
func (m *goModule) dirOf(pkg string) string {
	if !within(pkg, m.path) {
		return ""
	}
	dir := filepath.Join(m.dir, filepath.FromSlash(strings.TrimPrefix(pkg, m.path)))
	if findUp(dir, "go.mod") != m.dir {
		return "" // a module within m
	}
	return dir
}
