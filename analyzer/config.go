package analyzer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
)

// configKeys are the keys of a configuration file, and how each is read.
var configKeys = []struct {
	name string
	set  func(*Options, *yaml.Node) error
}{
	{"extends", setExtends},
	{"rules", setRules},
	{"tests", setTests},
	{"faults", setFaults},
	{"helper", setHelper},
	{"helpers", setHelpers},
	{"logs", setLogs},
	{"loggers", setLoggers},
	{"exclude", setExclude},
	{"baseline", setBaseline},
	{"policies", setPolicies},
	{"allowed_policies", setAllowedPolicies},
}

// LoadOptions returns what the configuration says for the package in dir: the
// one in file if it is not empty, or else the nearest [ConfigName] between dir
// and the root of its module. Without one the options are zero.
func LoadOptions(dir, file string) (Options, error) {
	read := bounded.ReadNamed
	if file == "" {
		file, read = findConfig(dir), bounded.Read
	}
	if file == "" || file == NoConfig {
		return Options{}, nil
	}
	data, err := read(file, bounded.Config)
	if err != nil {
		return Options{}, fmt.Errorf("cannot read the configuration: %w", err)
	}
	return parseConfig(file, data)
}

// parseConfig reads data, the content of file. Its errors name file and line.
func parseConfig(file string, data []byte) (Options, error) { return parseChain(file, data, nil) }

// parseChain is parseConfig for a file that those of chain extend, one the next.
func parseChain(file string, data []byte, chain []string) (Options, error) {
	var opts Options
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return opts, nil
	} else if err != nil {
		return opts, syntaxError(file, data, err)
	}
	root := doc.Content[0]
	if err := setKeys(&opts, root); err != nil {
		return Options{}, fmt.Errorf("%s:%w", file, err)
	}
	opts.locate(file)
	opts.origin = &origin{file: file, root: root}
	if err := opts.inherit(chain); err != nil {
		return Options{}, err
	}
	if err := checkChoice(&opts, root); err != nil {
		return Options{}, fmt.Errorf("%s:%w", file, err)
	}
	var next yaml.Node
	if err := dec.Decode(&next); err == nil {
		return Options{}, fmt.Errorf("%s:%d: a second document: keep one", file, next.Line)
	} else if !errors.Is(err, io.EOF) {
		return Options{}, syntaxError(file, data, err)
	}
	return opts, nil
}

// locate makes what is relative to the configuration file independent of the
// working directory.
func (o *Options) locate(file string) {
	dir := filepath.Dir(file)
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	for i := range o.Exclude {
		o.Exclude[i].dir, o.Exclude[i].at.file = dir, file
	}
	for i := range o.AllowedPolicies {
		o.AllowedPolicies[i].at.file = file
	}
	o.Helper = helperPath(dir, o.Helper)
	for i := range o.Helpers {
		o.Helpers[i].Package = helperPath(dir, o.Helpers[i].Package)
	}
	if name := filepath.FromSlash(o.Baseline); name != "" && name != NoBaseline && !filepath.IsAbs(name) {
		o.Baseline = filepath.Join(dir, name)
	}
}

// setKeys gives opts the values of the mapping root.
func setKeys(opts *Options, root *yaml.Node) error {
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil // nothing but comments
	}
	if root.Kind != yaml.MappingNode {
		return lineError(root, "want keys and values: known keys are %s", knownKeys())
	}
	seen := make(map[string]bool)
	for i := 0; i < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		if seen[key.Value] {
			return lineError(key, "key %q appears twice: keep one", key.Value)
		}
		seen[key.Value] = true
		if err := setKey(opts, key, value); err != nil {
			return err
		}
	}
	return nil
}

func setKey(opts *Options, key, value *yaml.Node) error {
	if value.Kind == yaml.AliasNode {
		value = value.Alias
	}
	for _, k := range configKeys {
		if k.name == key.Value {
			return k.set(opts, value)
		}
	}
	return lineError(key, "unknown key %q: known keys are %s", key.Value, knownKeys())
}

func setRules(opts *Options, value *yaml.Node) error {
	if value.Kind != yaml.SequenceNode || len(value.Content) == 0 {
		return lineError(value, "rules must be a list of names, such as [%s]", strings.ReplaceAll(defaultRules(), ",", ", "))
	}
	for _, name := range value.Content {
		if name.Kind != yaml.ScalarNode {
			return lineError(name, "a rule must be a name")
		}
		if err := checkRule(name.Value); err != nil {
			return lineError(name, "%w", err)
		}
		opts.Rules = append(opts.Rules, name.Value)
	}
	return nil
}

func setTests(opts *Options, value *yaml.Node) error {
	if value.Kind != yaml.ScalarNode || value.Tag != "!!bool" || value.Decode(&opts.Tests) != nil {
		return lineError(value, "tests must be true or false")
	}
	return nil
}

func setBaseline(opts *Options, value *yaml.Node) error {
	if value.Kind != yaml.ScalarNode || value.Tag != "!!str" || value.Value == "" {
		return lineError(value, "baseline must be the name of a file, such as .sharedretry.baseline")
	}
	opts.Baseline = value.Value
	return nil
}

func knownKeys() string {
	var names []string
	for _, k := range configKeys {
		names = append(names, k.name)
	}
	return strings.Join(names, ", ")
}

// lineError returns an error that begins with n's line.
func lineError(n *yaml.Node, format string, args ...any) error {
	return fmt.Errorf("%d: %w", n.Line, fmt.Errorf(format, args...))
}
