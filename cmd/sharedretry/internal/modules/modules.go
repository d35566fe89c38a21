// Package modules finds the modules that a run of the go command may analyse,
// and the root to which reports relate names of files.
package modules

import (
	"path/filepath"

	"golang.org/x/mod/modfile"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/analyzer/gomod"
)

// A Set is the modules whose packages a run of the go command may analyse,
// and whose files may change: those in the module cache and in GOROOT do not.
type Set struct {
	Root string   // of the module that holds the working directory, or ""
	Work string   // the go.work file, or ""
	Dirs []string // the roots of root's module, of its workspace, and of local replacements
	seen map[string]bool
}

// Find returns the modules for a run of the go command in dir.
func Find(dir string) Set {
	m := Set{Root: gomod.FindUp(dir, "go.mod"), Work: gomod.WorkFile(dir), seen: make(map[string]bool)}
	if m.Root != "" {
		m.addMain(m.Root)
	}
	if m.Work != "" {
		m.addWork()
	}
	return m
}

// addMain adds the main module in dir and its local replacements.
func (m *Set) addMain(dir string) {
	m.add(dir)
	file := filepath.Join(dir, "go.mod")
	data, err := bounded.Read(file, bounded.Other)
	if err != nil {
		return
	}
	if f, err := modfile.Parse(file, data, nil); err == nil { // otherwise the go command complains
		m.addReplaced(dir, f.Replace)
	}
}

// addWork adds the modules that the go.work file uses or replaces.
func (m *Set) addWork() {
	data, err := bounded.Read(m.Work, bounded.Other)
	if err != nil {
		return
	}
	f, err := modfile.ParseWork(m.Work, data, nil)
	if err != nil {
		return
	}
	dir := filepath.Dir(m.Work)
	for _, use := range f.Use {
		m.addMain(gomod.Below(dir, use.Path))
	}
	m.addReplaced(dir, f.Replace)
}

func (m *Set) addReplaced(dir string, replaced []*modfile.Replace) {
	for _, r := range replaced {
		if r.New.Version == "" {
			m.add(gomod.Below(dir, r.New.Path))
		}
	}
}

func (m *Set) add(dir string) {
	if !m.seen[dir] {
		m.seen[dir] = true
		m.Dirs = append(m.Dirs, dir)
	}
}
