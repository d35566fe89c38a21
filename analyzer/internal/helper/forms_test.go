package helper

import (
	"slices"
	"testing"
)

// allForms is a helper with all forms.
func allForms() Spec {
	return Spec{
		Name: "acme", Imports: map[string]string{"acme": "go.acme.dev/retry"},
		Call: "acme.Do({{ctx}}, {{attempts}}, {{delay}}, {{op}})", Permanent: "acme.Stop({{err}})",
		Header: "range acme.Attempts({{ctx}}, {{if has_attempts}}{{attempts}}{{else}}-1{{end}}, {{delay}})", AtLeastOnce: true,
		Init: "w := acme.NewWaiter({{delay}})", Wait: "w.Wait({{ctx}})", Reset: "w.Reset()",
	}
}

func TestForms(t *testing.T) {
	h, err := allForms().Helper()
	if err != nil {
		t.Fatal(err)
	}
	var got []Shape
	for _, form := range h.Forms() {
		got = append(got, form.Shape)
	}
	if want := []Shape{Callback, Loop, Wait}; !slices.Equal(got, want) {
		t.Fatalf("got the forms %v, want %v", got, want)
	}
	callback, loop, wait := h.Forms()[0], h.Forms()[1], h.Forms()[2]
	if callback.Permanent == nil || callback.Header != nil || callback.AtLeastOnce {
		t.Errorf("callback: %+v", callback)
	}
	if !loop.AtLeastOnce || loop.Go != "go1.23" || loop.Call != nil || !loop.Supports(Unbounded) {
		t.Errorf("loop: %+v", loop)
	}
	if wait.Reset == nil || wait.Go != "" || wait.Header != nil {
		t.Errorf("wait: %+v", wait)
	}
	if !h.Owns("go.acme.dev/retry") || callback.Supports(Unbounded) {
		t.Error("the forms are not read apart, or not joined")
	}
}

func TestFormsOfOneShape(t *testing.T) {
	s := allForms()
	s.Header, s.Wait, s.Init, s.Reset, s.AtLeastOnce = "", "", "", "", false
	h, err := s.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if forms := h.Forms(); len(forms) != 1 || forms[0].Shape != Callback {
		t.Errorf("got the forms %v", forms)
	}
}

func TestFormsErrors(t *testing.T) {
	for _, test := range []struct {
		change func(*Spec)
		want   string
	}{
		{func(s *Spec) {
			s.Imports = map[string]string{"acme": "go.acme.dev/retry", "other": "go.acme.dev/other"}
		},
			"helper acme: imports: other is used by no template: leave it out"},
		{func(s *Spec) { *s = Spec{Name: "acme", Imports: s.Imports} },
			"helper acme: call, header and wait are missing: write one of them or more, as the helper is called"},
		{func(s *Spec) { s.Wait = "" }, "helper acme: reset: means nothing without wait: write that, or leave it out"},
		{func(s *Spec) { s.Wait = "w.Wait({{op}})" },
			"helper acme: wait: {{op}} means nothing here: known are ctx, attempts, retries, delay, max_delay, name, done, err"},
		{func(s *Spec) { s.WaitReturns = "int" },
			`helper acme: wait_returns: unknown result "int": say error, bool for one that is false if the wait ended early, or nothing`},
		{func(s *Spec) { s.Shape = "loop" }, "helper acme: call: does not fit the shape loop: leave it out, or say shape: callback"},
	} {
		s := allForms()
		test.change(&s)
		if _, err := s.Helper(); err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}
