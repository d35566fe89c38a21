// Package starter gives a module its shared retry helper: it names the one that
// is there, or writes one, and the configuration that says so.
package starter

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/module"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/gomod"
)

// tool is the module of the command.
const tool = "github.com/sharedretry/sharedretry"

// usual is where the helper is written if nothing else is said.
const usual = "./internal/retry"

// Init writes a configuration for the module that holds dir, which names the
// helper that fixes are to call, and returns what to tell the user about it.
//
// Want is a known library, the import path or the directory of a package that has
// a helper, or a directory in which one is to be written. Without it, the helper
// is the known library that go.mod requires, or the one package of the module that
// has one; without these it is written into internal/retry. Nothing that is there
// is overwritten: with an error nothing is written at all.
func Init(dir, want string) (told string, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return "", err
	}
	mod, root := gomod.At(dir)
	switch {
	case root == "":
		return "", errors.New("there is no go.mod here or above: run go mod init first")
	case mod == nil:
		return "", fmt.Errorf("%s cannot be read: run go mod tidy to see why", filepath.Join(root, "go.mod"))
	}
	s := &start{dir: dir, mod: mod, files: make(map[string][]byte)}
	if err := s.choose(want); err != nil {
		return "", err
	}
	s.files[filepath.Join(root, analyzer.ConfigName)] = []byte("# What fixes call. sharedretry -describe prints how.\nhelper: " + s.helper + "\n")
	if err := s.write(); err != nil {
		return "", err
	}
	return s.told(), nil
}

// A start is what a module is to get.
type start struct {
	dir    string // from which directories are named
	mod    *gomod.Module
	helper string // the value of the key
	why    string // what it was chosen for, in words
	files  map[string][]byte
}

// choose finds the helper, or its files.
func (s *start) choose(want string) error {
	if want != "" {
		return s.named(want)
	}
	direct, indirect := analyzer.Libraries(s.dir)
	if len(direct) > 0 {
		return s.library(direct)
	}
	list, err := candidates(s.mod.Dir)
	switch {
	case err != nil:
		return err
	case len(list) == 1:
		return s.existing(list[0].path)
	case len(list) > 1:
		return several(list)
	case len(indirect) > 0:
		return s.library(indirect)
	}
	at := gomod.Below(s.mod.Dir, usual)
	if hasGo(at) {
		return fmt.Errorf("%s has Go files, but no retry helper: name another directory, as in -init=./internal/again", s.local(at))
	}
	return s.create(at, "this module has no retry helper yet")
}

// named takes what the user has named.
func (s *start) named(want string) error {
	at := gomod.Below(s.dir, want)
	library := analyzer.LibraryModule(want)
	_, required := s.mod.Required[library]
	first, _, _ := strings.Cut(want, "/")
	switch {
	case required:
		return s.library([]string{want})
	case library != "":
		return fmt.Errorf("go.mod does not require %s: go get it first", library)
	case hasGo(at):
		return s.existing(cmp.Or(s.pathOf(at), want))
	case s.mod.Locate(want).Dir != "":
		return s.existing(want)
	case strings.Contains(strings.TrimLeft(first, "."), "."):
		return fmt.Errorf("the package %s cannot be found: go get it, or name a directory for a new one, as in -init=%s", want, usual)
	default:
		return s.create(at, "there is no such package yet")
	}
}

// library takes the one known library of a list.
func (s *start) library(names []string) error {
	if len(names) > 1 {
		return fmt.Errorf("go.mod requires the retry libraries %s: choose one with -init=NAME", strings.Join(names, ", "))
	}
	s.helper, s.why = names[0], "go.mod requires "+names[0]
	return nil
}

// existing takes the package with the given path, if it can be called.
func (s *start) existing(path string) error {
	if _, err := analyzer.Describe(s.dir, path); err != nil {
		return fmt.Errorf("%w; or name a directory for a new one, as in -init=%s", err, usual)
	}
	s.helper, s.why = s.short(path), path+" has a retry helper"
	return nil
}

// create takes a helper that is written into a directory, for a reason.
func (s *start) create(at, why string) error {
	pkg := s.pathOf(at)
	if pkg == "" {
		return fmt.Errorf("%s is not in the module %s: name a directory of it", at, s.mod.Path)
	}
	if err := module.CheckImportPath(pkg); err != nil {
		return fmt.Errorf("%w: name another directory, as in -init=%s", err, usual)
	}
	texts, err := helperFiles(path.Base(pkg), cmp.Or(s.mod.Go, "go1.16"))
	if err != nil {
		return err
	}
	for name, text := range texts {
		s.files[filepath.Join(at, name)] = text
	}
	s.helper, s.why = s.short(pkg), why
	return nil
}

// pathOf returns the import path of the package in a directory of the module, or
// "" if it is not one.
func (s *start) pathOf(at string) string {
	rel, err := filepath.Rel(s.mod.Dir, at)
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	pkg := path.Join(s.mod.Path, filepath.ToSlash(rel))
	if dir := s.mod.DirOf(pkg); dir == "" {
		return ""
	}
	return pkg
}

// short returns what the configuration calls a package: one of the module by its
// directory.
func (s *start) short(pkg string) string {
	if rel, ok := strings.CutPrefix(pkg, s.mod.Path+"/"); ok {
		return "./" + rel
	}
	return pkg
}

// write writes the files, if none of them is there and no link leads out of the module.
func (s *start) write() (err error) {
	root, err := os.OpenRoot(s.mod.Dir)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, root.Close()) }()
	names := make(map[string]string) // of the files, seen from the root
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if _, err := os.Lstat(name); err == nil {
			return fmt.Errorf("%s exists and is not overwritten: delete it, or edit it", s.local(name))
		}
		if names[name], err = filepath.Rel(s.mod.Dir, name); err != nil {
			return err
		}
		if err := root.MkdirAll(filepath.Dir(names[name]), 0o777); err != nil {
			return fmt.Errorf("%w: name a directory of the module %s", err, s.mod.Path)
		}
	}
	for name, data := range s.files {
		if err := root.WriteFile(names[name], data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// told returns what was done, and what comes next.
func (s *start) told() string {
	text := s.why + "\n"
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		text += "wrote " + s.local(name) + "\n"
	}
	command := "sharedretry"
	if s.mod.Requires(tool, "") { // as go get -tool does
		command = "go tool sharedretry"
	}
	return text + "next: " + command + " -fix -diff ./...\n"
}

// local returns the name of a file as seen from where the command runs.
func (s *start) local(name string) string {
	if rel, err := filepath.Rel(s.dir, name); err == nil {
		return rel
	}
	return name
}

// hasGo reports whether a directory holds Go files.
func hasGo(dir string) bool {
	list, err := filepath.Glob(filepath.Join(dir, "*.go"))
	return err == nil && len(list) > 0
}
