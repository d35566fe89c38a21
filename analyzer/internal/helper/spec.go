package helper

import (
	"fmt"
	"go/token"
	"go/version"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// A Spec describes a helper of the user's own, as it stands in a configuration
// file. The manual explains the keys.
type Spec struct {
	Name string `json:"name" yaml:"name"`

	// Package is the package whose API says what the other keys do not.
	Package string `json:"package" yaml:"package"`

	Shape      string            `json:"shape" yaml:"shape"`
	Imports    map[string]string `json:"imports" yaml:"imports"`
	Module     string            `json:"module" yaml:"module"`
	MinVersion string            `json:"min_version" yaml:"min_version"`
	Go         string            `json:"go" yaml:"go"`

	Call           string `json:"call" yaml:"call"`
	ValueCall      string `json:"value_call" yaml:"value_call"`
	OpParams       string `json:"op_params" yaml:"op_params"`
	OpResults      string `json:"op_results" yaml:"op_results"`
	Success        string `json:"success" yaml:"success"`
	Again          string `json:"again" yaml:"again"`
	Permanent      string `json:"permanent" yaml:"permanent"`
	ValueAgain     string `json:"value_again" yaml:"value_again"`
	ValuePermanent string `json:"value_permanent" yaml:"value_permanent"`
	ValueOnError   string `json:"value_on_error" yaml:"value_on_error"`
	Exhausted      string `json:"exhausted" yaml:"exhausted"`

	Header string `json:"header" yaml:"header"`
	Init   string `json:"init" yaml:"init"`
	Wait   string `json:"wait" yaml:"wait"`
	Reset  string `json:"reset" yaml:"reset"`

	WaitReturns string `json:"wait_returns" yaml:"wait_returns"`

	AtLeastOnce   bool `json:"at_least_once" yaml:"at_least_once"`
	YieldsNumber  bool `json:"yields_number" yaml:"yields_number"`
	PositiveDelay bool `json:"positive_delay" yaml:"positive_delay"`
	Unlimited     bool `json:"unlimited" yaml:"unlimited"`
	FirstUncapped bool `json:"first_uncapped" yaml:"first_uncapped"`

	ChecksContext  bool `json:"checks_context" yaml:"checks_context"`
	CancelsSuccess bool `json:"cancels_success" yaml:"cancels_success"`

	RetriesUnlimited bool     `json:"retries_unlimited" yaml:"retries_unlimited"`
	Unsupported      []string `json:"unsupported" yaml:"unsupported"`
}

// A SpecError says what is wrong with a key of a [Spec], and in which line of
// its value, counted from 0.
type SpecError struct {
	Name string // of the helper
	Key  string // "" for the helper as a whole
	Line int
	text string
}

func (e *SpecError) Error() string {
	text := "helper"
	if e.Name != "" {
		text += " " + e.Name
	}
	if e.Key != "" {
		text += ": " + e.Key
	}
	return text + ": " + e.text
}

// What op_params and op_results may be, and the Go that stands for it.
var (
	opParams  = map[string]string{"": "", "ctx": "ctx context.Context"}
	opResults = map[string]string{
		"": "error", "error": "error", "bool, error": "(bool, error)", "struct{}, error": "(struct{}, error)",
	}
	features = []Feature{MaxDelay, Unbounded, Attempts, Context, FinalErrors}
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

// Helper returns the helper that s describes. Its errors are a [*SpecError].
func (s Spec) Helper() (*Helper, error) {
	key := fmt.Sprintf("%#v", s)
	known, ok := made.Load(key)
	if !ok {
		h, err := s.check()
		if h != nil {
			h.key = key
		}
		known, _ = made.LoadOrStore(key, specResult{h, err})
	}
	res := known.(specResult)
	return res.helper, res.err
}

// made holds what became of each spec, by all that it says: a configuration is
// read for each package.
var made sync.Map

type specResult struct {
	helper *Helper
	err    error
}

// check is Helper for a spec that is new.
func (s Spec) check() (*Helper, error) {
	h, err := s.build()
	if err != nil {
		return nil, err
	}
	forever := func(form *Helper) bool { return form.Supports(Unbounded) }
	if s.Unlimited && !slices.ContainsFunc(h.Forms(), forever) {
		return nil, &SpecError{Name: s.Name, Key: "unlimited",
			text: "no call goes without a number of attempts: put it between {{if has_attempts}} and {{end}}, and leave unbounded out of unsupported"}
	}
	return h, nil
}

// build makes the helper that s describes. A spec without a shape describes one
// with several forms: one for each shape whose template is there.
func (s Spec) build() (*Helper, error) {
	if s.Shape != "" {
		return s.one()
	}
	specs, err := s.split()
	if err != nil {
		return nil, err
	}
	var forms []*Helper
	for _, form := range specs {
		h, err := form.one()
		if err != nil {
			return nil, err
		}
		forms = append(forms, h)
	}
	if len(forms) == 0 {
		return s.one() // which says what is missing
	}
	return s.join(forms)
}

// one returns the helper of the one shape that s says.
func (s Spec) one() (*Helper, error) {
	b := &builder{spec: s, helper: &Helper{
		Name: s.Name, Shape: Shape(s.Shape), Imports: map[string]string{"context": "context"},
		Module: s.Module, MinVersion: s.MinVersion, Go: s.Go,
		AtLeastOnce: s.AtLeastOnce, YieldsNumber: s.YieldsNumber, PositiveDelay: s.PositiveDelay, FirstUncapped: s.FirstUncapped,
		ChecksContext: s.ChecksContext, CancelsSuccess: s.CancelsSuccess, RetriesUnlimited: s.RetriesUnlimited, Unsupported: make(map[Feature]bool),
	}}
	b.names()
	b.imports()
	b.versions()
	b.operation()
	b.waitReturns()
	b.features()
	b.templates()
	if b.err != nil {
		return nil, b.err
	}
	if !b.helper.Supports(FinalErrors) {
		b.helper.Permanent, b.helper.ValuePermanent = nil, nil
	}
	b.helper.complete(s.Unlimited)
	return b.helper, nil
}

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
		b.fail("name", "this is the name of a preset: take another")
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
			b.fail("imports", "%q is no package name: write name: path", name)
		} else if module.CheckImportPath(path) != nil {
			b.fail("imports", "%q is no import path", path)
		}
		b.helper.Imports[name] = path
	}
}

func (b *builder) versions() {
	s := b.spec
	if s.Module != "" && module.CheckImportPath(s.Module) != nil {
		b.fail("module", "%q is no module path", s.Module)
	}
	if s.MinVersion != "" && !semver.IsValid(s.MinVersion) {
		b.fail("min_version", "%q is no version: write it as in go.mod, such as v1.2.3", s.MinVersion)
	}
	if s.Go == "" {
		return
	}
	b.helper.Go = "go" + strings.TrimPrefix(s.Go, "go")
	if !version.IsValid(b.helper.Go) {
		b.fail("go", "%q is no language version: write it as go1.23", s.Go)
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
