package helper

import (
	"fmt"
	"go/token"
	"go/version"
	"maps"
	"slices"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// A builder makes a helper of a spec. It keeps the first error.
type builder struct {
	spec   Spec
	helper *Helper
	err    error
}

func (b *builder) fail(key, format string, args ...any) {
	b.failAt(key, 0, format, args...)
}

func (b *builder) failAt(key string, line int, format string, args ...any) {
	if b.err == nil {
		b.err = &SpecError{Name: b.spec.Name, Key: key, Line: line, text: fmt.Sprintf(format, args...)}
	}
}

func (b *builder) names() {
	s := b.spec
	switch {
	case s.Name == "":
		b.fail("", "name is missing: add one that helper and -helper can say")
	case strings.ContainsAny(s.Name, " \t\n,"):
		b.fail("name", "%q must not hold spaces or commas", s.Name)
	case Preset(s.Name) != nil:
		b.fail("name", "this is the name of a known library: choose another")
	case s.Shape == "":
		b.fail("", "call, header and wait are missing: write one of them or more, as the helper is called")
	case !slices.Contains(shapes, s.Shape):
		b.fail("shape", "unknown shape %q: known are %s", s.Shape, listOf(shapes))
	}
}

func (b *builder) imports() {
	if len(b.spec.Imports) == 0 {
		b.fail("", "imports is missing: map the package names in the templates to their paths, such as {retry: example.com/retry}")
	}
	for _, name := range slices.Sorted(maps.Keys(b.spec.Imports)) {
		path := b.spec.Imports[name]
		if !token.IsIdentifier(name) || name == "_" {
			b.fail("imports", "%q is not a package name: write name: path", name)
		} else if module.CheckImportPath(path) != nil {
			b.fail("imports", "%q is not an import path", path)
		}
		b.helper.Imports[name] = path
	}
}

func (b *builder) versions() {
	s := b.spec
	if s.Module != "" && module.CheckImportPath(s.Module) != nil {
		b.fail("module", "%q is not a module path", s.Module)
	}
	if s.MinVersion != "" && !semver.IsValid(s.MinVersion) {
		b.fail("min_version", "%q is not a version: write it as in go.mod, such as v1.2.3", s.MinVersion)
	}
	if s.Go == "" {
		return
	}
	b.helper.Go = "go" + strings.TrimPrefix(s.Go, "go")
	if !version.IsValid(b.helper.Go) {
		b.fail("go", "%q is not a language version: write it as go1.23", s.Go)
	}
}

// operation reads what the operation takes and returns.
func (b *builder) operation() {
	s, known := b.spec, false
	if b.helper.OpParams, known = opParams[s.OpParams]; !known {
		b.fail("op_params", "unknown parameters %q: say ctx, or leave it out for none", s.OpParams)
	}
	if b.helper.OpResults, known = opResults[s.OpResults]; !known {
		b.fail("op_results", `unknown results %q: say "error", "bool, error" or "struct{}, error"`, s.OpResults)
	}
	b.helper.DropsValue = s.OpResults == "struct{}, error"
	switch s.ValueOnError {
	case "", "zero":
	case LastValue:
		b.helper.ValueOnError = LastValue
	default:
		b.fail("value_on_error", "unknown value %q: say zero or last", s.ValueOnError)
	}
}

// waitReturns reads what the wait returns.
func (b *builder) waitReturns() {
	switch b.spec.WaitReturns {
	case "", "error":
	case "bool":
		b.helper.TellsByBool = true
	case "nothing":
		b.helper.TellsNothing = true
	default:
		b.fail("wait_returns", "unknown result %q: say error, bool for one that is false if the wait ended early, or nothing", b.spec.WaitReturns)
	}
}

// features notes what the helper is said not to do.
func (b *builder) features() {
	for _, name := range b.spec.Unsupported {
		if !slices.Contains(features, Feature(name)) {
			b.fail("unsupported", "unknown feature %q: known are %s", name, listOf(features))
		}
		b.helper.Unsupported[Feature(name)] = true
	}
}

var shapes = []string{string(Callback), string(Loop), string(Wait)}

// listOf returns names as a list for a message.
func listOf[T ~string](names []T) string {
	var list []string
	for _, n := range names {
		list = append(list, string(n))
	}
	return strings.Join(list, ", ")
}
