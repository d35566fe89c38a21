// Package gomod finds modules and packages on disk, as the go command would,
// without running it and without network.
package gomod

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
)

// A Module is what matters of a module's go.mod. It does not change.
type Module struct {
	Dir  string
	Path string
	Go   string // the version of Go that it is written for, such as go1.24; "" if nothing says so

	Required map[string]Requirement // by module path
	Vendored bool                   // packages of other modules come from the directory vendor

	versions map[string]string // what the go.mod requires, before replacements
	replaced []*modfile.Replace
	work     func() *workspace
}

// A Requirement is a module that a go.mod requires.
type Requirement struct {
	Version  string // after a replacement; "" for one by a local directory
	Indirect bool
}

// modules holds each go.mod that was read, by its directory; nil for one that
// cannot be read.
var modules sync.Map

// At returns the module that holds dir. Without one the root is "", and with a
// go.mod that cannot be read the module is nil.
func At(dir string) (mod *Module, root string) {
	root = FindUp(dir, "go.mod")
	if root == "" {
		return nil, ""
	}
	return in(root), root
}

// in returns the module whose root is dir, or nil.
func in(dir string) *Module {
	known, ok := modules.Load(dir)
	if !ok {
		known, _ = modules.LoadOrStore(dir, read(dir))
	}
	return known.(*Module)
}

// read reads the go.mod in dir.
func read(dir string) *Module {
	file := filepath.Join(dir, "go.mod")
	data, err := bounded.Read(file, bounded.Other)
	if err != nil {
		return nil
	}
	f, err := modfile.Parse(file, data, nil)
	if err != nil || f.Module == nil {
		return nil
	}
	mod := &Module{Dir: dir, Path: f.Module.Mod.Path, Required: make(map[string]Requirement),
		versions: make(map[string]string), replaced: f.Replace}
	if f.Go != nil {
		mod.Go = "go" + f.Go.Version
	}
	for _, r := range f.Require {
		mod.versions[r.Mod.Path] = r.Mod.Version
		mod.Required[r.Mod.Path] = Requirement{Version: r.Mod.Version, Indirect: r.Indirect}
	}
	for _, r := range f.Replace {
		if req, ok := mod.Required[r.Old.Path]; ok && (r.Old.Version == "" || r.Old.Version == req.Version) {
			req.Version = r.New.Version
			mod.Required[r.Old.Path] = req
		}
	}
	_, err = os.Stat(filepath.Join(dir, "vendor", "modules.txt"))
	mod.Vendored = err == nil
	mod.work = sync.OnceValue(func() *workspace { return workspaceOf(mod) })
	return mod
}

// Requires reports whether m requires the module with the given path at a
// version that is good enough.
func (m *Module) Requires(path, minVersion string) bool {
	req, ok := m.Required[path]
	return ok && (minVersion == "" || req.Version == "" || semver.Compare(req.Version, minVersion) >= 0)
}

// Provider returns the longest path of a required module that may hold the
// package with the given path, or "".
func (m *Module) Provider(pkg string) string {
	found := ""
	for path := range m.Required {
		if within(pkg, path) && len(path) > len(found) {
			found = path
		}
	}
	return found
}

// DirOf returns the directory of a package of m by its path, or "" if it is
// not in m.
func (m *Module) DirOf(pkg string) string {
	if !within(pkg, m.Path) {
		return ""
	}
	dir := filepath.Join(m.Dir, filepath.FromSlash(strings.TrimPrefix(pkg, m.Path)))
	if FindUp(dir, "go.mod") != m.Dir {
		return "" // a module within m
	}
	return dir
}

// FindUp returns the nearest directory from dir upwards that holds the file
// name, or "".
func FindUp(dir, name string) string {
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

// within reports whether path is dir or below it.
func within(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, dir+"/")
}
