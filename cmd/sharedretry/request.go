package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/atomicfile"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/baselines"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/report"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/settings"
	"golang.org/x/tools/go/analysis"
)

// A request is what a user asks for on the command line.
type request struct {
	load.Loader
	report.Options
	version bool // say which this is, and no more
	json    bool // -json was given
	fix     fixFlag
	diff    bool

	writeBaseline string // the file to write findings to, or ""
	pruneBaseline bool   // take out of baselines what no longer occurs
}

// newFlags returns the command's flags, those of the analyzer among them.
func newFlags(a *analysis.Analyzer, req *request) *flag.FlagSet {
	flags := flag.NewFlagSet(a.Name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	a.Flags.VisitAll(func(f *flag.Flag) { flags.Var(f.Value, f.Name, f.Usage) })
	flags.BoolVar(&req.version, "version", false, "print the version, the commit and the Go version of this command")
	flags.BoolVar(&req.json, "json", false, "the same as -format=json")
	flags.StringVar(&req.Format, "format", report.FormatText, "print findings in this `format`: "+report.FormatNames())
	flags.StringVar(&req.Output, "o", "", "write the report to this `file` instead of standard output")
	flags.BoolVar(&req.Explain, "explain", false, "print every place that waits between attempts, and why it is reported or not")
	flags.IntVar(&req.Context, "c", -1, "print the line of a finding and `n` lines around it")
	flags.Var(&req.fix, "fix", "replace loops with calls of the retry helper, where that is safe; -fix=N: only the first N")
	flags.StringVar(&req.writeBaseline, "write-baseline", "", "list all findings in this new `file`, for -baseline")
	flags.BoolVar(&req.pruneBaseline, "prune-baseline", false, "remove from the baseline what no longer occurs")
	flags.BoolVar(&req.diff, "diff", false, "with -fix: print the changes as a diff, and change nothing")
	return flags
}

// knownFlags returns the command's flags, of which nothing is asked yet.
func knownFlags() *flag.FlagSet { return newFlags(analyzer.New(analyzer.Options{}), &request{}) }

// parse reads the command line into req.
func (req *request) parse(flags *flag.FlagSet, args []string) error {
	if len(args) == 1 && args[0] == "help" {
		return flag.ErrHelp
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	req.Patterns = flags.Args()
	if req.version {
		return nil
	}
	set := make(map[string]bool)
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	req.TestsSet = set["tests"]
	if req.json && !set["format"] {
		req.Format = report.FormatJSON
	}
	req.Tests, _ = strconv.ParseBool(flags.Lookup("tests").Value.String())
	config := flags.Lookup("config").Value
	if err := settings.SetFromEnv(config, settings.ConfigEnv); err != nil {
		return err
	}
	req.Config = config.String()
	if err := req.checkBaseline(flags.Lookup("baseline").Value); err != nil {
		return err
	}
	return req.check()
}

// check reports a combination that makes no sense.
func (req *request) check() error {
	text := req.Format == report.FormatText
	_, known := report.FormatNamed(req.Format)
	switch {
	case len(req.Patterns) == 0:
		return errors.New("no packages given: name some, or write ./... for all")
	case !known:
		return fmt.Errorf("-format: unknown format %q: use %s", req.Format, report.FormatNames())
	case req.Explain && req.json, req.Explain && req.fix.on:
		return errors.New("-explain cannot be combined with -json or -fix")
	case req.fix.on && req.json:
		return errors.New("-fix cannot be combined with -json")
	case req.json && req.Format != report.FormatJSON:
		return fmt.Errorf("-json cannot be combined with -format=%s", req.Format)
	case !text && !req.json && (req.Explain || req.fix.on || req.Context >= 0):
		return fmt.Errorf("-format=%s cannot be combined with -explain, -fix or -c", req.Format)
	case req.fix.on && req.Output != "":
		return errors.New("-fix cannot be combined with -o")
	case req.diff && !req.fix.on:
		return errors.New("-diff needs -fix")
	case req.Output != "":
		return atomicfile.CheckWrite(req.Output)
	}
	return nil
}

// checkBaseline reports a combination of flags that makes no sense, and sets
// -baseline: to what the environment says, or off if one is written.
func (req *request) checkBaseline(flag flag.Value) error {
	switch {
	case req.pruneBaseline && req.fix.on:
		return errors.New("-prune-baseline cannot be combined with -fix: run it afterwards")
	case req.writeBaseline == "":
		return settings.SetFromEnv(flag, settings.BaselineEnv)
	case req.fix.on || req.Explain || req.pruneBaseline || req.Format != report.FormatText || req.Output != "" || flag.String() != "":
		return errors.New("-write-baseline cannot be combined with -baseline, -prune-baseline, -fix, -explain, -json, -format or -o")
	}
	if err := baselines.CheckNew(req.writeBaseline); err != nil {
		return fmt.Errorf("-write-baseline %s: %w", req.writeBaseline, err)
	}
	return flag.Set(analyzer.NoBaseline)
}
