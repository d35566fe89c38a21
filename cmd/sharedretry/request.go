package main

import (
	"errors"
	"flag"
	"io"
	"os"
	"strconv"

	"golang.org/x/tools/go/analysis"
)

// A request is what a user asks for on the command line.
type request struct {
	patterns []string
	config   string // the file that -config or the environment names, or ""
	tests    bool   // load _test.go files
	testsSet bool   // -tests was given: the configuration does not count
	json     bool
	explain  bool
	context  int // lines of context around a finding, or negative for none at all
	fix      bool
	diff     bool
	sources  sources // with -fix: what was analysed
}

// newFlags returns the command's flags, those of the analyzer among them.
func newFlags(a *analysis.Analyzer, req *request) *flag.FlagSet {
	flags := flag.NewFlagSet(a.Name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	a.Flags.VisitAll(func(f *flag.Flag) { flags.Var(f.Value, f.Name, f.Usage) })
	flags.BoolVar(&req.json, "json", false, "print findings as JSON")
	flags.BoolVar(&req.explain, "explain", false, "print every place that waits between attempts, and why it is reported or not")
	flags.IntVar(&req.context, "c", -1, "print the line of a finding and `n` lines around it")
	flags.BoolVar(&req.fix, "fix", false, "replace loops by calls of the retry helper, where that is safe")
	flags.BoolVar(&req.diff, "diff", false, "with -fix: print the changes as a diff, and change nothing")
	return flags
}

// parse reads the command line into req.
func (req *request) parse(flags *flag.FlagSet, args []string) error {
	if len(args) == 1 && args[0] == "help" {
		return flag.ErrHelp
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	req.patterns = flags.Args()
	flags.Visit(func(f *flag.Flag) { req.testsSet = req.testsSet || f.Name == "tests" })
	req.tests, _ = strconv.ParseBool(flags.Lookup("tests").Value.String())
	if flags.Lookup("config").Value.String() == "" {
		if err := flags.Set("config", os.Getenv(configEnv)); err != nil {
			return err
		}
	}
	req.config = flags.Lookup("config").Value.String()
	return req.check()
}

// check reports a combination that makes no sense.
func (req *request) check() error {
	switch {
	case len(req.patterns) == 0:
		return errors.New("no packages: name some, or ./... for all")
	case req.explain && req.json, req.explain && req.fix:
		return errors.New("-explain goes with neither -json nor -fix")
	case req.fix && req.json:
		return errors.New("-fix does not go with -json")
	case req.diff && !req.fix:
		return errors.New("-diff needs -fix")
	}
	return nil
}
