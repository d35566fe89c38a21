// Package golangci makes sharedretry a linter of golangci-lint: a module plugin
// with the name sharedretry. Import it for its effect in a golangci-lint of your
// own, or name it in .custom-gcl.yml.
//
// The settings are those of .sharedretry.yml, which is not read here, since
// golangci-lint would not see that it changed:
//
//	linters:
//	  enable: [sharedretry]
//	  settings:
//	    custom:
//	      sharedretry:
//	        type: module
//	        settings:
//	          rules: [retry-loop, linear-backoff]
//
// Paths in them are relative to the directory where golangci-lint runs.
package golangci

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"strings"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/bounded"
)

func init() { register.Plugin("sharedretry", New) }

// New returns the plugin with the given settings, which golangci-lint has read
// from its own configuration. They are those of [analyzer.Options]; what these
// do not know is an error.
func New(settings any) (register.LinterPlugin, error) {
	opts, err := register.DecodeSettings[analyzer.Options](settings)
	if err != nil {
		return nil, fmt.Errorf("%w: known settings are %s", err, strings.Join(known(), ", "))
	}
	opts.Config, opts.DriverNolint = analyzer.NoConfig, true
	if err := opts.Validate(); err != nil {
		return nil, err
	}
	return plugin{opts}, nil
}

// known returns the names of all settings.
func known() (names []string) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[analyzer.Options]()) {
		if name := f.Tag.Get("json"); name != "-" {
			names = append(names, name)
		}
	}
	return names
}

type plugin struct{ opts analyzer.Options }

// GetLoadMode says that the analyzer needs types.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// BuildAnalyzers returns the analyzer, and what stands for the baseline that it
// reads.
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	list := []*analysis.Analyzer{analyzer.New(p.opts)}
	if p.opts.Baseline != "" && p.opts.Baseline != analyzer.NoBaseline {
		list = append(list, version(p.opts.Baseline))
	}
	return list, nil
}

// version returns an analyzer that does nothing, but whose name changes with
// the content of file. Golangci-lint keeps results by the names of a linter's
// analyzers; of files that they read it knows nothing.
func version(file string) *analysis.Analyzer {
	data, _ := bounded.Read(file, bounded.Baseline) // the other analyzer says what is wrong
	return &analysis.Analyzer{
		Name: fmt.Sprintf("sharedretry_baseline_%x", sha256.Sum256(data)),
		Doc:  "stands for the baseline of sharedretry",
		Run:  func(*analysis.Pass) (any, error) { return nil, nil },
	}
}
