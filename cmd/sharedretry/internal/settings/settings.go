// Package settings reads configurations and baselines as flags and the
// environment name them.
package settings

import (
	"cmp"
	"flag"
	"os"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/baseline"
)

// ConfigEnv names the environment variable that stands for -config. Under go
// vet it is the only way: the flag is not known when the cache key is made.
const ConfigEnv = "SHAREDRETRY_CONFIG"

// BaselineEnv names the one that stands for -baseline, for the same reason.
const BaselineEnv = "SHAREDRETRY_BASELINE"

// SetFromEnv gives a flag that was not given the value of an environment
// variable.
func SetFromEnv(flag flag.Value, name string) error {
	if flag.String() != "" {
		return nil
	}
	return flag.Set(os.Getenv(name))
}

// Load returns what file, or the nearest configuration, says for the
// package in dir, and reports what is wrong with it, with its baseline or with
// -helper, which may name a helper that the file describes.
func Load(dir, file string) (analyzer.Options, error) {
	opts, err := analyzer.LoadOptions(dir, file)
	opts.Baseline = cmp.Or(analyzer.Analyzer.Flags.Lookup("baseline").Value.String(), opts.Baseline)
	if err == nil {
		err = CheckBaseline(opts)
	}
	if name := analyzer.Analyzer.Flags.Lookup("helper").Value.String(); err == nil && name != "" {
		opts.Helper = name
		err = opts.Validate()
	}
	return opts, err
}

// CheckBaseline reports what is wrong with the baseline that opts name.
func CheckBaseline(opts analyzer.Options) error {
	if opts.Baseline == "" || opts.Baseline == analyzer.NoBaseline {
		return nil
	}
	_, err := baseline.Read(opts.Baseline)
	return err
}
