package analyzer

import "testing"

// An error of YAML names the line that it is on, and the remedy for what is usual.
func TestSyntaxErrors(t *testing.T) {
	const (
		head   = "rules: [all]\nhelpers:\n  - name: acme\n    imports: {acme: go.acme.dev/retry}\n"
		quotes = ": put a text with a brace, a star or a colon in quotes, or on the lines behind |"
	)
	for _, test := range []struct{ text, want string }{
		{head + "    call: acme.Do(acme.Opts{Name: \"x\"}, {{op}})\n", "f:5: mapping values are not allowed in this context" + quotes},
		{head + "    call: {{if has_ctx}}acme.Do({{op}}){{end}}\n", "f:5: did not find expected key" + quotes},
		{head + "    call: *acme\n", "f:5: unknown anchor 'acme' referenced" + quotes},
		{"exclude:\n  - path: **/*_old.go\n    reason: old\n", "f:2: did not find expected alphabetic or numeric character" + quotes},
		{"exclude:\n  - path: x\n    reason: it is: so\n", "f:3: mapping values are not allowed in this context" + quotes},
		{"exclude:\n  - path: x\n   reason: old\n", "f:3: did not find expected '-' indicator"},
		{"helpers:\n  - imports: {a: b,\n      c: d}\n    name: \"x\n", "f:4: found unexpected end of stream"},
		{"rules: [all\ntests: true\n", "f:1: did not find expected ',' or ']'"},
		{"rules:\n\t- all\n", "f:2: found character that cannot start any token: indent by blanks, not by tabs"},
	} {
		if _, err := parseConfig("f", []byte(test.text)); err == nil || err.Error() != test.want {
			t.Errorf("%q:\ngot  %v\nwant %s", test.text, err, test.want)
		}
	}
}
