package baselines

import (
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/baseline"
	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"golang.org/x/tools/go/analysis/checker"
)

// coverage is what a run has seen of the code: only there it can tell that
// something no longer occurs.
type coverage struct {
	tests   bool                          // test files were loaded
	modules map[string]string             // directories of the modules around, by path; see place
	dirs    map[string]string             // directories of packages, by import path
	files   map[string]bool               // those that were analysed
	results map[string][]*analyzer.Result // by import path, one for each variant
	failed  map[string]bool               // import paths: some variant could not be analysed

	unseen map[string]map[string]bool // by directory: what its other files declare; nil if that is not known
}

func newCoverage(actions []*checker.Action, tests bool) *coverage {
	c := &coverage{
		tests: tests, dirs: make(map[string]string), files: make(map[string]bool),
		results: make(map[string][]*analyzer.Result), failed: make(map[string]bool), unseen: make(map[string]map[string]bool),
	}
	for _, act := range actions {
		pkg := act.Package
		path := load.EntryPath(pkg)
		if path == "" {
			continue
		}
		c.dirs[path] = pkg.Dir
		for _, file := range slices.Concat(pkg.GoFiles, pkg.CompiledGoFiles) {
			c.files[file] = true
		}
		res, _ := act.Result.(*analyzer.Result)
		if act.Err != nil || pkg.IllTyped || res == nil {
			c.failed[path] = true
			continue
		}
		c.results[path] = append(c.results[path], res)
	}
	return c
}

// knows reports whether the package of e is in a module here.
func (c *coverage) knows(e baseline.Entry) bool {
	return c.dirs[e.Package] != "" || c.failed[e.Package] || c.place(e.Package) != ""
}

// gone returns those entries of list, which file holds, that no longer occur.
func (c *coverage) gone(file string, list []baseline.Entry) (gone []baseline.Entry) {
	left := make(map[string]map[baseline.Entry]int)
	for _, e := range list {
		counts, ok := left[e.Package]
		if !ok {
			counts = c.unmatched(e.Package, file, list)
			left[e.Package] = counts
		}
		if counts[e] > 0 {
			counts[e]--
			gone = append(gone, e)
		}
	}
	return gone
}

// unmatched returns how many of each entry of a package match nothing.
func (c *coverage) unmatched(path, file string, list []baseline.Entry) map[baseline.Entry]int {
	var counts map[baseline.Entry]int
	dir := c.dirs[path]
	switch {
	case c.failed[path]:
		return nil
	case dir != "":
		counts = c.inAll(path, file)
	default:
		if dir = c.dirOf(path); dir == "" {
			return nil
		}
		counts = baseline.Count(list)
	}
	names, known := c.others(dir)
	if !known {
		return nil
	}
	maps.DeleteFunc(counts, func(e baseline.Entry, _ int) bool { return e.Package != path || names[e.Func] })
	return counts
}

// inAll returns the entries that match nothing in any variant of a package: a
// test file is in one of them only.
func (c *coverage) inAll(path, file string) map[baseline.Entry]int {
	var all map[baseline.Entry]int
	for _, res := range c.results[path] {
		if res.Baseline != file {
			return nil
		}
		counts := baseline.Count(res.Gone)
		if all == nil {
			all = counts
		}
		for e := range all {
			all[e] = min(all[e], counts[e])
		}
	}
	return all
}

// dirOf returns the directory in which the files of a package would be that is
// not there: that of a package that was analysed with its tests, or one that
// has no Go files any more. It is "" if nothing is known.
func (c *coverage) dirOf(path string) string {
	if base, ok := strings.CutSuffix(path, "_test"); ok {
		switch dir := c.dirs[base]; {
		case dir != "" && c.tests && !c.failed[base]:
			return dir
		case dir != "" || hasGoFiles(c.place(base)):
			return "" // its external tests were not loaded
		}
	}
	dir := c.place(path)
	if hasGoFiles(dir) {
		return ""
	}
	return dir
}

// hasGoFiles reports whether there are Go files in dir, or may be.
func hasGoFiles(dir string) bool {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	return err != nil || len(files) > 0
}

// others returns what the Go files in dir declare that were not analysed: those
// of other systems, or tests. It reports whether all of them could be read.
func (c *coverage) others(dir string) (names map[string]bool, known bool) {
	if names, ok := c.unseen[dir]; ok {
		return names, names != nil
	}
	names = make(map[string]bool)
	entries, err := os.ReadDir(dir)
	known = err == nil || os.IsNotExist(err)
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		if filepath.Ext(name) != ".go" || c.files[name] {
			continue
		}
		file, err := bounded.ParseFile(token.NewFileSet(), name, 0)
		if known = known && err == nil; known {
			maps.Copy(names, baseline.Funcs(file))
		}
	}
	if !known {
		names = nil
	}
	c.unseen[dir] = names
	return names, known
}
