package analyzer

import (
	"strings"
	"testing"
)

// FuzzConfig reads configurations: each is right, or its error names the file and a
// line.
func FuzzConfig(f *testing.F) {
	for _, text := range []string{
		"", "rules: [retry-loop]\ntests: true\n", "helper: ./retry\nbaseline: b\n", "helper: client-go\n", "rules: [all]\n---\n{}\n",
		"rules: &a [*a]\n", "- x\n---\n", "? {a: b}\n: c\n", "%YAML 1.1\n---\n", acmeYAML, acmePolicies,
		"helpers: &h\n  - &i {name: x}\n  - *i\n", "exclude:\n  - path: a/**/b\n    reason: why\n",
		"allowed_policies:\n  - identifier: go.acme.dev/retry.New*\n    packages: [example.com/m]\n    reason: why\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		opts, err := parseConfig("dir/c.yml", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "dir/c.yml:") {
				t.Errorf("no file and line: %v", err)
			}
			return
		}
		if err := opts.Validate(); err != nil {
			t.Errorf("read, but not valid: %v", err)
		}
	})
}
