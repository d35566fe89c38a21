package analyzer

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// acmeYAML describes acme, and acmeGo is it with a language version.
const acmeYAML = "helpers:\n  - &acme\n    name: acme\n    shape: callback\n    imports: {acme: go.acme.dev/retry}\n    call: acme.Do({{op}})\n"

var (
	acme = HelperSpec{Name: "acme", Shape: "callback", Imports: map[string]string{"acme": "go.acme.dev/retry"}, Call: "acme.Do({{op}})"}

	acmeGo = HelperSpec{Name: "acme", Shape: "callback", Imports: map[string]string{"acme": "go.acme.dev/retry"}, Call: "acme.Do({{op}})", Go: "1.20"}
)

// acmePolicies has a row for acme, and allows a known library in some packages.
const acmePolicies = "policies:\n  - identifier: go.acme.dev/retry.New*Linear\n    growth: linear\n    remedy: call retry.NewExponential\n" +
	"allowed_policies:\n  - identifier: github.com/cenkalti/backoff.NewConstantBackOff\n    packages: [example.com/m/store/...]\n    reason: the store limits its load\n"

var (
	acmeLinear  = PolicySpec{Identifier: "go.acme.dev/retry.New*Linear", Growth: "linear", Remedy: "call retry.NewExponential"}
	acmeAllowed = AllowedPolicy{Identifier: "github.com/cenkalti/backoff.NewConstantBackOff", Packages: []string{"example.com/m/store/..."}, Reason: "the store limits its load"}
)

func TestParseConfig(t *testing.T) {
	configDir, err := filepath.Abs("dir")
	if err != nil {
		t.Fatal(err)
	}
	const known = "known rules are retry-loop, linear-backoff, reconnect-loop, retry-helper, backoff-policy, poll-loop, unused-suppression, or all"
	for _, test := range []struct {
		name, text string
		want       Options
		err        string // after the file's name
	}{
		{"empty", "", Options{}, ""},
		{"comments", "# nothing\n", Options{}, ""},
		{"document without keys", "---\n", Options{}, ""},
		{"all keys", "rules: [retry-loop, poll-loop]\ntests: true\n",
			Options{Rules: []string{"retry-loop", "poll-loop"}, Tests: true}, ""},
		{"block list", "rules:\n  - all\n", Options{Rules: []string{"all"}}, ""},
		{"quoted, aliased", "rules: [&a \"retry-loop\"]\ntests: false\n", Options{Rules: []string{"retry-loop"}}, ""},
		{"crlf", "rules: [all]\r\ntests: true\r\n", Options{Rules: []string{"all"}, Tests: true}, ""},
		{"byte order mark", "\ufefftests: true\n", Options{Tests: true}, ""},

		{"helper", "helper: client-go\n", Options{Helper: "client-go"}, ""},
		{"helper by its module", "helper: k8s.io/client-go\n", Options{Helper: "k8s.io/client-go"}, ""},
		{"helper before its description", "helper: acme\n" + acmeYAML, Options{Helper: "acme", Helpers: []HelperSpec{acme}}, ""},
		{"helper after its description", acmeYAML + "helper: acme\n", Options{Helper: "acme", Helpers: []HelperSpec{acme}}, ""},
		{"keys that are empty on purpose", "helpers: [{name: acme, package: go.acme.dev/retry, at_least_once: false, op_params: ''}]\n",
			Options{Helpers: []HelperSpec{{Name: "acme", Package: "go.acme.dev/retry", Empty: []string{"op_params", "at_least_once"}}}}, ""},
		{"helpers without a choice", acmeYAML, Options{Helpers: []HelperSpec{acme}}, ""},
		{"a version that looks like a number", acmeYAML + "    go: 1.20\n", Options{Helpers: []HelperSpec{acmeGo}}, ""},

		{"exclusions", "exclude:\n  - {path: a/**, reason: old}\n  - package: ./b/...\n    rules: [all]\n    reason: slow\n", Options{Exclude: []Exclusion{
			{Path: "a/**", Reason: "old", dir: configDir}, {Package: "./b/...", Rules: []string{"all"}, Reason: "slow", dir: configDir}}}, ""},

		{"backslash in a path", "exclude:\n  - path: internal\\legacy\n    reason: old\n", Options{}, `:2: exclude: path internal\legacy: write / in place of \ on every system`},
		{"backslash in a package", "exclude:\n  - reason: old\n    package: .\\cmd\\...\n", Options{}, `:3: exclude: package .\cmd\...: write / in place of \ on every system`},
		{"path above", "exclude:\n  - path: ../other\n    reason: old\n", Options{}, ":2: exclude: path ../other must be below the configuration file's directory"},

		{"unknown key", "tests: true\n\nrule: all\n", Options{}, `:3: unknown key "rule": known keys are extends, rules, tests`},
		{"key twice", "tests: true\ntests: false\n", Options{}, `:2: key "tests" appears twice: keep one`},
		{"merge key", "<<: {tests: true}\n", Options{}, `:1: unknown key "<<": known keys are extends, rules, tests`},
		{"unknown rule", "rules:\n  - retry-loop\n  - retry\n", Options{}, `:3: unknown rule "retry": ` + known},
		{"rules is a name", "rules: all\n", Options{}, ":1: rules must be a list of names, such as [retry-loop, linear-backoff, reconnect-loop, retry-helper, backoff-policy, unused-suppression]"},
		{"rules is empty", "rules: []\n", Options{}, ":1: rules must be a list of names, such as [retry-loop, linear-backoff, reconnect-loop, retry-helper, backoff-policy, unused-suppression]"},
		{"rules is null", "rules:\ntests: true\n", Options{}, ":1: rules must be a list of names, such as [retry-loop, linear-backoff, reconnect-loop, retry-helper, backoff-policy, unused-suppression]"},
		{"rules is a mapping", "rules:\n  retry-loop: true\n", Options{}, ":2: rules must be a list of names, such as [retry-loop, linear-backoff, reconnect-loop, retry-helper, backoff-policy, unused-suppression]"},
		{"a rule is a list", "rules: [[all]]\n", Options{}, ":1: a rule must be a name"},
		{"tests is a string", "tests: \"true\"\n", Options{}, ":1: tests must be true or false"},
		{"tests is a number", "tests: 1\n", Options{}, ":1: tests must be true or false"},
		{"tests is null", "tests:\n", Options{}, ":1: tests must be true or false"},
		{"unknown helper", "tests: true\nhelper: acme\n", Options{}, `:2: unknown helper "acme": known are avast/retry-go/v5, avast/retry-go/v4, cenkalti/backoff/v5, `},
		{"unknown helper beside others", acmeYAML + "helper: amce\n", Options{}, `:7: unknown helper "amce": known are avast/retry-go/v5, `},
		{"helper is a list", "helper: [a]\n", Options{}, ":1: helper must be a name, such as avast/retry-go/v5; what describes one goes under helpers"},
		{"helper is null", "helper:\n", Options{}, ":1: helper must be a name, such as avast/retry-go/v5; what describes one goes under helpers"},
		{"helpers is a name", "helpers: acme\n", Options{}, ":1: helpers must be a list of descriptions, each with name, shape and imports"},
		{"helpers is empty", "helpers: []\n", Options{}, ":1: helpers must be a list of descriptions, each with name, shape and imports"},
		{"a helper is a name", "helpers:\n  - acme\n", Options{}, ":2: a helper must be keys and values: known keys are name, package, shape, imports, "},
		{"unknown key of a helper", acmeYAML + "    cal: x\n", Options{}, `:7: unknown key "cal" of a helper: known keys are name, package, shape, imports, `},
		{"key of a helper twice", acmeYAML + "    shape: loop\n", Options{}, `:7: key "shape" appears twice: keep one`},
		{"helper twice", acmeYAML + "  - *acme\n", Options{}, ":7: helper acme: this name appears twice: choose another"},
		{"placeholder without quotes", acmeYAML + "    permanent: {{err}}\n", Options{}, ":7: permanent must be a text, in quotes if it begins with {"},
		{"text is null", acmeYAML + "    permanent:\n", Options{}, ":7: permanent must be a text"},
		{"bool is a text", acmeYAML + "    positive_delay: 1\n", Options{}, ":7: positive_delay must be true or false"},
		{"list is a text", acmeYAML + "    unsupported: max_delay\n", Options{}, ":7: unsupported must be a list of names"},
		{"imports is a text", "helpers:\n  - imports: a\n", Options{}, ":2: imports must be names and their values, such as {retry: example.com/retry}"},
		{"unknown placeholder", acmeYAML + "    value_call: acme.Do({{atempts}}, {{op}})\n", Options{},
			":7: helper acme: value_call: unknown placeholder {{atempts}}: known are ctx, attempts, "},
		{"unknown placeholder below", acmeYAML + "    value_call: |\n      acme.Do(\n        {{atempts}},\n        {{op}})\n", Options{},
			":9: helper acme: value_call: unknown placeholder {{atempts}}: "},
		{"broken template", acmeYAML + "    permanent: acme.Stop({{err}}\n", Options{}, ":7: helper acme: permanent: not what to return: acme.Stop({{err}}"},
		{"missing key of a helper", "tests: true\nhelpers:\n  - name: acme\n    shape: loop\n    imports: {a: b}\n", Options{},
			":3: helper acme: header is missing: a helper of the shape loop needs it"},

		{"policies", acmePolicies, Options{Policies: []PolicySpec{acmeLinear}, AllowedPolicies: []AllowedPolicy{acmeAllowed}}, ""},
		{"policies is empty", "policies: []\n", Options{}, ":1: policies must be a list, each with identifier, growth, remedy"},
		{"a policy is a name", "policies:\n  - acme\n", Options{}, ":2: a policy must be keys and values: known keys are identifier, growth, remedy"},
		{"unknown key of a policy", "policies:\n  - identifer: x\n", Options{}, `:2: unknown key "identifer" of a policy: known keys are identifier, growth, remedy`},
		{"identifier without a package", "policies:\n  - identifier: NewLinear\n", Options{},
			`:2: identifier "NewLinear" must be an import path, a dot and a name, such as go.acme.dev/retry.NewLinear`},
		{"identifier without a name", "policies:\n  - identifier: go.acme.dev/retry\n", Options{}, `:2: identifier "go.acme.dev/retry" must be an import path, a dot`},
		{"identifier is a bad pattern", "policies:\n  - identifier: go.acme.dev/retry.New[\n", Options{}, `:2: identifier "go.acme.dev/retry.New[" is not a pattern: use *`},
		{"unknown growth", "policies:\n  - identifier: go.acme.dev/retry.New\n    growth: slow\n", Options{},
			`:2: growth "slow" of go.acme.dev/retry.New: known are constant, linear, random`},
		{"policy without a remedy", "policies:\n  - identifier: go.acme.dev/retry.New\n    growth: linear\n", Options{},
			":2: remedy of go.acme.dev/retry.New is missing: say what to call instead"},
		{"allowed nowhere", "\nallowed_policies:\n  - identifier: go.acme.dev/retry.New\n    reason: x\n", Options{},
			":3: packages of go.acme.dev/retry.New are missing: list import paths, such as example.com/m/store"},
		{"allowed without a reason", "allowed_policies:\n  - identifier: go.acme.dev/retry.New\n    packages: [a]\n", Options{},
			":2: reason of go.acme.dev/retry.New is missing: say why it is allowed there"},

		{"not a mapping", "- rules\n", Options{}, ":1: want keys and values: known keys are extends, rules, tests"},
		{"two documents", "tests: true\n---\ntests: false\n", Options{}, ":2: a second document: keep one"},
		{"syntax", "tests: true\nrules: [\n", Options{}, ":"},
		{"tab", "rules:\n\t- all\n", Options{}, ":2: found character that cannot start any token"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := parseConfig("dir/x.yml", []byte(test.text))
			got.origin = nil // which is the text itself
			for i := range got.Exclude {
				got.Exclude[i].at = spot{}
			}
			for i := range got.AllowedPolicies {
				got.AllowedPolicies[i].at = spot{}
			}
			if test.err == "" {
				if err != nil || !reflect.DeepEqual(got, test.want) {
					t.Fatalf("got %+v, %v; want %+v", got, err, test.want)
				}
				return
			}
			if err == nil || !strings.HasPrefix(err.Error(), "dir/x.yml"+test.err) {
				t.Errorf("got error %v\nwant dir/x.yml%s", err, test.err)
			}
			if !reflect.DeepEqual(got, Options{}) {
				t.Errorf("got options %+v with an error", got)
			}
		})
	}
}
