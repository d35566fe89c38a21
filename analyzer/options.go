package analyzer

import (
	"errors"
	"flag"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Options configures the analyzer. The zero value means the defaults.
//
// What Options and the analyzer's flags say wins over the configuration file,
// which wins over the defaults.
type Options struct {
	// Rules names the rules to report; "all" stands for every rule, none for
	// those that are on by default.
	Rules []string `json:"rules" yaml:"rules"`

	// Tests says whether _test.go files are reported too.
	Tests bool `json:"tests" yaml:"tests"`

	// Config is the configuration file to read instead of looking for one
	// from the package's directory upwards. [NoConfig] reads none.
	Config string `json:"-" yaml:"-"`
}

// NoConfig as [Options.Config] or -config means that no file is read.
const NoConfig = "off"

// Validate reports the first value of o that no analyzer can work with.
func (o Options) Validate() error {
	for _, name := range o.Rules {
		if err := checkRule(name); err != nil {
			return err
		}
	}
	return nil
}

// settings are the options that hold for one package. They do not change.
type settings struct {
	rules map[string]bool // by name: whether it is on
	tests bool            // whether _test.go files are reported
}

// A resolver turns options, flags and configuration files into settings.
type resolver struct {
	opts     Options
	testsSet bool // opts.Tests was given, even if it is false
	files    configCache
}

func newResolver(opts Options) *resolver {
	return &resolver{opts: opts, testsSet: opts.Tests}
}

// resolve returns the settings for the package of pass.
func (r *resolver) resolve(pass *analysis.Pass) (settings, error) {
	if err := r.opts.Validate(); err != nil {
		return settings{}, err
	}
	opts, err := r.files.load(packageDir(pass), r.opts.Config)
	if err != nil {
		return settings{}, err
	}
	if len(r.opts.Rules) > 0 {
		opts.Rules = r.opts.Rules
	}
	if r.testsSet {
		opts.Tests = r.opts.Tests
	}
	return settings{rules: ruleSet(opts.Rules), tests: opts.Tests}, nil
}

// register adds the analyzer's flags to flags.
func (r *resolver) register(flags *flag.FlagSet) {
	flags.Var((*rulesFlag)(r), "rules", "report these rules: `names` separated by commas, or all (default "+defaultRules()+")")
	flags.Var((*testsFlag)(r), "tests", "report _test.go files too")
	flags.StringVar(&r.opts.Config, "config", r.opts.Config,
		"read the configuration from `file` (off: read none) instead of the nearest "+ConfigName)
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
