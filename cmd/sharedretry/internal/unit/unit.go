// Package unit speaks the protocol of go vet and go fix: one package at a
// time, whose results the go command caches.
package unit

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/gomod"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/settings"
	"golang.org/x/tools/go/analysis/checker"
)

// Vet analyses one package for the go command, which describes it in a
// file: the last of args. What is wrong with flags and configuration is told
// here, since x/tools swallows a pass's error with -fix and -json. Known are the
// command's flags.
func Vet(args []string, known *flag.FlagSet) int {
	flags, file := args[:len(args)-1], args[len(args)-1]
	u, err := readUnit(file, flags, known)
	switch {
	case err != nil:
		return exit.Fail(exit.Error, err)
	case u.VetxOnly && u.direct: // a dependency: nothing is reported, and there are no facts
		return u.leave(new(checker.Graph))
	case u.VetxOnly:
		return delegate(args[len(args)-1:])
	}
	if err := checkFlags(flags); err != nil {
		return exit.Fail(exit.Error, err)
	}
	if analyzer.Analyzer.Flags.Lookup("helper").Value.String() != "" {
		u.VetxOutput = "" // the cache key does not cover the helper's package
	}
	config := unitConfig(u.Dir)
	opts, err := settings.Load(u.Dir, config)
	if u.tests != nil {
		opts.Tests = *u.tests
	}
	if err == nil && u.ImportMap["time"] != "" { // what nothing is reported of needs no helper
		err = opts.ValidateFor(u.Dir)
	}
	switch {
	case err != nil:
		return exit.Fail(exit.Error, err)
	case !u.direct:
		baseline := analyzer.Analyzer.Flags.Lookup("baseline").Value.String()
		return delegate(slices.Concat(flags, []string{"-config=" + config, "-baseline=" + baseline, file}))
	}
	if u.GoFiles = judged(u.GoFiles, opts); !opts.MayReport(u.GoFiles) {
		return u.leave(new(checker.Graph))
	}
	return u.analyse(config)
}

// standaloneFlags are those that make sense only where all packages are
// reported together. The go command is told of them, so that it hands them on
// and they can be refused in words.
var standaloneFlags = []string{"explain", "format", "o", "write-baseline", "prune-baseline"}

// PrintFlags tells the go command which flags there are, of those known, as args
// ask for it.
func PrintFlags(args []string, known *flag.FlagSet) int {
	for _, name := range standaloneFlags {
		f := known.Lookup(name)
		flag.CommandLine.Var(f.Value, name, "not under go vet: "+f.Usage)
	}
	return delegate(args)
}

// checkFlags sets the analyzer's flags, and reports a wrong value in one line,
// where the driver would print all of its usage for each package.
func checkFlags(args []string) error {
	for i := 0; i < len(args); i++ {
		name, value, given := strings.Cut(strings.TrimLeft(args[i], "-"), "=")
		f := analyzer.Analyzer.Flags.Lookup(name)
		switch {
		case name == "config":
			return errors.New("-config under go vet: set " + settings.ConfigEnv + " to the file's absolute path instead (the vet cache would miss changes of the file)")
		case slices.Contains(standaloneFlags, name):
			return fmt.Errorf("-%s under go vet: run sharedretry itself, since go vet asks for one package at a time", name)
		case f == nil:
			continue
		case !given && isBool(f): // -tests
			value = "true"
		case !given && i+1 < len(args): // -rules names, -helper name
			i++
			value = args[i]
		}
		if err := f.Value.Set(value); err != nil {
			return fmt.Errorf("-%s: %w", name, err)
		}
		if name == "baseline" && value != analyzer.NoBaseline {
			return errors.New("-baseline under go vet: set " + settings.BaselineEnv + " to the file's absolute path, or baseline in " + analyzer.ConfigName + ", instead (the vet cache would miss changes of the file)")
		}
	}
	return settings.SetFromEnv(analyzer.Analyzer.Flags.Lookup("baseline").Value, settings.BaselineEnv)
}

func isBool(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// unitConfig returns the -config for the package in dir. The cache key covers
// the configuration files of modules alone, so a package outside a module has
// none but the one in the environment.
func unitConfig(dir string) string {
	config := os.Getenv(settings.ConfigEnv)
	if config == "" && gomod.FindUp(dir, "go.mod") == "" {
		return analyzer.NoConfig
	}
	return config
}
