package analyzer

import (
	"go.yaml.in/yaml/v3"
)

// exclusionKeys are the keys of an item of exclude.
var exclusionKeys = itemKeys[Exclusion]{
	{"path", func(e *Exclusion) any { return &e.Path }},
	{"package", func(e *Exclusion) any { return &e.Package }},
	{"rules", func(e *Exclusion) any { return &e.Rules }},
	{"reason", func(e *Exclusion) any { return &e.Reason }},
}

func setExclude(opts *Options, value *yaml.Node) error {
	if value.Kind != yaml.SequenceNode || len(value.Content) == 0 {
		return lineError(value, "exclude must be a list, each with path or package, and reason")
	}
	for _, item := range value.Content {
		if item.Kind == yaml.AliasNode {
			item = item.Alias
		}
		e, err := exclusionKeys.read(item, "an exclusion")
		if err != nil {
			return err
		}
		if key, err := e.check(); err != nil {
			return lineError(valueOf(item, key), "exclude: %w", err)
		}
		e.at.line = item.Line
		opts.Exclude = append(opts.Exclude, e)
	}
	return nil
}
