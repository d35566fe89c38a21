package gomod

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// A Place is where a package is.
type Place struct {
	Dir string // of its source; "" if it was not found

	// Module is the module that has it, or should, as path or path and version; ""
	// for a package of the standard library.
	Module string

	// Fixed says that the source never changes: it is in the module cache, or
	// belongs to the standard library.
	Fixed bool

	// Missing says that the module is at hand and has no such package. Without it
	// nothing is known of a package that was not found.
	Missing bool
}

// Locate returns where the package with the given path is, as m imports it.
func (m *Module) Locate(pkg string) Place {
	if dir := inStandard(pkg); dir != "" {
		return Place{Dir: dir, Fixed: true}
	}
	if m.Vendored {
		if dir := filepath.Join(m.Dir, "vendor", filepath.FromSlash(pkg)); hasGo(dir) {
			return Place{Dir: dir, Module: m.Provider(pkg)}
		}
	}
	var place Place
	for _, c := range m.work().candidates(pkg) {
		if !isDir(c.dir) || !c.own && m.Vendored {
			return Place{} // it may be there
		}
		dir := filepath.Join(c.dir, filepath.FromSlash(strings.TrimPrefix(pkg, c.path)))
		if hasGo(dir) && FindUp(dir, "go.mod") == FindUp(c.dir, "go.mod") {
			return Place{Dir: dir, Module: c.name, Fixed: c.fixed}
		}
		if place.Module == "" {
			place = Place{Module: c.name, Missing: true}
		}
	}
	return place
}

// IsStandard reports whether the package with the given path is of the standard
// library. Where that is not at hand, a path without a dot in its first element
// is; elsewhere such paths may also be of modules that nobody fetches.
func IsStandard(pkg string) bool {
	return mayBeStandard(pkg) && (standardDir() == "" || inStandard(pkg) != "")
}

func mayBeStandard(pkg string) bool {
	first, _, _ := strings.Cut(pkg, "/")
	return !strings.Contains(first, ".")
}

// inStandard returns the directory of a package of the standard library, or "".
func inStandard(pkg string) string {
	if !mayBeStandard(pkg) || standardDir() == "" {
		return ""
	}
	if dir := filepath.Join(standardDir(), filepath.FromSlash(pkg)); hasGo(dir) {
		return dir
	}
	return ""
}

// A candidate is a module that may have a package.
type candidate struct {
	path  string
	dir   string
	name  string // for the user
	own   bool   // of the workspace
	fixed bool   // in the module cache
}

// candidates returns the modules whose path is a prefix of pkg, the longest
// first.
func (w *workspace) candidates(pkg string) []candidate {
	var list []candidate
	versions := make(map[string]string)
	for _, m := range w.modules {
		if within(pkg, m.Path) {
			list = append(list, candidate{path: m.Path, dir: m.Dir, name: m.Path, own: true})
		}
		for path, v := range m.versions {
			if within(pkg, path) && (versions[path] == "" || semver.Compare(v, versions[path]) > 0) {
				versions[path] = v
			}
		}
	}
	for path, version := range versions {
		own := func(c candidate) bool { return c.own && c.path == path }
		if !slices.ContainsFunc(list, own) {
			list = append(list, w.required(path, version))
		}
	}
	slices.SortFunc(list, func(a, b candidate) int { return cmp.Compare(len(b.path), len(a.path)) })
	return list
}

// required returns where a module that is required at a version is.
func (w *workspace) required(path, version string) candidate {
	c := candidate{path: path, name: path + " " + version}
	mod := module.Version{Path: path, Version: version}
	if dir, r := w.replacement(mod); r != nil && r.New.Version == "" {
		c.dir, c.name = Below(dir, r.New.Path), path
		return c
	} else if r != nil {
		mod = r.New
		c.name += " => " + mod.String()
	}
	c.dir, c.fixed = cached(mod), true
	return c
}

// replacement returns what replaces a module, and the directory to which its
// path is relative.
func (w *workspace) replacement(mod module.Version) (string, *modfile.Replace) {
	for _, exact := range []bool{true, false} {
		of := func(r *modfile.Replace) bool {
			return r.Old.Path == mod.Path && (exact && r.Old.Version == mod.Version || !exact && r.Old.Version == "")
		}
		if i := slices.IndexFunc(w.replaced, of); i >= 0 {
			return w.dir, w.replaced[i]
		}
		for _, m := range w.modules {
			if i := slices.IndexFunc(m.replaced, of); i >= 0 {
				return m.Dir, m.replaced[i]
			}
		}
	}
	return "", nil
}

// cached returns the directory of a module in the module cache, or "" if it is not
// all there: the go command marks what it has not unpacked whole.
func cached(mod module.Version) string {
	path, err := module.EscapePath(mod.Path)
	if err != nil {
		return ""
	}
	version, err := module.EscapeVersion(mod.Version)
	if err != nil || cacheDir() == "" {
		return ""
	}
	path = filepath.FromSlash(path)
	dir := filepath.Join(cacheDir(), path+"@"+version)
	if !isDir(dir) {
		return ""
	}
	if _, err := os.Stat(filepath.Join(cacheDir(), "cache", "download", path, "@v", version+".partial")); err == nil {
		return ""
	}
	return dir
}

func isDir(dir string) bool {
	info, err := os.Stat(dir)
	return dir != "" && err == nil && info.IsDir()
}

// hasGo reports whether dir holds Go files other than tests.
func hasGo(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		return strings.HasSuffix(e.Name(), ".go") && !strings.HasSuffix(e.Name(), "_test.go") && !e.IsDir()
	})
}
