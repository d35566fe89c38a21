package analyzer

import (
	"go.yaml.in/yaml/v3"
)

var policyKeys = itemKeys[PolicySpec]{
	{"identifier", func(s *PolicySpec) any { return &s.Identifier }},
	{"growth", func(s *PolicySpec) any { return &s.Growth }},
	{"remedy", func(s *PolicySpec) any { return &s.Remedy }},
}

var allowedPolicyKeys = itemKeys[AllowedPolicy]{
	{"identifier", func(a *AllowedPolicy) any { return &a.Identifier }},
	{"packages", func(a *AllowedPolicy) any { return &a.Packages }},
	{"reason", func(a *AllowedPolicy) any { return &a.Reason }},
}

func setPolicies(opts *Options, value *yaml.Node) (err error) {
	opts.Policies, err = readItems(value, "policies", "a policy", policyKeys, PolicySpec.check)
	return err
}

func setAllowedPolicies(opts *Options, value *yaml.Node) (err error) {
	opts.AllowedPolicies, err = readItems(value, "allowed_policies", "an allowed policy", allowedPolicyKeys, AllowedPolicy.check)
	for i := range opts.AllowedPolicies {
		opts.AllowedPolicies[i].at.line = value.Content[i].Line
	}
	return err
}

// readItems returns the items of the list value, each checked.
func readItems[T any](value *yaml.Node, key, noun string, keys itemKeys[T], check func(T) error) (items []T, err error) {
	if value.Kind != yaml.SequenceNode || len(value.Content) == 0 {
		return nil, lineError(value, "%s must be a list, each with %s", key, keys)
	}
	for _, entry := range value.Content {
		item, err := keys.read(entry, noun)
		if err != nil {
			return nil, err
		}
		if err := check(item); err != nil {
			return nil, lineError(entry, "%w", err)
		}
		items = append(items, item)
	}
	return items, nil
}
