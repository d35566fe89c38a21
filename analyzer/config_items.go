package analyzer

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// itemKeys are the keys of a list's items, which become values of type T, and
// where each goes. The type of the pointer is the type of the value.
type itemKeys[T any] []struct {
	name  string
	field func(*T) any
}

// read reads one item. The noun, with its article, is for errors.
func (k itemKeys[T]) read(item *yaml.Node, noun string) (value T, err error) {
	if item.Kind != yaml.MappingNode {
		return value, lineError(item, "%s must be keys and values: known keys are %s", noun, k)
	}
	seen := make(map[string]bool)
	for i := 0; i < len(item.Content); i += 2 {
		key := item.Content[i]
		if seen[key.Value] {
			return value, lineError(key, "key %q is here twice: keep one", key.Value)
		}
		seen[key.Value] = true
		if err := k.set(&value, key, item.Content[i+1], noun); err != nil {
			return value, err
		}
	}
	return value, nil
}

// set sets the field of value that key names.
func (k itemKeys[T]) set(value *T, key, node *yaml.Node, noun string) error {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	for _, known := range k {
		if known.name == key.Value {
			return setField(known.field(value), key.Value, node)
		}
	}
	return lineError(key, "unknown key %q of %s: known keys are %s", key.Value, noun, k)
}

// String returns the names of the keys.
func (k itemKeys[T]) String() string {
	var names []string
	for _, known := range k {
		names = append(names, known.name)
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
