package claims

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// acme has a form of each kind.
var acme = helper.Spec{
	Name: "acme", Imports: map[string]string{"acme": "go.acme.dev/retry"},
	Call:      "acme.Do({{ctx}}, {{if has_attempts}}{{attempts}}{{else}}0{{end}}, {{delay}}{{if has_max_delay}}, acme.Max({{max_delay}}){{end}}, {{op}})",
	Permanent: "acme.Stop({{err}})", OpParams: "ctx",
	Header: "range acme.Attempts({{ctx}}, {{if has_attempts}}{{attempts}}{{else}}0{{end}}, {{delay}})",
	Init:   "w := acme.New({{delay}})", Wait: "w.Wait({{ctx}})", Reset: "w.Reset()",
}

// The test calls the helper in each way that a fix may write, and compiles as far as
// that can be told without the helper.
func TestTest(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*helper.Spec)
		want   []string
		lack   []string
	}{
		{"all forms", func(*helper.Spec) {}, []string{
			"package acme_test", `acme "go.acme.dev/retry"`, "acme.Do(ctx, attempts, delay, run)", "acme.Do(ctx, 0, delay, run)", "acme.Do(ctx, attempts, delay, acme.Max(limit), run)",
			"acme.Stop(err)", "range acme.Attempts(ctx, attempts, delay)", "w := acme.New(delay)", "w.Wait(ctx)", "w.Reset()",
		}, nil},
		{"a call alone", func(s *helper.Spec) { s.Header, s.Init, s.Wait, s.Reset = "", "", "", "" }, []string{"acme.Do("}, []string{"acme.Attempts(", "w.Wait("}},
		{"no final errors", func(s *helper.Spec) { s.Permanent = "" }, []string{"acme.Do("}, []string{"acme.Stop("}},
		{"no limit", func(s *helper.Spec) { s.Unsupported = []string{"max_delay"} }, []string{"acme.Do("}, []string{"acme.Max("}},
		{"another package", func(s *helper.Spec) { s.Imports = map[string]string{"acme": "go.acme.dev/acme"} }, []string{`"go.acme.dev/acme"`}, []string{`acme "go.acme.dev/acme"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			spec := acme
			test.change(&spec)
			h, err := spec.Helper()
			if err != nil {
				t.Fatal(err)
			}
			text, err := Test(h, "acme_test")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := parser.ParseFile(token.NewFileSet(), "fixes_test.go", text, parser.AllErrors); err != nil {
				t.Error(err)
			}
			for _, want := range test.want {
				if !strings.Contains(string(text), want) {
					t.Errorf("%s is missing", want)
				}
			}
			for _, lack := range test.lack {
				if strings.Contains(string(text), lack) {
					t.Errorf("%s is there", lack)
				}
			}
			if t.Failed() {
				t.Logf("%s", text)
			}
		})
	}
}

// What fixes cannot call is not tested.
func TestNothing(t *testing.T) {
	spec := acme
	spec.Header, spec.Init, spec.Wait, spec.Reset, spec.Unsupported = "", "", "", "", []string{"attempts", "unbounded"}
	h, err := spec.Helper()
	if err != nil {
		t.Fatal(err)
	}
	const want = "helper acme: what is unsupported leaves nothing that a fix could call"
	if _, err := Test(h, "acme_test"); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
