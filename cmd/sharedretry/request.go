package main

import (
	"errors"
	"flag"
	"fmt"
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
	json     bool   // -json was given
	format   string // the name of a format
	output   string // the file that the report goes to, or "" for standard output
	explain  bool
	context  int // lines of context around a finding, or negative for none at all
	fix      bool
	diff     bool
	progress *progress
	sources  sources // where fixes are applied or shown: what was analysed
}

// newFlags returns the command's flags, those of the analyzer among them.
func newFlags(a *analysis.Analyzer, req *request) *flag.FlagSet {
	flags := flag.NewFlagSet(a.Name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	a.Flags.VisitAll(func(f *flag.Flag) { flags.Var(f.Value, f.Name, f.Usage) })
	flags.BoolVar(&req.json, "json", false, "the same as -format=json")
	flags.StringVar(&req.format, "format", formatText, "print findings in this `format`: "+formatNames())
	flags.StringVar(&req.output, "o", "", "write the report to `file`, not to standard output")
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
	set := make(map[string]bool)
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	req.testsSet = set["tests"]
	if req.json && !set["format"] {
		req.format = formatJSON
	}
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
	text := req.format == formatText
	_, known := formatNamed(req.format)
	switch {
	case len(req.patterns) == 0:
		return errors.New("no packages: name some, or ./... for all")
	case !known:
		return fmt.Errorf("-format: unknown format %q: it is one of %s", req.format, formatNames())
	case req.explain && req.json, req.explain && req.fix:
		return errors.New("-explain goes with neither -json nor -fix")
	case req.fix && req.json:
		return errors.New("-fix does not go with -json")
	case req.json && req.format != formatJSON:
		return fmt.Errorf("-json does not go with -format=%s", req.format)
	case !text && !req.json && (req.explain || req.fix || req.context >= 0):
		return fmt.Errorf("-format=%s goes with none of -explain, -fix and -c", req.format)
	case req.fix && req.output != "":
		return errors.New("-fix does not go with -o")
	case req.diff && !req.fix:
		return errors.New("-diff needs -fix")
	case req.output != "":
		return checkOutput(req.output)
	}
	return nil
}
