package analyzer

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// itemKeys are the keys of an item of a list, and where each goes. The type of
// the pointer is the type of the value.
type itemKeys[T any] []struct {
	name  string
	field func(*T) any
}

// read returns what item, a mapping, says. Noun is what errors call an item.
func (keys itemKeys[T]) read(item *yaml.Node, noun string) (T, error) {
	var value T
	if item.Kind == yaml.AliasNode {
		item = item.Alias
	}
	if item.Kind != yaml.MappingNode {
		return value, lineError(item, "%s must be keys and values: known keys are %s", noun, keys)
	}
	seen := make(map[string]bool)
	for i := 0; i < len(item.Content); i += 2 {
		key := item.Content[i]
		if seen[key.Value] {
			return value, lineError(key, "key %q appears twice: keep one", key.Value)
		}
		seen[key.Value] = true
		if err := keys.set(&value, key, item.Content[i+1], noun); err != nil {
			return value, err
		}
	}
	return value, nil
}

func (keys itemKeys[T]) set(item *T, key, value *yaml.Node, noun string) error {
	if value.Kind == yaml.AliasNode {
		value = value.Alias
	}
	for _, k := range keys {
		if k.name == key.Value {
			return setField(k.field(item), key.Value, value)
		}
	}
	return lineError(key, "unknown key %q of %s: known keys are %s", key.Value, noun, keys)
}

// String lists the names of the keys.
func (keys itemKeys[T]) String() string {
	var names []string
	for _, k := range keys {
		names = append(names, k.name)
	}
	return strings.Join(names, ", ")
}

// setField sets the variable that field points to, by its type.
func setField(field any, key string, value *yaml.Node) error {
	want := ""
	switch field := field.(type) {
	case *string:
		want = "a text, in quotes if it begins with {"
		if value.Kind == yaml.ScalarNode && value.Tag != "!!null" {
			*field = value.Value // also of a number, such as go: 1.20
			return nil
		}
	case *bool:
		want = "true or false"
		if value.Kind == yaml.ScalarNode && value.Tag == "!!bool" && value.Decode(field) == nil {
			return nil
		}
	case *[]string:
		want = "a list of names"
		if value.Kind == yaml.SequenceNode && value.Decode(field) == nil {
			return nil
		}
	case *map[string]string:
		want = "names and their values, such as {retry: example.com/retry}"
		if value.Kind == yaml.MappingNode && value.Decode(field) == nil {
			return nil
		}
	}
	return lineError(value, "%s must be %s", key, want)
}

// valueOf returns the value of the named key of the mapping n, or n itself.
func valueOf(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return n
}
