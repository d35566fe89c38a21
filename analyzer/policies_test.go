package analyzer

import (
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

// acmeRetry is a library of a team, in a copy below another path.
const acmeRetry = `package retry

type Options struct{ Step, Times int }

type Client struct{ Options }

func (*Client) UseSteps() {}

func NewLinear() int            { return 0 }
func NewLinearWithJitter() int  { return 0 }
func NewExponential() int       { return 0 }
func Do(policy int, opts ...Options) {}
`

// A team has rows for its libraries, and allows some policies in some packages.
func TestPolicies(t *testing.T) {
	root := tree(t, map[string]string{
		"src/go.acme.dev/retry/v2/retry.go": acmeRetry,
		"src/example.com/m/use/use.go": `package use

import "go.acme.dev/retry/v2"

func f(c *retry.Client) {
	retry.Do(retry.NewLinear())           // want "^retry policy with linear backoff by NewLinear: call retry.NewExponential \\(backoff-policy\\)$"
	retry.Do(retry.NewLinearWithJitter()) // want "by NewLinearWithJitter: call"
	retry.Do(retry.NewExponential())
	retry.Do(0, retry.Options{Step: 3})   // want "with constant backoff by Options.Step: leave Step out"
	retry.Do(0, retry.Options{Times: 3})
	c.UseSteps()                          // want "with linear backoff by Client.UseSteps: call"
}
`,
		"src/example.com/m/store/disk/disk.go": `package disk

import "go.acme.dev/retry/v2"

func f(c *retry.Client) {
	retry.Do(retry.NewLinear())
	retry.Do(retry.NewLinearWithJitter())
	c.UseSteps() // want "by Client.UseSteps"
}
`,
	})
	opts := Options{
		Rules: []string{rulePolicy}, Config: NoConfig,
		Policies: []PolicySpec{
			{Identifier: "go.acme.dev/retry.NewLinear*", Growth: "linear", Remedy: "call retry.NewExponential"},
			{Identifier: "go.acme.dev/*.Client.UseSteps", Growth: "linear", Remedy: "call UseFactors"},
			{Identifier: "go.acme.dev/retry.Options.Step", Growth: "constant", Remedy: "leave Step out"},
		},
		AllowedPolicies: []AllowedPolicy{
			{Identifier: "go.acme.dev/retry.New*", Packages: []string{"example.com/m/store/..."}, Reason: "the store limits its own load"},
		},
	}
	var lines []string
	for _, res := range analysistest.Run(t, root, New(opts), "example.com/m/use", "example.com/m/store/disk") {
		for _, s := range res.Result.(*Result).Sites {
			if s.Rule == "" {
				lines = append(lines, s.Explain())
			}
		}
	}
	want := []string{
		"not reported, it is allowed here: the store limits its own load: NewLinear of go.acme.dev/retry/v2",
		"not reported, it is allowed here: the store limits its own load: NewLinearWithJitter of go.acme.dev/retry/v2",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got %q, want %q", lines, want)
	}
}
