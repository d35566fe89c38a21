package baselines

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/modules"
	"golang.org/x/mod/modfile"
)

// place returns the directory where the go command would look for a package of
// the modules around, or "". A module may be elsewhere than its path says.
func (c *coverage) place(path string) string {
	if c.modules == nil {
		c.modules = make(map[string]string)
		cwd, err := os.Getwd()
		if err != nil {
			return ""
		}
		list := modules.Find(cwd).Dirs
		for _, dir := range list {
			c.addModule(dir)
		}
		for _, dir := range list {
			c.addNested(dir)
		}
	}
	module := ""
	for mod := range c.modules {
		if len(mod) > len(module) && (path == mod || strings.HasPrefix(path, mod+"/")) {
			module = mod
		}
	}
	if module == "" {
		return ""
	}
	return filepath.Join(c.modules[module], filepath.FromSlash(strings.TrimPrefix(path, module)))
}

// addModule adds the module in dir. The first of a path counts: tests may have
// modules that are called like others.
func (c *coverage) addModule(dir string) {
	data, err := bounded.Read(filepath.Join(dir, "go.mod"), bounded.Other)
	if err != nil {
		return
	}
	if path := modfile.ModulePath(data); path != "" && c.modules[path] == "" {
		c.modules[path] = dir
	}
}

// addNested adds the modules below dir.
func (c *coverage) addNested(dir string) {
	_ = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil: // what cannot be read has no package that is analysed
			return nil
		case e.IsDir() && name != dir && (strings.HasPrefix(e.Name(), ".") || e.Name() == "node_modules"):
			return filepath.SkipDir
		case e.Name() == "go.mod":
			c.addModule(filepath.Dir(name))
		}
		return nil
	})
}
