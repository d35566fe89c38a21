package analyzer

import (
	"strings"
	"testing"
)

// FuzzConfig reads configurations: each is right, or its error names the file and a
// line.
func FuzzConfig(f *testing.F) {
	for _, text := range []string{
		"", "rules: [retry-loop]\ntests: true\n", "helper: ./retry\nbaseline: b\n", "rules: [all]\n---\n{}\n", "a: &a [*a]\n", "? [x]\n",
		"helpers:\n  - name: acme\n    imports: {acme: go.acme.dev/retry}\n    call: acme.Do({{ctx}}, {{attempts}}, {{delay}}, {{op}})\n",
		"helpers: &h\n  - &i {name: x}\n  - *i\n", "exclude:\n  - path: a/**/b\n    reason: why\n",
		"policies:\n  - identifier: go.acme.dev/retry.NewLinear\n    growth: linear\n    remedy: x\n",
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
		_ = opts.Validate() // of what the file does not say
	})
}
