package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

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
	collectAt(250)
	req.progress = startProgress()
	pkgs, silent, err := req.load()
	if err != nil {
		req.progress.stop()
		return fail(exitError, err)
	}
	return req.analyse(pkgs, silent)
}

// analyse runs the analyzer on pkgs, prints or fixes what it finds there and in
// those of silent, which is nothing, and returns the exit code.
func (req *request) analyse(pkgs []*packages.Package, silent []*checker.Action) int {
	req.progress.enter("analysing " + count(len(pkgs)+len(silent), "package"))
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzer.Analyzer}, pkgs, nil)
	req.progress.stop()
	if err != nil {
		return fail(exitError, err)
	}
	graph.Roots = append(graph.Roots, silent...)
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
