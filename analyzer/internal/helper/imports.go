package helper

import (
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
)

// A source is what the Go files in a directory say about their package, but
// for its tests.
type source struct {
	name    string // of the package; "" without Go files
	imports []string
}

// readSource reads the files in dir. Build constraints are not looked at: an
// import on one system is as good as one on all.
func readSource(dir string) source {
	var src source
	entries, _ := os.ReadDir(dir) // what cannot be read cannot be imported either
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") {
			continue
		}
		file, err := bounded.ParseFile(token.NewFileSet(), filepath.Join(dir, name), parser.ImportsOnly)
		if err != nil {
			continue
		}
		// Have, perhaps: a main that go run takes, beside the package.
		if src.name == "" || src.name == "main" {
			src.name = file.Name.Name
		}
		for _, spec := range file.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil {
				src.imports = append(src.imports, path)
			}
		}
	}
	return src
}

// imports returns the packages of m that the package with the given path
// imports, directly or not, itself among them.
func (m *goModule) imports(path string) map[string]bool {
	if known, ok := m.cycles.Load(path); ok {
		return known.(map[string]bool)
	}
	reached := make(map[string]bool)
	queue := []string{path}
	for len(queue) > 0 {
		pkg := queue[0]
		queue = queue[1:]
		dir := m.DirOf(pkg)
		if reached[pkg] || dir == "" {
			continue
		}
		reached[pkg] = true
		queue = append(queue, readSource(dir).imports...)
	}
	m.cycles.Store(path, reached)
	return reached
}

// Reaches returns the packages of the module that holds dir which h's packages
// import, directly or not, themselves among them: no fix in one of these can call
// h.
func Reaches(dir string, h *Helper) []string {
	mod, _ := moduleAt(dir)
	if mod == nil || h == nil {
		return nil
	}
	reached := make(map[string]bool)
	for _, path := range h.Imports {
		maps.Copy(reached, mod.imports(path))
	}
	return slices.Sorted(maps.Keys(reached))
}

// isDir reports whether the joined elements name a directory.
func isDir(elem ...string) bool {
	info, err := os.Stat(filepath.Join(elem...))
	return err == nil && info.IsDir()
}
