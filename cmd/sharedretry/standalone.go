package main

import (
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// standalone loads the packages that args name and reports on them.
func standalone(args []string) int {
	var req request
	flags := newFlags(analyzer.Analyzer, &req)
	switch err := req.parse(flags, args); {
	case errors.Is(err, flag.ErrHelp):
		printUsage(os.Stdout, flags)
		return exitClean
	case err != nil:
		fail(exitUsage, err)
		fmt.Fprintln(os.Stderr, "run sharedretry help for the flags")
		return exitUsage
	}
	req.progress = startProgress()
	pkgs, err := req.load()
	if err != nil {
		req.progress.stop()
		return fail(exitError, err)
	}
	return req.analyse(pkgs)
}

// analyse runs the analyzer on pkgs, prints or fixes what it finds and returns
// the exit code.
func (req *request) analyse(pkgs []*packages.Package) int {
	req.progress.enter("analysing " + count(len(pkgs), "package"))
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzer.Analyzer}, pkgs, nil)
	req.progress.stop()
	if err != nil {
		return fail(exitError, err)
	}
	rep := newReport(graph.Roots)
	rep.problems(os.Stderr, pkgs)
	if req.writeBaseline != "" {
		return req.recordBaseline(rep, graph.Roots)
	}
	if req.fix {
		return req.applyFixes(rep, graph.Roots)
	}
	run := &analysisRun{request: req, report: rep, graph: graph}
	err = run.write()
	if err == nil {
		err = req.compareBaselines(os.Stderr, graph.Roots)
	}
	if err != nil {
		return fail(exitError, err)
	}
	f, _ := formatNamed(req.format)
	return rep.exitCode(f.data)
}

// load loads the packages that are named: their own code as syntax, everything
// else as export data, which is all that an analyzer without facts needs. Test
// files double the work, so they are loaded only if they are to be reported.
func (req *request) load() ([]*packages.Package, error) {
	pkgs, err := req.loadPackages()
	if err != nil {
		return nil, err
	}
	tests, err := readConfigs(pkgs, req.config)
	if err != nil {
		return nil, err
	}
	if tests && !req.testsSet {
		req.tests = true
		return req.loadPackages()
	}
	return pkgs, nil
}

func (req *request) loadPackages() ([]*packages.Package, error) {
	config := packages.Config{
		Mode:      packages.LoadSyntax | packages.NeedModule | packages.NeedForTest,
		Tests:     req.tests,
		ParseFile: req.parseFile,
	}
	pkgs, err := packages.Load(&config, req.patterns...)
	if err == nil && len(pkgs) > 0 {
		return pkgs, nil
	}
	if own := askGo(req.patterns); own != nil {
		return nil, own
	}
	if err == nil {
		err = fmt.Errorf("%s matched no packages", strings.Join(req.patterns, " "))
	}
	return nil, err
}

// parseFile parses a file, as the loader of packages does by default, and keeps
// its text where fixes are applied or shown.
func (req *request) parseFile(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	req.progress.file()
	if f, _ := formatNamed(req.format); req.fix || f.fixes {
		req.sources.keep(name, src)
	}
	return parser.ParseFile(fset, name, src, parser.AllErrors|parser.ParseComments)
}

// readConfigs reads the configuration of every package, reports what is wrong
// with any of them, each error once, and whether one asks for test files.
func readConfigs(pkgs []*packages.Package, file string) (tests bool, err error) {
	var errs []error
	dirs := make(map[string]bool)
	texts := make(map[string]bool)
	for _, pkg := range pkgs {
		if pkg.Dir == "" || dirs[pkg.Dir] {
			continue
		}
		dirs[pkg.Dir] = true
		opts, err := loadOptions(pkg.Dir, file)
		if err == nil {
			err = opts.ValidateFor(pkg.Dir)
		}
		tests = tests || opts.Tests
		if err != nil && !texts[err.Error()] {
			texts[err.Error()] = true
			errs = append(errs, err)
		}
	}
	return tests, errors.Join(errs...)
}
