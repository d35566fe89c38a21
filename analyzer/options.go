package analyzer

import (
	"errors"
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/loggers"
	"github.com/sharedretry/sharedretry/analyzer/internal/policy"
)

// Options configures the analyzer. The zero value means the defaults.
//
// What Options and the analyzer's flags say wins over the configuration file,
// which wins over the defaults.
type Options struct {
	// Rules names the rules to report; "all" stands for every rule, none for
	// those that are on by default.
	Rules []string `json:"rules" yaml:"rules"`

	// Faults names what is told of findings that is wrong with them; "all" stands
	// for every fault, as no name does, and "none" for no fault.
	Faults []string `json:"faults" yaml:"faults"`

	// Tests says whether _test.go files are reported too.
	Tests bool `json:"tests" yaml:"tests"`

	// Helper names the retry helper that fixes call: a preset or one of Helpers.
	// Without a name it is the one known library that go.mod requires.
	Helper string `json:"helper" yaml:"helper"`

	// Helpers describes helpers of your own. They take the place of those in the
	// configuration file.
	Helpers []HelperSpec `json:"helpers" yaml:"helpers"`

	// Logs says that the helper logs every failed attempt itself: fixes leave the
	// lines that do so by hand to it.
	Logs bool `json:"logs" yaml:"logs"`

	// Loggers name functions and methods that write a line of a log, beside those
	// of known loggers: see the section Fixes of the manual.
	Loggers []string `json:"loggers" yaml:"loggers"`

	// Exclude says of which files and packages nothing is reported, in addition
	// to those in the configuration file. Its patterns are relative to the
	// working directory.
	Exclude []Exclusion `json:"exclude" yaml:"exclude"`

	// Baseline is a file that lists old findings, which are not reported; it is
	// relative to the working directory. [NoBaseline] turns off the one that the
	// configuration names.
	Baseline string `json:"baseline" yaml:"baseline"`
	// Policies name what else gives a library delays that do not grow, or grow
	// linearly: of libraries of your own.
	Policies []PolicySpec `json:"policies" yaml:"policies"`

	// AllowedPolicies say where such delays are as they should be.
	AllowedPolicies []AllowedPolicy `json:"allowed_policies" yaml:"allowed_policies"`

	// Config is the configuration file to read instead of looking for one
	// from the package's directory upwards. [NoConfig] reads none.
	Config string `json:"-" yaml:"-"`

	// DriverNolint says that the driver acts on //nolint comments itself, and
	// reports those without effect, as golangci-lint does. They are left to it.
	DriverNolint bool `json:"-" yaml:"-"`

	extends string  // the file whose keys these are added to, as the configuration names it
	origin  *origin // where Helpers come from, if that is a file
}

// NoConfig as [Options.Config] or -config means that no file is read.
const NoConfig = "off"

// NoBaseline as [Options.Baseline] or -baseline means that all findings are
// reported.
const NoBaseline = "off"

// Validate reports the first value of o that no analyzer can work with.
func (o Options) Validate() error {
	if err := errors.Join(o.checkRules(), o.checkFaults()); err != nil {
		return err
	}
	if err := errors.Join(o.checkExclude(), o.checkPolicies(), o.checkLoggers()); err != nil {
		return err
	}
	return o.checkHelpers()
}

func (o Options) checkRules() error {
	for _, name := range o.Rules {
		if err := checkRule(name); err != nil {
			return err
		}
	}
	return nil
}

// settings are the options that hold for one package. They do not change.
type settings struct {
	rules  map[string]bool // by name: whether it is on
	faults map[string]bool // likewise
	tests  bool            // whether _test.go files are reported

	exclude []Exclusion // nothing is reported there

	baselineFile string                     // "" for none
	baseline     map[string][]BaselineEntry // by package

	driverNolint bool // //nolint comments are left to the driver

	helper   *helper.Helper // what fixes call, or nil
	noHelper string         // why there is none, in words for the user
	owned    bool           // the package is the helper's own
	loggers  *loggers.Table // what writes lines that a helper which logs makes needless; nil for one that does not

	choose func() (*helper.Helper, string) // what helper and noHelper are to be

	policies *policy.Table
	allowed  []AllowedPolicy // those that hold for the package
}

// A resolver turns options, flags and configuration files into settings.
type resolver struct {
	opts      Options
	testsSet  bool // opts.Tests was given, even if it is false
	files     configCache
	helpers   helperCache
	baselines memo[map[string][]BaselineEntry]
}

func newResolver(opts Options) *resolver {
	return &resolver{opts: opts, testsSet: opts.Tests}
}

// resolve returns the settings for the package of pass.
func (r *resolver) resolve(pass *analysis.Pass) (settings, error) {
	dir := packageDir(pass)
	opts, err := r.options(dir)
	if err != nil {
		return settings{}, err
	}
	set := settings{rules: ruleSet(opts.Rules), faults: faultSet(opts.Faults), tests: opts.Tests, exclude: opts.Exclude, driverNolint: r.opts.DriverNolint, loggers: opts.loggerTable()}
	if set.baselineFile = opts.Baseline; set.baselineFile != "" {
		if set.baseline, err = r.baselines.load(set.baselineFile, readBaseline); err != nil {
			return settings{}, err
		}
	}
	configured, err := r.helpers.find(dir, opts)
	if err != nil {
		return settings{}, err
	}
	waits := importsTime(pass.Pkg)
	if waits {
		if err := opts.misfit(dir, configured); err != nil {
			return settings{}, err
		}
	}
	path := pass.Pkg.Path()
	set.policies, set.allowed = policyTable(opts.Policies), allowedIn(path, opts.AllowedPolicies)
	set.owned = helper.Owned(path, configured)
	set.choose = sync.OnceValues(func() (*helper.Helper, string) {
		if set.owned || !waits {
			return nil, ""
		}
		if opts.Helper != "" && configured == nil {
			return nil, helper.NotAtHand(dir, opts.helperPackage())
		}
		return helper.Select(dir, path, configured)
	})
	return set, nil
}

// chooseHelper sets what fixes call. It may have to read a library for that, so it
// is for packages that have a site. It is done once for a package.
func (s *settings) chooseHelper() { s.helper, s.noHelper = s.choose() }

// options returns the options for the package in dir.
func (r *resolver) options(dir string) (Options, error) {
	if err := errors.Join(r.opts.checkRules(), r.opts.checkFaults(), r.opts.checkExclude(), r.opts.checkPolicies(), r.opts.checkLoggers()); err != nil {
		return Options{}, err
	}
	opts, err := r.files.load(dir, r.opts.Config)
	if err != nil {
		return Options{}, err
	}
	return r.merge(opts), nil
}

// merge returns opts, which a file holds, with what wins over it.
func (r *resolver) merge(opts Options) Options {
	if len(r.opts.Rules) > 0 {
		opts.Rules = r.opts.Rules
	}
	if len(r.opts.Faults) > 0 {
		opts.Faults = r.opts.Faults
	}
	if r.testsSet {
		opts.Tests = r.opts.Tests
	}
	if r.opts.Helper != "" {
		opts.Helper = r.opts.Helper
	}
	if len(r.opts.Helpers) > 0 {
		opts.Helpers, opts.origin = r.opts.Helpers, nil
	}
	if r.opts.Baseline != "" {
		opts.Baseline = r.opts.Baseline
	}
	if opts.Baseline == NoBaseline {
		opts.Baseline = ""
	}
	opts.Logs = opts.Logs || r.opts.Logs
	opts.Loggers = slices.Concat(r.opts.Loggers, opts.Loggers)
	opts.Exclude = slices.Concat(r.opts.Exclude, opts.Exclude)
	if len(r.opts.Policies) > 0 {
		opts.Policies = r.opts.Policies
	}
	if len(r.opts.AllowedPolicies) > 0 {
		opts.AllowedPolicies = r.opts.AllowedPolicies
	}
	return opts
}

// importsTime reports whether anything in pkg can wait: no other package is
// looked at, so none needs a helper.
func importsTime(pkg *types.Package) bool {
	for _, p := range pkg.Imports() {
		if p.Path() == "time" {
			return true
		}
	}
	return false
}
