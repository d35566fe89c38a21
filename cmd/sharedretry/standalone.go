package main

import (
	"errors"
	"flag"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/baselines"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/report"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/terminal"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/version"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// standalone loads the packages that args name and reports on them.
func standalone(args []string) int {
	var req request
	flags := newFlags(analyzer.Analyzer, &req)
	switch err := req.parse(flags, args); {
	case errors.Is(err, flag.ErrHelp):
		out.Stdout.Print(usage(flags))
		return exit.Clean
	case err != nil:
		exit.Fail(exit.Usage, err)
		out.Note("run sharedretry help for the flags")
		return exit.Usage
	case req.version:
		out.Stdout.Print(version.Full() + "\n")
		return exit.Clean
	}
	req.Sources = new(load.Sources)
	load.CollectAt(250)
	req.Progress = terminal.StartProgress()
	pkgs, silent, err := req.Load()
	if err != nil {
		req.Progress.Stop()
		return exit.Fail(exit.Error, err)
	}
	return req.analyse(pkgs, silent)
}

// analyse runs the analyzer on pkgs, prints or fixes what it finds there and in
// those of silent, which is nothing, and returns the exit code.
func (req *request) analyse(pkgs []*packages.Package, silent []*checker.Action) int {
	req.Progress.Enter("analysing " + words.Count(len(pkgs)+len(silent), "package"))
	graph, err := load.Analyze(pkgs, req.Sources)
	req.Progress.Stop()
	if err != nil {
		return exit.Fail(exit.Error, err)
	}
	graph.Roots = append(graph.Roots, silent...)
	rep := report.New(graph.Roots, req.Sources, req.Explain)
	rep.Problems(pkgs)
	if req.writeBaseline != "" {
		complete := len(rep.Errs) == 0 && len(rep.Failed) == 0
		return baselines.Record(req.writeBaseline, graph.Roots, complete)
	}
	if req.fix.on {
		return req.applyFixes(rep, graph.Roots)
	}
	run := &report.Run{Options: req.Options, Report: rep, Graph: graph, Sources: req.Sources}
	err = run.Write()
	for _, note := range req.Notes {
		out.Note(note)
	}
	if err == nil {
		err = baselines.Comparison{Prune: req.pruneBaseline, Tests: req.Tests}.Run(graph.Roots)
	}
	if err != nil {
		return exit.Fail(exit.Error, err)
	}
	f, _ := report.FormatNamed(req.Format)
	return rep.ExitCode(f.Data)
}
