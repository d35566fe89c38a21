package analyzer

import (
	"fmt"
	pathpkg "path"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/mod/module"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
	"github.com/sharedretry/sharedretry/analyzer/internal/api"
	"github.com/sharedretry/sharedretry/analyzer/internal/describe"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// isPath reports whether the value of helper is the import path or the directory
// of a package that is to be read, rather than a name.
func isPath(name string) bool {
	return isLocal(name) || strings.Contains(name, "/") && helper.Preset(name) == nil && module.CheckImportPath(name) == nil
}

// isLocal reports whether a path is that of a directory, as the go command takes it.
func isLocal(path string) bool {
	return strings.HasPrefix(path, "./") || strings.HasPrefix(path, "../")
}

// helperPath returns the import path of the package in a directory that a path
// names, relative to dir; other paths, and those outside a module, as they are.
func helperPath(dir, path string) string {
	if !isLocal(path) {
		return path
	}
	at, err := filepath.Abs(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		return path
	}
	mod, root := gomod.At(at)
	if mod == nil {
		return path
	}
	rel, err := filepath.Rel(root, at)
	if err != nil {
		return path
	}
	return pathpkg.Join(mod.Path, filepath.ToSlash(rel))
}

// pointedAt holds what was read of each package, by module and path.
var pointedAt sync.Map

// A pointed is what a package that helper points at has come to.
type pointed struct {
	read *describe.Helper
	err  error
}

// pointAt reads the package with the given path, as the module that holds dir sees
// it; nil if the package is not at hand. A directory is relative to the module. Logs
// says whether the helper is to log.
func pointAt(dir, path string, logs bool) (*describe.Helper, error) {
	mod, root := gomod.At(dir)
	if mod == nil {
		return nil, nil
	}
	key := struct {
		root, path string
		logs       bool
	}{root, path, logs}
	known, ok := pointedAt.Load(key)
	if !ok {
		read, err := readHelperOf(mod, helperPath(root, path), logs)
		known, _ = pointedAt.LoadOrStore(key, pointed{read, err})
	}
	return known.(pointed).read, known.(pointed).err
}

// readHelperOf reads the package with the given path, as mod imports it; nil if it
// is not at hand.
func readHelperOf(mod *gomod.Module, path string, logs bool) (*describe.Helper, error) {
	place := mod.Locate(path)
	switch {
	case place.Missing:
		return nil, fmt.Errorf("helper %s: there is no such package in %s", path, place.Module)
	case place.Dir == "":
		return nil, nil
	}
	set := api.Read(func(path string) string { return mod.Locate(path).Dir }, api.Want{Path: path})
	pkg, err := set.Import(path)
	if err != nil {
		return nil, fmt.Errorf("helper %s: %w", path, err)
	}
	read := describe.Read(pkg, set.Doc, logs)
	return &read, nil
}
