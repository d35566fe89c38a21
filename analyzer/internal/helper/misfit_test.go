package helper

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"
)

// acmeModule has a helper of each shape.
var acmeModule = map[string]string{
	"go.mod": "module example.com/m\n\ngo 1.26\n",
	"acme/acme.go": `package acme

import (
	"context"
	"iter"
	"net/http"
	"time"

	"example.org/gone"
)

type Policy struct {
	Attempts uint
	Delay    time.Duration
	MaxDelay time.Duration
	hidden   gone.Type
}

type Option func(*config)

type config struct{ client *http.Client }

func Attempts(n uint) Option         { return nil }
func Delay(d time.Duration) Option   { return nil }
func MaxDelay(d time.Duration) Option { return nil }

func Do(ctx context.Context, op func() error, opts ...Option) error { return nil }
func DoContext(ctx context.Context, op func(context.Context) error, opts ...Option) error { return nil }
func Run(ctx context.Context, p Policy, op func() error) error { return nil }
func Value[T any](ctx context.Context, op func() (T, error), opts ...Option) (T, error) { var v T; return v, nil }
func Count(op func() error) (int, error) { return 0, nil }
func Quiet(op func() error) {}
func Poll(op func() (bool, error)) error { return nil }
func Final(err error) error { return err }
func Undone(err error) bool { return false }
func Trust(t gone.Type, op func() error) error { return nil }
func With(t gone.Type) gone.Type { return t }

func Each(ctx context.Context, n int, d time.Duration) iter.Seq[int] { return nil }

type Loop struct{}

func Start(ctx context.Context, d time.Duration) *Loop { return nil }
func (*Loop) Next() bool { return false }

type Outer struct{ gone.Inner }

func NewOuter() *Outer { return nil }

type Waiter struct{ D time.Duration }

func New(d time.Duration) *Waiter { return nil }
func (*Waiter) Wait(ctx context.Context) error { return nil }
func (*Waiter) Pause(done <-chan struct{}) bool { return true }
func (*Waiter) Reset() {}

var secret = 1
`,
	"acme/other_plan9.go": "package acme\n\nfunc Elsewhere(op func() error) error { return nil }\n",
	"empty/x_test.go":     "package empty\n",
}

func acmeSpec(s Spec) Spec {
	s.Name, s.Imports = "acme", map[string]string{"acme": "example.com/m/acme"}
	return s
}

// misfitOf returns what is said of s in acmeModule, with the key and the line.
func misfitOf(t *testing.T, dir string, s Spec) string {
	t.Helper()
	h, err := s.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var se *SpecError
	if err := Misfit(dir, h); !errors.As(err, &se) {
		return ""
	}
	return fmt.Sprintf("%s:%d: %s", se.Key, se.Line, se.text)
}

func TestMisfit(t *testing.T) {
	dir := tree(t, acmeModule)
	const doIs = "; it is func acme.Do(ctx context.Context, op func() error, opts ...acme.Option) error"
	for _, test := range []struct {
		name string
		spec Spec
		want string
	}{
		{"call", Spec{Call: "acme.Do({{ctx}}, {{op}}, acme.Attempts({{attempts \"uint\"}}), acme.Delay({{delay}}){{if has_max_delay}}, acme.MaxDelay({{max_delay}}){{end}})",
			ValueCall: "acme.Value({{ctx}}, {{op}}, acme.Delay({{delay}}))", Permanent: "acme.Final({{err}})"}, ""},
		{"operation with a context", Spec{Call: "acme.DoContext({{ctx}}, {{op}})", OpParams: "ctx"}, ""},
		{"header", Spec{Header: "range acme.Each({{ctx}}, {{attempts}}, {{delay}})"}, ""},
		{"header with clauses", Spec{Header: "l := acme.Start({{ctx}}, {{delay}}); l.Next();"}, ""},
		{"wait", Spec{Init: "w := acme.New({{delay}})", Wait: "w.Wait({{ctx}})", Reset: "w.Reset()"}, ""},
		{"wait of a literal", Spec{Init: "w := &acme.Waiter{D: {{delay}}}", Wait: "w.Wait({{ctx}})"}, ""},
		{"what is not at hand fits", Spec{Call: "acme.Trust(acme.With(1), {{op}})"}, ""},
		{"methods of what is not at hand", Spec{Init: "w := acme.NewOuter()", Wait: "w.Wait({{ctx}})"}, ""},
		{"a function is there or is not", Spec{Init: "w := acme.NewOuter({{delay}})", Wait: "w.Wait({{ctx}})"}, "init:0: acme.NewOuter does not take 1 argument; it is func acme.NewOuter() *acme.Outer"},
		{"in a file for other systems", Spec{Call: "acme.Elsewhere({{op}})"}, ""},
		{"polling", Spec{Call: "acme.Poll({{op}})", OpResults: "bool, error", Success: "true, nil", Again: "false, nil"}, ""},

		{"wait that tells by a bool", Spec{Init: "w := acme.New({{delay}})", Wait: "w.Pause({{done}})", WaitReturns: "bool"}, ""},

		{"misspelled", Spec{Call: "acme.Dx({{ctx}}, {{op}})"}, "call:0: acme.Dx is not in example.com/m/acme; it has Delay, Do, Each, New, Run"},
		{"misspelled, in its line", Spec{Call: "acme.Do(\n\t{{ctx}},\n\t{{op}},\n\tacme.Delai({{delay}}),\n)"}, "call:3: acme.Delai is not in example.com/m/acme; it has Delay, Do, Final, MaxDelay, New"},
		{"misspelled under a condition", Spec{Call: "acme.Do({{ctx}},\n{{op}}{{if not has_max_delay}}, acme.NoMax(){{end}})"}, "call:1: acme.NoMax is not in example.com/m/acme; it has Count, Delay, Do, Final, New"},
		{"not exported", Spec{Call: "acme.Do({{ctx}}, {{op}}, acme.secret)"}, "call:0: acme.secret is not in example.com/m/acme; it has Loop, Option, Outer, Policy, Waiter"},
		{"misspelled elsewhere", Spec{Call: "acme.Do({{ctx}}, {{op}})", Permanent: "acme.Stop({{err}})"}, "permanent:0: acme.Stop is not in example.com/m/acme; it has Do, Each, New, Poll, Start"},
		{"a mark of one error only", Spec{Call: "acme.Do({{ctx}}, {{op}})", Permanent: "acme.Final({{err}})", PermanentOf: true}, "permanent_of:0: acme.Final does not take 2 arguments; it is func acme.Final(err error) error"},
		{"field", Spec{Call: "acme.Run({{ctx}}, acme.Policy{Atempts: {{attempts \"uint\"}}}, {{op}})"}, "call:0: acme.Policy has no field Atempts; it has Attempts, Delay, MaxDelay"},
		{"method", Spec{Init: "w := acme.New({{delay}})", Wait: "w.Wiat({{ctx}})"}, "wait:0: *acme.Waiter has no field or method Wiat; it has D, Pause, Reset, Wait"},

		{"swapped", Spec{Call: "acme.Do({{op}}, {{ctx}})"}, "call:0: acme.Do takes context.Context where {{op}} is given" + doIs},
		{"too few", Spec{Call: "acme.Run({{ctx}}, {{op}})"}, "call:0: acme.Run does not take 2 arguments; it is func acme.Run(ctx context.Context, p acme.Policy, op func() error) error"},
		{"too many", Spec{Call: "acme.Count({{ctx}}, {{op}})"}, "call:0: acme.Count does not take 2 arguments; it is func acme.Count(op func() error) (int, error)"},
		{"number", Spec{Call: "acme.Do({{ctx}}, {{op}},\nacme.Attempts({{attempts}}))"}, `call:1: write {{attempts "uint"}}: {{attempts}} is an int`},
		{"number of a field", Spec{Call: "acme.Run({{ctx}}, acme.Policy{Attempts: {{retries}}}, {{op}})"}, `call:0: write {{retries "uint"}}: {{retries}} is an int`},
		{"operation without its context", Spec{Call: "acme.DoContext({{ctx}}, {{op}})"}, "call:0: say op_params: ctx: acme.DoContext takes func(context.Context) error where {{op}} is given"},
		{"operation with a context too many", Spec{Call: "acme.Do({{ctx}}, {{op}})", OpParams: "ctx"}, "call:0: leave out op_params: acme.Do takes func() error where {{op}} is given"},
		{"polling, not said", Spec{Call: "acme.Poll({{op}})"}, `call:0: say op_results: "bool, error": acme.Poll takes func() (bool, error) where {{op}} is given`},
		{"two results", Spec{Call: "acme.Count({{op}})"}, "call:0: acme.Count returns (int, error), and must return an error; it is func acme.Count(op func() error) (int, error)"},
		{"no result", Spec{Call: "acme.Quiet({{op}})"}, "call:0: acme.Quiet returns nothing, and must return an error; it is func acme.Quiet(op func() error)"},
		{"no value", Spec{Call: "acme.Do({{ctx}}, {{op}})", ValueCall: "acme.Count({{op}})"}, "value_call:0: acme.Count takes func() error where {{op}} is given; it is func acme.Count(op func() error) (int, error)"},
		{"generic", Spec{Call: "acme.Value({{ctx}}, {{op}})"}, `call:0: say op_results: "struct{}, error": in call to acme.Value, type func() error of {{op}} does not match func() (T, error) (cannot infer T)`},
		{"no error", Spec{Call: "acme.Do({{ctx}}, {{op}})", Permanent: "acme.Undone({{err}})"}, "permanent:0: cannot use acme.Undone({{err}}) (value of type bool) as error value in return statement: bool does not implement error (missing method Error)"},
		{"header of no loop", Spec{Header: "range acme.New({{delay}})"}, "header:0: cannot range over acme.New({{delay}}) (value of type *acme.Waiter)"},
		{"wait without an error", Spec{Init: "w := acme.New({{delay}})", Wait: "w.Reset()"}, "wait:0: w.Reset returns nothing, and must return an error; it is func (*acme.Waiter).Reset()"},

		{"what the body is to use", Spec{Header: "n := range acme.Each({{ctx}}, {{attempts}}, {{delay}})"}, ""},
		{"wait with a bool, not said", Spec{Init: "w := acme.New({{delay}})", Wait: "w.Pause({{done}})"}, "wait:0: say wait_returns: bool: w.Pause returns bool, and must return an error"},
		{"wait with an error, said to be a bool", Spec{Init: "w := acme.New({{delay}})", Wait: "w.Wait({{ctx}})", WaitReturns: "bool"}, "wait:0: leave out wait_returns: w.Wait returns error, and must return a bool"},
		{"no such package", func() Spec {
			s := acmeSpec(Spec{Call: "acme.Do({{op}})"})
			s.Imports["acme"] = "example.com/m/acne"
			return s
		}(), "imports:0: there is no package example.com/m/acne in example.com/m"},
		{"tests alone", func() Spec {
			s := acmeSpec(Spec{Call: "acme.Do({{op}})"})
			s.Imports["acme"] = "example.com/m/empty"
			return s
		}(), "imports:0: there is no package example.com/m/empty in example.com/m"},
		{"of another module", func() Spec {
			s := acmeSpec(Spec{Call: "acme.Do({{op}})"})
			s.Imports["acme"] = "go.acme.dev/retry"
			return s
		}(), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := test.spec
			if s.Imports == nil {
				s = acmeSpec(s)
			}
			if got := misfitOf(t, dir, s); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// What a package says of leaving the number out counts: only that it is no limit
// allows loops without a bound.
func TestNoLimitOfPackage(t *testing.T) {
	const call = "acme.Run({{ctx}}, acme.Policy{ {{if has_attempts}}Attempts: {{attempts}}, {{end}}Delay: {{delay}}}, {{op}})"
	const header = "range acme.Each({{ctx}}, acme.Policy{ {{if has_attempts}}Attempts: {{attempts}}, {{end}}Delay: {{delay}}})"
	for comment, want := range map[string]bool{
		"":                                     false,
		"at most":                              false,
		"at most; 0 or less: no limit":         true,
		"0 for no limit":                       true,
		"zero means to retry forever.":         true,
		"Unset, it is unlimited":               false, // the comma could begin anything
		"not positive: for ever":               true,
		"if left out, forever":                 false,
		"10 by default; -1: no limit":          false,
		"0 is the default, or no limit":        false,
		"0 does not mean no limit":             false,
		"10 attempts, no limit of the time":    false,
		"if 0, ten. There is no limit without": false,
	} {
		dir := tree(t, map[string]string{
			"go.mod": "module example.com/m\n\ngo 1.26\n",
			"acme/acme.go": `package acme

import (
	"context"
	"iter"
	"time"
)

type Policy struct {
	Attempts int // ` + comment + `
	Delay    time.Duration
}

func Run(context.Context, Policy, func() error) error { return nil }
func Each(context.Context, Policy) iter.Seq[int] { return nil }
`})
		for _, s := range []Spec{{Call: call}, {Call: call, Header: header}, {Header: header, Shape: "loop"}} {
			h, err := acmeSpec(s).Helper()
			if err != nil {
				t.Fatal(err)
			}
			if err := Misfit(dir, h); err != nil {
				t.Fatal(err)
			}
			got, problem := Select(dir, "example.com/m/x", h)
			if got == nil {
				t.Fatal(problem)
			}
			for _, form := range got.Forms() {
				if form.Supports(Unbounded) != want || form.NoLimitUnsaid == want {
					t.Errorf("%q, %s: supported %v, want %v", comment, form.Shape, form.Supports(Unbounded), want)
				}
			}
		}
		option := acmeSpec(Spec{Call: "acme.Run({{ctx}}, acme.Policy{}, {{op}})"})
		h, err := option.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := Select(dir, "example.com/m/x", h); got.Supports(Unbounded) {
			t.Errorf("%q: supported without a number", comment)
		}
	}
}

// The known libraries fit what the table says of them, in the versions of
// testdata/presets.
func TestPresetsFit(t *testing.T) {
	dir := filepath.Join("testdata", "presets")
	download := exec.Command("go", "mod", "download")
	download.Dir = dir
	if out, err := download.CombinedOutput(); err != nil {
		t.Fatalf("go mod download: %v\n%s", err, out)
	}
	m, _ := moduleAt(dir)
	for _, p := range presets {
		for _, form := range Preset(p.name).Forms() {
			_, set, err := m.compare(form)
			switch {
			case err != nil:
				t.Errorf("%s: %v", p.name, err)
			case set == nil:
				t.Errorf("%s is not at hand", p.name)
			case !set.Complete:
				t.Errorf("%s: not all that it names was found", p.name)
			}
		}
	}
}
