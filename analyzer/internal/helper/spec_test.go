package helper

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
)

// specs are helpers such as repositories have.
func specs() map[string]Spec {
	acme := map[string]string{"acme": "go.acme.dev/retry"}
	return map[string]Spec{
		"callback": {Name: "acme", Shape: "callback", Imports: acme, OpParams: "ctx",
			Call:      "acme.Do({{ctx}}, {{attempts}}, {{delay}}{{if has_max_delay}}, acme.Max({{max_delay}}){{end}}, {{op}})",
			ValueCall: "acme.DoValue[{{T}}]({{ctx}}, {{attempts}}, {{delay}}, {{op}})", Permanent: "acme.Stop({{err}})"},
		"inverted": {Name: "acme", Shape: "callback", Imports: acme, Call: "acme.Do({{op}})", Again: "acme.Retry({{err}})", Permanent: "{{err}}"},
		"pacer": {Name: "acme", Shape: "callback", Imports: acme, Call: "acme.Call({{op}})", OpResults: "bool, error",
			Success: "false, nil", Again: "true, {{err}}", Permanent: "false, {{err}}"},
		"generic": {Name: "acme", Shape: "callback", Imports: acme, Call: "acme.Do({{op}})", ValueCall: "acme.Do({{op}})",
			OpResults: "struct{}, error", ValueOnError: "last"},
		"loop":  {Name: "acme", Shape: "loop", Imports: acme, Header: `r := acme.Start({{ctx}}, acme.Options{Base: {{delay}}, Retries: {{retries "uint"}}}); r.Next();`},
		"range": {Name: "acme", Shape: "loop", Imports: acme, Header: "range acme.Attempts({{if has_attempts}}{{attempts}}{{else}}-1{{end}}, {{delay}})"},
		"wait":  {Name: "acme", Shape: "wait", Imports: acme, Init: "w := &acme.W{D: {{delay}}}", Wait: "w.Wait({{ctx}})", Reset: "w.Reset()"},
	}
}

func TestSpec(t *testing.T) {
	type result struct {
		unsupported     []Feature
		success, again  string
		language        string
		valueAgain      string
		dropsValue      bool
		permanent, init bool
	}
	for name, want := range map[string]result{
		"callback": {unsupported: []Feature{Unbounded}, success: "nil", again: "err", valueAgain: "err", permanent: true},
		"inverted": {unsupported: []Feature{Attempts, Context, MaxDelay, Unbounded}, success: "nil", again: "acme.Retry(err)", permanent: true},
		"pacer":    {unsupported: []Feature{Attempts, Context, MaxDelay, Unbounded}, success: "false, nil", again: "true, err", permanent: true},
		"generic": {unsupported: []Feature{Attempts, Context, MaxDelay, Unbounded}, success: "struct{}{}, nil", again: "struct{}{}, err",
			valueAgain: "err", dropsValue: true},
		"loop":  {unsupported: []Feature{MaxDelay, Unbounded}},
		"range": {unsupported: []Feature{Context, MaxDelay}, language: "go1.23"},
		"wait":  {unsupported: []Feature{MaxDelay}, init: true},
	} {
		h, err := specs()[name].Helper()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		render := func(t *Template) string {
			if t == nil {
				return ""
			}
			return t.Render(Args{Err: "err"}, nil)
		}
		got := result{slices.Sorted(maps.Keys(h.Unsupported)), render(h.Success), render(h.Again), h.Go, render(h.ValueAgain),
			h.DropsValue, h.Permanent != nil, h.Init != nil}
		if !slices.Equal(got.unsupported, slices.Sorted(slices.Values(want.unsupported))) {
			t.Errorf("%s: unsupported %q", name, got.unsupported)
		}
		got.unsupported, want.unsupported = nil, nil
		if gotText, wantText := sprint(got), sprint(want); gotText != wantText {
			t.Errorf("%s: got %s, want %s", name, gotText, wantText)
		}
	}
}

// A loop without a bound becomes a call only if the description says that, or
// how, the call has none.
func TestNoLimit(t *testing.T) {
	for _, test := range []struct {
		call      string
		unlimited bool
		want      string
	}{
		{"acme.Do({{attempts}}, {{op}})", false, "needs a number"},
		{"acme.Do({{if has_attempts}}{{attempts}}, {{end}}{{op}})", false, "unsaid"},
		{"acme.Do({{if has_attempts}}{{attempts}}, {{end}}{{op}})", true, "unlimited"},
		{"acme.Do({{if has_attempts}}{{attempts}}{{else}}0{{end}}, {{op}})", false, "unlimited"},
		{"acme.Do({{if not has_attempts}}acme.Forever(), {{else}}acme.N({{attempts}}), {{end}}{{op}})", false, "unlimited"},
		{"acme.Do({{if and has_attempts has_max_delay}}acme.N({{attempts}}, {{max_delay}}), {{end}}{{op}})", false, "unsaid"},
		{"{{if has_attempts}}acme.Times({{attempts}}, {{op}}){{else}}acme.Forever({{op}}){{end}}", false, "unlimited"},
		{"acme.Do({{op}})", false, "unsaid"},
		{"acme.Do({{op}})", true, "unlimited"},
	} {
		s := specs()["inverted"]
		s.Call, s.Unlimited = test.call, test.unlimited
		h, err := s.Helper()
		if err != nil {
			t.Errorf("%s: %v", test.call, err)
			continue
		}
		got := "unlimited"
		switch {
		case h.NoLimitUnsaid:
			got = "unsaid"
		case !h.Supports(Unbounded):
			got = "needs a number"
		}
		if got != test.want {
			t.Errorf("%s, unlimited: %v: got %s, want %s", test.call, test.unlimited, got, test.want)
		}
	}
}

func TestSpecErrors(t *testing.T) {
	for _, test := range []struct {
		of     string // of specs
		change func(*Spec)
		want   string
		line   int
	}{
		{"wait", func(s *Spec) { s.Name = "" }, "helper: name is missing: add one that helper and -helper can say", 0},
		{"wait", func(s *Spec) { s.Name = "a b" }, `helper a b: name: "a b" must not hold spaces or commas`, 0},
		{"wait", func(s *Spec) { s.Name = "client-go" }, "helper client-go: name: this is the name of a known library: choose another", 0},
		{"wait", func(s *Spec) { *s = Spec{Name: "acme"} }, "helper acme: call, header and wait are missing: write one of them or more, as the helper is called", 0},
		{"wait", func(s *Spec) { s.Shape = "func" }, `helper acme: shape: unknown shape "func": known are callback, loop, wait`, 0},
		{"wait", func(s *Spec) { s.Imports = nil }, "helper acme: imports is missing: map the package names in the templates to their paths, such as {retry: example.com/retry}", 0},
		{"wait", func(s *Spec) { s.Imports = map[string]string{"a.b": "c"} }, `helper acme: imports: "a.b" is not a package name: write name: path`, 0},
		{"wait", func(s *Spec) { s.Imports = map[string]string{"acme": "a b"} }, `helper acme: imports: "a b" is not an import path`, 0},
		{"wait", func(s *Spec) { s.Imports = map[string]string{"acme": "a.b/c", "x": "a.b/d"} }, "helper acme: imports: x is used by no template: leave it out", 0},
		{"wait", func(s *Spec) { s.Module = "/x" }, `helper acme: module: "/x" is not a module path`, 0},
		{"wait", func(s *Spec) { s.MinVersion = "1.2" }, `helper acme: min_version: "1.2" is not a version: write it as in go.mod, such as v1.2.3`, 0},
		{"wait", func(s *Spec) { s.Go = "new" }, `helper acme: go: "new" is not a language version: write it as go1.23`, 0},
		{"wait", func(s *Spec) { s.Unsupported = []string{"cap"} }, `helper acme: unsupported: unknown feature "cap": known are max_delay, unbounded, attempts, context, permanent`, 0},
		{"wait", func(s *Spec) { s.Wait = "" }, "helper acme: wait is missing: a helper of the shape wait needs it", 0},
		{"wait", func(s *Spec) { s.Wait = "w.Wait({{op}})" }, "helper acme: wait: {{op}} means nothing here: known are ctx, attempts, retries, delay, max_delay, name, done, err", 0},
		{"wait", func(s *Spec) { s.Wait = "x.Wait()" }, "helper acme: wait: x is not declared: write names with their package, and the package in imports", 0},
		{"wait", func(s *Spec) { s.Reset = "x.Reset()" }, "helper acme: reset: x is not declared: write names with their package, and the package in imports", 0},
		{"wait", func(s *Spec) { s.Reset = "w.Reset({{err}})" }, "helper acme: reset: {{err}} means nothing here: known are ctx, attempts, retries, delay, max_delay, name", 0},
		{"wait", func(s *Spec) { s.AtLeastOnce = true }, "helper acme: at_least_once: does not fit the shape wait: leave it out, or say shape: loop", 0},
		{"wait", func(s *Spec) { s.Wait = "w.Err" }, "helper acme: wait: not a call: w.Err", 0},
		{"wait", func(s *Spec) { s.Init = "w :=" }, "helper acme: init: not a statement: w :=", 0},
		{"wait", func(s *Spec) { s.Call = "acme.Do({{op}})" }, "helper acme: call: does not fit the shape wait: leave it out, or say shape: callback", 0},

		{"callback", func(s *Spec) { s.Call = "" }, "helper acme: call is missing: a helper of the shape callback needs it", 0},
		{"callback", func(s *Spec) { s.Call = "acme.Do({{atempts}}, {{op}})" },
			"helper acme: call: unknown placeholder {{atempts}}: known are ctx, attempts, retries, delay, max_delay, op, T, err, last, done, name, has_ctx, has_attempts, has_max_delay", 0},
		{"callback", func(s *Spec) { s.Call = "acme.Do(\n{{op}},\n{{T}})" }, "helper acme: call: {{T}} means nothing here: known are ctx, attempts, retries, delay, max_delay, name, op", 2},
		{"callback", func(s *Spec) { s.Call = "acme.Do({{ctx}})" }, "helper acme: call: {{op}} is missing", 0},
		{"callback", func(s *Spec) { s.Call = "acme.Do({{op}},\n {{max_delay}})" },
			"helper acme: call: {{max_delay}} is there for some sites only: put it between {{if has_max_delay}} and {{end}}", 1},
		{"callback", func(s *Spec) { s.Call = "acme.Do({{op}}" }, "helper acme: call: not a call: acme.Do({{op}}", 0},
		{"callback", func(s *Spec) { s.Call = "acme.Do({{op}}) }; func f() {" }, "helper acme: call: not a call: acme.Do({{op}}) }; func f() {", 0},
		{"callback", func(s *Spec) { s.Call = "acme.Do({{op}}{{if not has_max_delay}} 1{{end}})" },
			"helper acme: call: not a call: acme.Do({{op}} 1) (for a site without max_delay)", 0},
		{"callback", func(s *Spec) { s.Call = "other.Do({{op}})" },
			"helper acme: call: other is not declared: write names with their package, and the package in imports", 0},
		{"callback", func(s *Spec) { s.Call = "Do({{op}})" },
			"helper acme: call: Do is not declared: write names with their package, and the package in imports", 0},
		{"callback", func(s *Spec) { s.OpParams = "x int" }, `helper acme: op_params: unknown parameters "x int": say ctx, or leave it out for none`, 0},
		{"callback", func(s *Spec) { s.OpResults = "int" }, `helper acme: op_results: unknown results "int": say "error", "bool, error" or "struct{}, error"`, 0},
		{"callback", func(s *Spec) { s.ValueOnError = "x" }, `helper acme: value_on_error: unknown value "x": say zero or last`, 0},
		{"callback", func(s *Spec) { s.Success = "{{err}}" }, "helper acme: success: {{err}} means nothing here: no placeholder is known", 0},
		{"callback", func(s *Spec) { s.Success = "true, nil" }, "helper acme: success: 2 results where op_results says error", 0},
		{"callback", func(s *Spec) { s.Permanent = "acme.Stop" }, "helper acme: permanent: {{err}} is missing", 0},
		{"callback", func(s *Spec) { s.Permanent = ""; s.PermanentOf = true }, "helper acme: permanent_of: means nothing without permanent: write that, or leave it out", 0},
		{"callback", func(s *Spec) { s.ValueCall = ""; s.ValueAgain = "{{err}}" },
			"helper acme: value_call: missing: without it, leave out value_again and value_permanent", 0},
		{"callback", func(s *Spec) { s.Unlimited = true },
			"helper acme: unlimited: no call goes without a number of attempts: put it between {{if has_attempts}} and {{end}}, and leave unbounded out of unsupported", 0},
		{"wait", func(s *Spec) { s.Unlimited = true }, "helper acme: unlimited: does not fit the shape wait, where the loop keeps its count: leave it out", 0},
		{"pacer", func(s *Spec) { s.Again = "" },
			"helper acme: success and again are missing: op_results is bool, error, so say what the operation returns", 0},

		{"loop", func(s *Spec) { s.Reset = "r.Reset()" }, "helper acme: reset: does not fit the shape loop: leave it out, or say shape: wait", 0},
		{"loop", func(s *Spec) { s.Header = "" }, "helper acme: header is missing: a helper of the shape loop needs it", 0},
		{"loop", func(s *Spec) { s.Header = "for range acme.X()" }, "helper acme: header: not what stands between for and the body: for range acme.X()", 0},
		{"loop", func(s *Spec) { s.Header = "r := acme.Start(); r.Next(); {" }, "helper acme: header: not what stands between for and the body: r := acme.Start(); r.Next(); {", 0},
		{"loop", func(s *Spec) { s.Wait = "acme.W()" }, "helper acme: wait: does not fit the shape loop: leave it out, or say shape: wait", 0},
	} {
		s := specs()[test.of]
		test.change(&s)
		_, err := s.Helper()
		var se *SpecError
		if !errors.As(err, &se) || se.Error() != test.want || se.Line != test.line {
			t.Errorf("got %v\nwant %s", err, test.want)
		}
	}
}

func sprint(v any) string { return fmt.Sprintf("%+v", v) }
