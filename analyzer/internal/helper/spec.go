package helper

import (
	"fmt"
	"slices"
	"sync"
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
	AgainNil      bool `json:"again_nil" yaml:"again_nil"`
	PermanentNil  bool `json:"permanent_nil" yaml:"permanent_nil"`
	PermanentOf   bool `json:"permanent_of" yaml:"permanent_of"`
	PositiveDelay bool `json:"positive_delay" yaml:"positive_delay"`
	Unlimited     bool `json:"unlimited" yaml:"unlimited"`

	ChecksContext  bool `json:"checks_context" yaml:"checks_context"`
	CancelsSuccess bool `json:"cancels_success" yaml:"cancels_success"`

	RetriesUnlimited bool     `json:"retries_unlimited" yaml:"retries_unlimited"`
	Unsupported      []string `json:"unsupported" yaml:"unsupported"`

	// Empty has the keys that are false or empty on purpose, such as at_least_once:
	// what Package says of them does not count.
	Empty []string `json:"-" yaml:"-"`

	// Retries is what Package takes, by its name alone, for the number of attempts
	// less one; "" if there is none.
	Retries string `json:"-" yaml:"-"`
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
		AtLeastOnce: s.AtLeastOnce, YieldsNumber: s.YieldsNumber, AgainNil: s.AgainNil, PermanentNil: s.PermanentNil, PermanentOf: s.PermanentOf, PositiveDelay: s.PositiveDelay,
		ChecksContext: s.ChecksContext, CancelsSuccess: s.CancelsSuccess, RetriesUnlimited: s.RetriesUnlimited, Retries: s.Retries, Unsupported: make(map[Feature]bool),
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
		b.helper.Permanent, b.helper.ValuePermanent, b.helper.PermanentOf = nil, nil, false
	}
	b.helper.complete(s.Unlimited)
	return b.helper, nil
}
