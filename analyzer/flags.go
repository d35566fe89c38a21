package analyzer

import (
	"errors"
	"flag"
	"strconv"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// register adds the analyzer's flags to flags.
func (r *resolver) register(flags *flag.FlagSet) {
	flags.Var((*rulesFlag)(r), "rules", "report these rules: `names` separated by commas, or all (default "+defaultRules()+")")
	flags.Var((*testsFlag)(r), "tests", "analyse _test.go files too")
	flags.StringVar(&r.opts.Helper, "helper", r.opts.Helper,
		"the `name` of the retry helper that fixes call: the import path of its package, one in the configuration, or "+strings.Join(helper.Presets(), ", ")+
			" (default the one of these that go.mod requires)")
	flags.StringVar(&r.opts.Baseline, "baseline", r.opts.Baseline,
		"report only what this baseline `file` does not list (off: report everything)")
	flags.StringVar(&r.opts.Config, "config", r.opts.Config,
		"read this configuration `file` (off: none) instead of the nearest "+ConfigName)
}

// rulesFlag is the resolver as the value of -rules.
type rulesFlag resolver

func (f *rulesFlag) String() string { return strings.Join(f.opts.Rules, ",") }

// Set replaces the rules by those in list.
func (f *rulesFlag) Set(list string) error {
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		if err := checkRule(name); err != nil {
			return err
		}
		names = append(names, name)
	}
	f.opts.Rules = names
	return nil
}

// testsFlag is the resolver as the value of -tests, which differs from its
// default once it is set: -tests=false wins over the configuration file.
type testsFlag resolver

func (f *testsFlag) String() string   { return strconv.FormatBool(f.opts.Tests) }
func (f *testsFlag) IsBoolFlag() bool { return true }

// Set turns the reporting of _test.go files on or off.
func (f *testsFlag) Set(value string) error {
	on, err := strconv.ParseBool(value)
	if err != nil {
		return errors.New("want true or false")
	}
	f.opts.Tests, f.testsSet = on, true
	return nil
}

func defaultRules() string {
	var names []string
	for _, r := range Rules {
		if r.Default {
			names = append(names, r.Name)
		}
	}
	return strings.Join(names, ",")
}
