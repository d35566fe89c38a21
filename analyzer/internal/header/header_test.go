package header

import (
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
	"github.com/sharedretry/sharedretry/analyzer/internal/write/writetest"
)

var acme = helper.Spec{
	Name: "acme", Shape: "loop", Imports: map[string]string{"acme": "go.acme.dev/acme"}, Unlimited: true,
	Header: "range acme.Attempts({{ctx}}, {{if has_attempts}}{{attempts}}{{else}}-1{{end}}, {{delay}}{{if has_max_delay}}, {{max_delay}}{{end}})",
}

// Each source in testdata is fixed, by a helper that gives the attempts, as it says there.
func TestHeader(t *testing.T) { sourcetest.Tables(t, writetest.Fixed(New, &acme)) }

// A helper that gives the number of the attempt gets no loop that would count beside it.
func TestCountedApart(t *testing.T) {
	numbered := acme
	numbered.YieldsNumber = true
	for _, test := range []struct{ name, header, want string }{
		{"up", "n := 1; n <= 3; n++", ""},
		{"down", "n := 3; n > 0; n--", "no fix: " + string(reason.CountedApart)},
	} {
		got := writetest.Fixed(New, &numbered).Of(t, "func f() (err error) {\n\tfor "+test.header+" {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\tlog.Print(n)\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n")
		if (test.want == "") == strings.HasPrefix(got, "no fix") || test.want != "" && got != test.want {
			t.Errorf("%s: got %s", test.name, got)
		}
	}
}
