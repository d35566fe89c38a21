package gomod

import (
	"path/filepath"

	"golang.org/x/mod/modfile"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
)

// A workspace is what a go.work file says of the modules that it uses.
type workspace struct {
	dir      string
	modules  []*Module
	replaced []*modfile.Replace // wins over what the modules replace
}

// workspaceOf returns the workspace that m is a part of. A module alone is one
// of its own.
func workspaceOf(m *Module) *workspace {
	alone := &workspace{dir: m.Dir, modules: []*Module{m}}
	file := WorkFile(m.Dir)
	data, err := bounded.Read(file, bounded.Other)
	if err != nil {
		return alone
	}
	f, err := modfile.ParseWork(file, data, nil)
	if err != nil {
		return alone
	}
	w := &workspace{dir: filepath.Dir(file), replaced: f.Replace}
	for _, use := range f.Use {
		if used := in(Below(w.dir, use.Path)); used != nil {
			w.modules = append(w.modules, used)
		}
	}
	for _, used := range w.modules {
		if used.Dir == m.Dir {
			return w
		}
	}
	return alone // the go command refuses to build m
}

// WorkFile returns the go.work file in use for the module in dir, or "".
func WorkFile(dir string) string {
	switch file := env("GOWORK"); file {
	case "off":
		return ""
	case "":
		if dir = FindUp(dir, "go.work"); dir == "" {
			return ""
		}
		return filepath.Join(dir, "go.work")
	default:
		return file
	}
}

// Below returns path as seen from dir.
func Below(dir, path string) string {
	if path = filepath.FromSlash(path); filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(dir, path)
}
