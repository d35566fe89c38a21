package analyzer

import (
	"fmt"
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
)

func setExtends(opts *Options, value *yaml.Node) error {
	name := filepath.FromSlash(value.Value)
	switch ext := filepath.Ext(name); {
	case value.Kind != yaml.ScalarNode || value.Tag != "!!str" || name == "":
		return lineError(value, "extends must be the name of a file, such as ../common.yml")
	case filepath.IsAbs(name):
		return lineError(value, "extends: %s must be relative to this file", value.Value)
	case ext != ".yml" && ext != ".yaml":
		return lineError(value, "extends: %s must be a .yml file", value.Value)
	}
	opts.extends = name
	return nil
}

// inherit adds to o, which was read from a file alone, what the file says that it
// extends: keys that o does not have, and the items of lists behind its own. The
// files of chain extend that of o.
func (o *Options) inherit(chain []string) error {
	if o.extends == "" {
		return nil
	}
	file := filepath.Join(filepath.Dir(o.origin.file), o.extends)
	fail := func(format string, args ...any) error {
		at := valueOf(o.origin.root, "extends")
		return fmt.Errorf("%s:%w", o.origin.file, lineError(at, "extends: "+format, args...))
	}
	chain = append(chain, filepath.Clean(o.origin.file))
	if slices.Contains(chain, file) {
		return fail("%s extends this file: leave one of the two out", o.extends)
	}
	data, err := bounded.Read(file, bounded.Config)
	if err != nil {
		return fail("cannot read the configuration: %w", err)
	}
	base, err := parseChain(file, data, chain)
	if err != nil {
		return err
	}
	o.extend(base)
	return nil
}

// extend gives o what base says and o does not.
func (o *Options) extend(base Options) {
	given := func(key string) bool { return valueOf(o.origin.root, key) != o.origin.root }
	if !given("rules") {
		o.Rules = base.Rules
	}
	if !given("faults") {
		o.Faults = base.Faults
	}
	if !given("tests") {
		o.Tests = base.Tests
	}
	if !given("helper") {
		o.Helper = base.Helper
	}
	if !given("logs") {
		o.Logs = base.Logs
	}
	if !given("baseline") {
		o.Baseline = base.Baseline
	}
	for _, spec := range base.Helpers {
		if !slices.ContainsFunc(o.Helpers, func(own HelperSpec) bool { return own.Name == spec.Name }) {
			o.Helpers = append(o.Helpers, spec)
		}
	}
	o.Loggers = append(o.Loggers, base.Loggers...)
	o.Exclude = append(o.Exclude, base.Exclude...)
	o.Policies = append(o.Policies, base.Policies...)
	o.AllowedPolicies = append(o.AllowedPolicies, base.AllowedPolicies...)
	o.origin.base = base.origin
}

// Files returns the configuration files that o was read from: the one that counts,
// what it extends, and so on.
func (o Options) Files() []string {
	var files []string
	for at := o.origin; at != nil; at = at.base {
		files = append(files, at.file)
	}
	return files
}
