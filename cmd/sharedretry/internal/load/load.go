// Package load loads the packages that a user names, with types only where
// something may be found.
package load

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/baseline"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/settings"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/terminal"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// What is loaded of packages: where their files are and what the compiler made of
// them, or their own code as syntax and everything else as export data, which is
// all that an analyzer without facts needs.
const (
	loadNames = packages.NeedName | packages.NeedFiles | packages.NeedExportFile | packages.NeedModule | packages.NeedForTest
	loadTypes = packages.LoadSyntax | packages.NeedModule | packages.NeedForTest
)

// A Loader says what is to be loaded, and how.
type Loader struct {
	Patterns []string
	Config   string   // the file that -config or the environment names, or ""
	Tests    bool     // load _test.go files
	TestsSet bool     // -tests was given: the configuration does not count
	Sources  *Sources // nil, or keeps the text of each file that is loaded with types
	Progress *terminal.Progress

	Notes []string // on configurations that are without effect; Load sets them

	parsed atomic.Int64 // bytes
}

// Load loads the packages that are named: at first their names, if a pattern may name
// many, and types only of those in which something may be found. The others are silent:
// there is an empty result for each. Test files double the work, so they are loaded only
// if they are to be reported: as the configuration of this directory says, which most often
// is that of all packages, or else once more.
func (req *Loader) Load() (pkgs []*packages.Package, silent []*checker.Action, err error) {
	mode := loadNames
	few := !slices.ContainsFunc(req.Patterns, namesMany)
	if few { // to ask the go command once more takes longer than their types
		mode |= loadTypes
	}
	req.Tests = req.Tests || !req.TestsSet && req.testsHere()
	named, err := req.loadPackages(mode, req.Patterns)
	if err != nil {
		return nil, nil, err
	}
	opts, err := readConfigs(named, req.Config)
	if err != nil {
		return nil, nil, err
	}
	if asked := asksForTests(opts); asked != req.Tests && !req.TestsSet {
		req.Tests = asked
		if named, err = req.loadPackages(mode, req.Patterns); err != nil {
			return nil, nil, err
		}
	}
	req.Notes = unmatched(named, opts)
	paths := make(map[string]bool) // of those that may have a finding
	for _, pkg := range named {
		if mayReport(pkg, opts[pkg.Dir]) {
			paths[ImportPath(pkg)] = true
		}
	}
	for _, pkg := range named {
		if path := ImportPath(pkg); path != "" && !paths[path] {
			silent = append(silent, silence(pkg, opts[pkg.Dir]))
		}
	}
	switch {
	case len(paths) == 0:
		return nil, silent, nil
	case few:
		return slices.DeleteFunc(named, func(pkg *packages.Package) bool {
			tested := strings.TrimSuffix(pkg.ID, ".test") // by the main package of a test binary
			return !paths[cmp.Or(ImportPath(pkg), tested)]
		}), silent, nil
	case len(silent) == 0 || paths[FilesPackage]:
		pkgs, err = req.loadPackages(loadTypes, req.Patterns)
		return pkgs, nil, err
	}
	pkgs, err = req.loadPackages(loadTypes, slices.Sorted(maps.Keys(paths)))
	return pkgs, silent, err
}

// unmatched returns what the configurations of pkgs, by directory, say of what is not
// there.
func unmatched(pkgs []*packages.Package, opts map[string]analyzer.Options) []string {
	var seen []analyzer.SeenPackage
	for _, pkg := range pkgs {
		seen = append(seen, analyzer.SeenPackage{Path: pkg.PkgPath, Dir: pkg.Dir, Files: pkg.GoFiles})
	}
	return analyzer.Unmatched(slices.Collect(maps.Values(opts)), seen)
}

// mayReport reports whether there may be something to tell of pkg: why it does not
// compile, what is found in it, or what its baseline has that it no longer matches.
func mayReport(pkg *packages.Package, opts analyzer.Options) bool {
	switch {
	case ImportPath(pkg) == "":
		return false
	case len(pkg.Errors) > 0 || pkg.ExportFile == "" || opts.MayReport(pkg.GoFiles):
		return true
	case opts.Baseline == "" || opts.Baseline == analyzer.NoBaseline:
		return false
	}
	list, err := baseline.Read(opts.Baseline)
	return err != nil || slices.ContainsFunc(list, func(e baseline.Entry) bool { return e.Package == EntryPath(pkg) })
}

// silence returns the result for a package in which nothing is found.
func silence(pkg *packages.Package, opts analyzer.Options) *checker.Action {
	result := new(analyzer.Result)
	if opts.Baseline != analyzer.NoBaseline {
		result.Baseline = opts.Baseline
	}
	return &checker.Action{Analyzer: analyzer.Analyzer, Package: pkg, IsRoot: true, Result: result}
}

func (req *Loader) loadPackages(mode packages.LoadMode, patterns []string) ([]*packages.Package, error) {
	config := packages.Config{Mode: mode, Tests: req.Tests, ParseFile: req.ParseFile}
	pkgs, err := packages.Load(&config, patterns...)
	if err == nil && len(pkgs) > 0 {
		return pkgs, nil
	}
	if own := askGo(patterns); own != nil {
		return nil, own
	}
	if err == nil {
		err = fmt.Errorf("%s matched no packages", strings.Join(patterns, " "))
	}
	return nil, err
}

// ParseFile parses a file, as the loader of packages does by default but for what
// nobody asks about objects, and keeps
// its text where that is asked for.
func (req *Loader) ParseFile(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	req.Progress.File()
	after := req.parsed.Add(int64(len(src)))
	Parsed(after-int64(len(src)), after)
	if req.Sources != nil {
		req.Sources.keep(name, src)
	}
	return parser.ParseFile(fset, name, src, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
}

// readConfigs reads the configuration of every package's directory, and reports
// what is wrong with any of them, each error once.
func readConfigs(pkgs []*packages.Package, file string) (map[string]analyzer.Options, error) {
	var errs []error
	read := make(map[string]analyzer.Options)
	texts := make(map[string]bool)
	for _, pkg := range pkgs {
		if _, ok := read[pkg.Dir]; ok || pkg.Dir == "" {
			continue
		}
		opts, err := settings.Load(pkg.Dir, file)
		if err == nil {
			err = opts.ValidateFor(pkg.Dir)
		}
		read[pkg.Dir] = opts
		if err != nil && !texts[err.Error()] {
			texts[err.Error()] = true
			errs = append(errs, err)
		}
	}
	return read, errors.Join(errs...)
}

// testsHere reports whether the configuration of this directory asks for test files. What
// is wrong with it is told where it is used.
func (req *Loader) testsHere() bool {
	dir, _ := os.Getwd()
	opts, _ := analyzer.LoadOptions(dir, req.Config)
	return opts.Tests
}

// asksForTests reports whether any of opts asks for test files.
func asksForTests(opts map[string]analyzer.Options) bool {
	for _, o := range opts {
		if o.Tests {
			return true
		}
	}
	return false
}
