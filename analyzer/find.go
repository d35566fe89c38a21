package analyzer

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
	"golang.org/x/tools/go/analysis"
)

// ConfigName is the name of a configuration file.
const ConfigName = ".sharedretry.yml"

// findConfig returns the nearest configuration file between dir and the root
// of its module, or else the one beside the go.work file of the workspace that the
// module is in. If there is no go.mod, it looks up to the root of the file system.
func findConfig(dir string) string {
	if dir == "" {
		return ""
	}
	found := ""
	for {
		file := filepath.Join(dir, ConfigName)
		if _, err := os.Lstat(file); found == "" && err == nil {
			found = file
		}
		parent := filepath.Dir(dir)
		if exists(filepath.Join(dir, "go.mod")) {
			return cmp.Or(found, WorkConfig(dir))
		}
		if parent == dir {
			return found
		}
		if foreign(filepath.Base(dir)) {
			found = ""
		}
		dir = parent
	}
}

// WorkConfig returns the configuration file beside the go.work file in use for the
// module in dir, or "".
func WorkConfig(dir string) string {
	work := gomod.WorkFile(dir)
	if file := filepath.Join(filepath.Dir(work), ConfigName); work != "" {
		if _, err := os.Lstat(file); err == nil {
			return file
		}
	}
	return ""
}

// ConfigFiles returns the configuration files that packages of the module
// whose root is given may have, in a stable order.
func ConfigFiles(root string) []string {
	var files []string
	var visit func(dir string)
	visit = func(dir string) {
		entries, _ := os.ReadDir(dir) // what cannot be read holds no package either
		start := len(files)
		var dirs []string
		for _, e := range entries {
			switch name := e.Name(); {
			case name == ConfigName:
				files = append(files, filepath.Join(dir, name))
			case name == "go.mod" && dir != root:
				files = files[:start] // another module
				return
			case e.IsDir() && !foreign(name):
				dirs = append(dirs, filepath.Join(dir, name))
			}
		}
		for _, d := range dirs {
			visit(d)
		}
	}
	visit(root)
	return files
}

// foreign reports whether a directory holds what others wrote or what the go
// command does not look at: a configuration file in it does not count.
func foreign(name string) bool {
	return name == "vendor" || name == "node_modules" || strings.HasPrefix(name, ".")
}

func exists(file string) bool {
	info, err := os.Stat(file)
	return err == nil && !info.IsDir()
}

// packageDir returns the directory of the package of pass, or "" if no file of
// it was written by hand (the main package of a test binary).
func packageDir(pass *analysis.Pass) string {
	dir := ""
	for _, file := range pass.Files {
		name := pass.Fset.PositionFor(file.Package, false).Filename
		if !fromGoCommand(name) {
			return absDir(name)
		}
		// Have: cgo's output, which says where it comes from in a line directive.
		if origin := pass.Fset.Position(file.Package).Filename; dir == "" && !fromGoCommand(origin) {
			dir = absDir(origin)
		}
	}
	return dir
}

// fromGoCommand reports whether the go command wrote the named file: cgo's
// output, a test's main, or a copy in the build cache.
func fromGoCommand(name string) bool {
	base := filepath.Base(name)
	return filepath.Ext(base) != ".go" || strings.HasPrefix(base, "_") || strings.HasSuffix(base, ".cgo1.go")
}

func absDir(file string) string {
	dir, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return ""
	}
	return dir
}

// A configCache reads each configuration file once. It is safe for concurrent
// use.
type configCache struct{ memo memo[Options] }

// load is [LoadOptions], remembered.
func (c *configCache) load(dir, file string) (Options, error) {
	if file == "" {
		file = findConfig(dir)
	}
	return c.memo.load(file, func(file string) (Options, error) { return LoadOptions("", file) })
}

// A memo remembers what was read from files. It is safe for concurrent use.
type memo[T any] struct {
	mu   sync.Mutex
	read map[string]memory[T] // by file
}

type memory[T any] struct {
	value T
	err   error
}

// load returns what read returns for file, which is asked once.
func (m *memo[T]) load(file string, read func(file string) (T, error)) (T, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	res, ok := m.read[file]
	if !ok {
		res.value, res.err = read(file)
		if m.read == nil {
			m.read = make(map[string]memory[T])
		}
		m.read[file] = res
	}
	return res.value, res.err
}
