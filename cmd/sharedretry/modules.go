package main

import (
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
)

// modules are the modules whose packages a run of the go command may analyse,
// and whose files may change: those in the module cache and in GOROOT do not.
type modules struct {
	root string   // of the module that holds the working directory, or ""
	work string   // the go.work file, or ""
	dirs []string // the roots of root's module, of its workspace, and of local replacements
	seen map[string]bool
}

// findModules returns the modules for a run of the go command in dir.
func findModules(dir string) modules {
	m := modules{root: gomod.FindUp(dir, "go.mod"), work: gomod.WorkFile(dir), seen: make(map[string]bool)}
	if m.root != "" {
		m.addMain(m.root)
	}
	if m.work != "" {
		m.addWork()
	}
	return m
}

// addMain adds the main module in dir and its local replacements.
func (m *modules) addMain(dir string) {
	m.add(dir)
	file := filepath.Join(dir, "go.mod")
	data, err := os.ReadFile(file)
	if err != nil {
		return
	}
	if f, err := modfile.Parse(file, data, nil); err == nil { // otherwise the go command complains
		m.addReplaced(dir, f.Replace)
	}
}

// addWork adds the modules that the go.work file uses or replaces.
func (m *modules) addWork() {
	data, err := os.ReadFile(m.work)
	if err != nil {
		return
	}
	f, err := modfile.ParseWork(m.work, data, nil)
	if err != nil {
		return
	}
	dir := filepath.Dir(m.work)
	for _, use := range f.Use {
		m.addMain(gomod.Below(dir, use.Path))
	}
	m.addReplaced(dir, f.Replace)
}

func (m *modules) addReplaced(dir string, replaced []*modfile.Replace) {
	for _, r := range replaced {
		if r.New.Version == "" {
			m.add(gomod.Below(dir, r.New.Path))
		}
	}
}

func (m *modules) add(dir string) {
	if !m.seen[dir] {
		m.seen[dir] = true
		m.dirs = append(m.dirs, dir)
	}
}
