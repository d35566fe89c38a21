package helper

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/mod/module"
)

// Keep adds to Empty those of keys that s has as false or empty.
func (s *Spec) Keep(keys []string) {
	v := reflect.ValueOf(s).Elem()
	for field, value := range v.Fields() {
		if key := field.Tag.Get("yaml"); slices.Contains(keys, key) && value.IsZero() {
			s.Empty = append(s.Empty, key)
		}
	}
}

// UnmarshalJSON reads s as the settings of golangci-lint have it.
func (s *Spec) UnmarshalJSON(data []byte) error {
	type plain Spec // without this method
	strict := json.NewDecoder(bytes.NewReader(data))
	strict.DisallowUnknownFields()
	if err := strict.Decode((*plain)(s)); err != nil {
		return err
	}
	var keys map[string]any
	if err := json.Unmarshal(data, &keys); err != nil {
		return err
	}
	s.Keep(slices.Sorted(maps.Keys(keys)))
	return nil
}

// Over returns s with what another description says of the keys that s leaves out,
// of the shape that s says if it says one.
func (s Spec) Over(read Spec) Spec {
	if s.Shape != "" {
		read, _ = read.of(Shape(s.Shape))
	}
	if s.Call != "" || s.ValueCall != "" || s.Header != "" {
		read.Retries = "" // who says how it is called knows what is counted
	}
	imports := maps.Clone(read.Imports)
	maps.Copy(imports, s.Imports)
	to, from := reflect.ValueOf(&s).Elem(), reflect.ValueOf(read)
	for i := range to.NumField() {
		if key := to.Type().Field(i).Tag.Get("yaml"); to.Field(i).IsZero() && !slices.Contains(s.Empty, key) {
			to.Field(i).Set(from.Field(i))
		}
	}
	s.Imports, s.Package, s.Empty = imports, "", nil
	return s
}

// Check returns what is wrong with s, a [*SpecError]; of one that leaves some to a
// package, what can be told without it.
func (s Spec) Check() error {
	if s.Package == "" {
		_, err := s.Helper()
		return err
	}
	b := &builder{spec: s, helper: &Helper{Unsupported: make(map[Feature]bool)}}
	if b.spec.Shape == "" {
		b.spec.Shape = string(Callback)
	}
	b.names()
	b.features()
	if path := s.Package; !strings.HasPrefix(path, "./") && !strings.HasPrefix(path, "../") && (module.CheckImportPath(path) != nil || !strings.Contains(path, "/")) {
		b.fail("package", "%q is not an import path or a directory such as ./internal/retry", path)
	}
	if b.err != nil {
		return b.err
	}
	return nil
}
