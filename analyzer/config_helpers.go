package analyzer

import (
	"errors"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// helperKeys are the keys of a helper's description, and where each goes. The
// type of the pointer is the type of the value.
var helperKeys = itemKeys[HelperSpec]{
	{"name", func(s *HelperSpec) any { return &s.Name }},
	{"package", func(s *HelperSpec) any { return &s.Package }},
	{"shape", func(s *HelperSpec) any { return &s.Shape }},
	{"imports", func(s *HelperSpec) any { return &s.Imports }},
	{"module", func(s *HelperSpec) any { return &s.Module }},
	{"min_version", func(s *HelperSpec) any { return &s.MinVersion }},
	{"go", func(s *HelperSpec) any { return &s.Go }},
	{"call", func(s *HelperSpec) any { return &s.Call }},
	{"value_call", func(s *HelperSpec) any { return &s.ValueCall }},
	{"op_params", func(s *HelperSpec) any { return &s.OpParams }},
	{"op_results", func(s *HelperSpec) any { return &s.OpResults }},
	{"success", func(s *HelperSpec) any { return &s.Success }},
	{"again", func(s *HelperSpec) any { return &s.Again }},
	{"permanent", func(s *HelperSpec) any { return &s.Permanent }},
	{"value_again", func(s *HelperSpec) any { return &s.ValueAgain }},
	{"value_permanent", func(s *HelperSpec) any { return &s.ValuePermanent }},
	{"value_on_error", func(s *HelperSpec) any { return &s.ValueOnError }},
	{"exhausted", func(s *HelperSpec) any { return &s.Exhausted }},
	{"header", func(s *HelperSpec) any { return &s.Header }},
	{"init", func(s *HelperSpec) any { return &s.Init }},
	{"wait", func(s *HelperSpec) any { return &s.Wait }},
	{"reset", func(s *HelperSpec) any { return &s.Reset }},
	{"wait_returns", func(s *HelperSpec) any { return &s.WaitReturns }},
	{"yields_number", func(s *HelperSpec) any { return &s.YieldsNumber }},
	{"at_least_once", func(s *HelperSpec) any { return &s.AtLeastOnce }},
	{"again_nil", func(s *HelperSpec) any { return &s.AgainNil }},
	{"permanent_nil", func(s *HelperSpec) any { return &s.PermanentNil }},
	{"permanent_of", func(s *HelperSpec) any { return &s.PermanentOf }},
	{"positive_delay", func(s *HelperSpec) any { return &s.PositiveDelay }},
	{"unlimited", func(s *HelperSpec) any { return &s.Unlimited }},
	{"checks_context", func(s *HelperSpec) any { return &s.ChecksContext }},
	{"cancels_success", func(s *HelperSpec) any { return &s.CancelsSuccess }},
	{"retries_unlimited", func(s *HelperSpec) any { return &s.RetriesUnlimited }},
	{"unsupported", func(s *HelperSpec) any { return &s.Unsupported }},
}

func setHelper(opts *Options, value *yaml.Node) error {
	if value.Kind != yaml.ScalarNode || value.Tag != "!!str" || value.Value == "" {
		return lineError(value, "helper must be a name, such as %s; what describes one goes under helpers", helper.Presets()[0])
	}
	opts.Helper = value.Value
	return nil
}

// checkChoice reports a helper that the mapping root names and nothing
// describes.
func checkChoice(opts *Options, root *yaml.Node) error {
	if err := opts.checkHelper(); err != nil {
		return lineError(valueOf(root, "helper"), "%w", err)
	}
	return nil
}

func setHelpers(opts *Options, value *yaml.Node) error {
	if value.Kind != yaml.SequenceNode || len(value.Content) == 0 {
		return lineError(value, "helpers must be a list of descriptions, each with name, shape and imports")
	}
	for _, entry := range value.Content {
		item := entry
		if item.Kind == yaml.AliasNode {
			item = item.Alias
		}
		spec, err := readHelper(item)
		if err != nil {
			return err
		}
		same := func(other HelperSpec) bool { return other.Name == spec.Name }
		if slices.ContainsFunc(opts.Helpers, same) {
			return lineError(entry, "helper %s: this name appears twice: choose another", spec.Name)
		}
		opts.Helpers = append(opts.Helpers, spec)
	}
	return nil
}

// readHelper reads and checks one description.
func readHelper(item *yaml.Node) (HelperSpec, error) {
	spec, err := helperKeys.read(item, "a helper")
	if err != nil {
		return spec, err
	}
	var keys []string
	for i := 0; i < len(item.Content); i += 2 {
		keys = append(keys, item.Content[i].Value)
	}
	spec.Keep(keys)
	if err := spec.Check(); err != nil {
		return spec, lineError(blame(item, err), "%w", err)
	}
	return spec, nil
}

// blame returns where in item err, which came from its description, is: a
// node with the line alone.
func blame(item *yaml.Node, err error) *yaml.Node {
	var spec *helper.SpecError
	if !errors.As(err, &spec) {
		return &yaml.Node{Line: valueOf(item, "package").Line} // it is about what is read there
	}
	value := valueOf(item, spec.Key)
	line := value.Line
	if value.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		line += 1 + spec.Line // the text begins below the key
	}
	return &yaml.Node{Line: line}
}
