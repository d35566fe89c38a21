package analyzer

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A configuration has its own keys, what it extends has the rest, and lists are
// joined. Paths are relative to the file that says them.
func TestExtends(t *testing.T) {
	root := tree(t, map[string]string{
		"common.yml": "rules: [all]\ntests: true\nhelper: acme\nbaseline: old.baseline\nexclude:\n  - {path: gen, reason: generated}\n" + acmeYAML,
		"team/common.yml": "extends: ../common.yml\ntests: false\nhelpers:\n  - name: other\n    imports: {other: go.acme.dev/other}\n" +
			"    call: other.Do({{op}})\n",
		"team/a/" + ConfigName: "extends: ../common.yml\nhelper: other\nexclude:\n  - {path: old, reason: it goes}\n",
	})
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	opts, err := LoadOptions(at("team/a"), "")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(opts.Rules, []string{"all"}) || opts.Tests || opts.Helper != "other" || opts.Baseline != at("old.baseline") {
		t.Errorf("got %+v", opts)
	}
	if len(opts.Helpers) != 2 || opts.Helpers[0].Name != "other" || opts.Helpers[1].Name != "acme" {
		t.Errorf("helpers %+v", opts.Helpers)
	}
	if len(opts.Exclude) != 2 || opts.Exclude[0].dir != at("team/a") || opts.Exclude[1].dir != root {
		t.Errorf("exclude %+v", opts.Exclude)
	}
	if files := opts.Files(); !slices.Equal(files, []string{at("team/a/" + ConfigName), at("team/common.yml"), at("common.yml")}) {
		t.Errorf("files %v", files)
	}
}

func TestExtendsErrors(t *testing.T) {
	for _, test := range []struct{ name, text, base, want string }{
		{"missing", "tests: true\nextends: missing.yml\n", "", ".sharedretry.yml:2: extends: cannot read the configuration: "},
		{"itself", "extends: .sharedretry.yml\n", "", ".sharedretry.yml:1: extends: .sharedretry.yml extends this file: leave one of the two out"},
		{"in a circle", "extends: base.yml\n", "extends: .sharedretry.yml\n", "base.yml:1: extends: .sharedretry.yml extends this file"},
		{"wrong base", "extends: base.yml\n", "tests: true\nrules: 1\n", "base.yml:2: rules must be a list"},
		{"no name", "extends: [a]\n", "", ".sharedretry.yml:1: extends must be the name of a file, such as ../common.yml"},
		{"absolute", "extends: /a.yml\n", "", ".sharedretry.yml:1: extends: /a.yml must be relative to this file"},
		{"no configuration", "extends: ../id_rsa\n", "", ".sharedretry.yml:1: extends: ../id_rsa must be a .yml file"},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := tree(t, map[string]string{"go.mod": "module m\n", ConfigName: test.text, "base.yml": test.base})
			if _, err := LoadOptions(root, ""); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// What is wrong with a helper that is described in a file that is extended is there.
func TestExtendsOrigin(t *testing.T) {
	root := tree(t, map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.26\n", "retry/retry.go": "package retry\n", ConfigName: "extends: base.yml\nhelper: acme\n",
		"base.yml": "helpers:\n  - name: acme\n    imports: {retry: example.com/m/retry}\n    call: retry.Do({{op}})\n",
	})
	opts, err := LoadOptions(root, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := opts.ValidateFor(root); err == nil || !strings.Contains(err.Error(), "base.yml:4: ") {
		t.Errorf("got %v", err)
	}
}
