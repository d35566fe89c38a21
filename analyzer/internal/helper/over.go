package helper

import (
	"maps"
	"reflect"
	"strings"

	"golang.org/x/mod/module"
)

// Over returns s with what another description says of the keys that s leaves out,
// of the shape that s says if it says one.
func (s Spec) Over(read Spec) Spec {
	if s.Shape != "" {
		read, _ = read.of(Shape(s.Shape))
	}
	imports := maps.Clone(read.Imports)
	maps.Copy(imports, s.Imports)
	to, from := reflect.ValueOf(&s).Elem(), reflect.ValueOf(read)
	for i := range to.NumField() {
		if to.Field(i).IsZero() {
			to.Field(i).Set(from.Field(i))
		}
	}
	s.Imports, s.Package = imports, ""
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
		b.fail("package", "%q is no import path, and no directory such as ./internal/retry", path)
	}
	if b.err != nil {
		return b.err
	}
	return nil
}
