package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The settings are the options of the analyzer.
func TestSettings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, settings string
		code           int
		want           string // part of the output
		findings       int
	}{
		{"rules", "          rules: [poll-loop, linear-backoff]\n", 1, "server/server.go:48:2: hand-rolled poll loop", 2},
		{"tests", "          tests: true\n", 1, "orders/orders_test.go:9:2: ", 10},
		{"exclude", "          exclude: [{path: orders, reason: they are sent by hand}]\n", 1, "server.go:55:2: ", 6},
		{"unknown setting", "          rule: [retry-loop]\n", 3,
			`plugin(sharedretry): newPlugin decoding settings: json: unknown field "rule": known settings are rules, faults, tests, helper, `, 0},
		{"unknown rule", "          rules: [retry]\n", 3, `unknown rule "retry": known rules are retry-loop, `, 0},
		{"unknown helper", "          helper: acme\n", 3, `unknown helper "acme": known are avast/retry-go/v5, `, 0},
		{"no reason", "          exclude: [{path: orders}]\n", 3, "reason is missing: say why", 0},
		{"no description", "          helpers: [{name: acme}]\n", 3, "helper acme: call, header and wait are missing: write one of them or more, as the helper is called", 0},
		{"wrong type", "          tests: 3\n", 3, "tests", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := fleet(t, settings+test.settings+"issues:\n  max-same-issues: 0\n")
			res := lint(t, dir)
			res.want(t, test.code, test.want)
			if got := findings(dir, res); len(got) != test.findings {
				t.Errorf("findings %q, want %d", got, test.findings)
			}
		})
	}
}

// .golangci.yml is all that counts: golangci-lint would not see that another
// file changed.
func TestConfigurationFile(t *testing.T) {
	t.Parallel()
	dir := fleet(t, settings+"-- .sharedretry.yml --\nrules: [poll-loop]\n")
	if got := findings(dir, lint(t, dir)); len(got) == 0 || slices.Contains(got, "server/server.go:48:2 poll-loop") {
		t.Errorf("findings %q", got)
	}
}

// Comments are golangci-lint's affair, also those without effect.
func TestNolint(t *testing.T) {
	t.Parallel()
	const both = "          rules: [retry-loop, unused-suppression]\n"
	dir := fleet(t, strings.Replace(settings, "[sharedretry]", "[sharedretry, nolintlint]", 1)+both)
	update(t, dir, "-- orders/old.go --\npackage orders\n\nvar old = 1 //nolint:sharedretry // there was a loop\n")
	res := lint(t, dir)
	res.want(t, 1, "orders/old.go:3:13: directive `//nolint:sharedretry // there was a loop` is unused")
	for _, line := range strings.Split(res.stdout, "\n") {
		if strings.Contains(line, "old.go") && strings.Contains(line, "(sharedretry)") || strings.Contains(line, "quiet.go:8") {
			t.Errorf("got %s", line)
		}
	}
}

// Golangci-lint shows three of the issues with one text unless it is told to
// show all.
func TestSameIssues(t *testing.T) {
	t.Parallel()
	dir := fleet(t, settings+"          faults: [none]\n") // which make most texts different
	if got := findings(dir, lint(t, dir)); len(got) != 8 {
		t.Errorf("by default %d findings are shown, want 8 of 9", len(got))
	}
	if got := findings(dir, lint(t, dir, "--max-same-issues=0")); len(got) != 9 {
		t.Errorf("%d findings are shown, want 9", len(got))
	}
}

// A changed baseline is seen at once, in spite of golangci-lint's cache.
func TestBaseline(t *testing.T) {
	t.Parallel()
	dir := fleet(t, settings+"          baseline: old.txt\n")
	lint(t, dir).want(t, 3, "cannot read the baseline: open old.txt")
	run(t, dir, standalone, "-write-baseline=old.txt", "./...").want(t, 0)
	lint(t, dir).want(t, 0)
	data, err := os.ReadFile(filepath.Join(dir, "old.txt"))
	if err != nil {
		t.Fatal(err)
	}
	all := string(data)
	var less []string
	for line := range strings.Lines(all) {
		if !strings.Contains(line, "linear-backoff") {
			less = append(less, line)
		}
	}
	update(t, dir, "-- old.txt --\n"+strings.Join(less, ""))
	if got := findings(dir, lint(t, dir)); !slices.Equal(got, []string{"server/server.go:25:2 linear-backoff"}) {
		t.Errorf("with an entry less: %q", got)
	}
	update(t, dir, "-- old.txt --\n"+all)
	lint(t, dir).want(t, 0)
}

// Fixes by a helper that is described in the settings give code that builds.
// Goimports takes out the import of time.
func TestFix(t *testing.T) {
	t.Parallel()
	const helper = `          helper: again
          helpers:
            - name: again
              shape: callback
              imports: {again: example.com/fleet/again}
              call: again.Do({{attempts}}, {{delay}}, {{op}})
`
	dir := fleet(t, settings+helper+"formatters:\n  enable: [goimports]\n")
	lint(t, dir, "--fix")
	for file, loops := range map[string]int{"orders/orders.go": 2, "orders/quiet.go": 0, "server/server.go": 1} {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(data), "again.Do("); n != loops {
			t.Errorf("%s has %d calls of the helper, want %d\n%s", file, n, loops, data)
		}
		if file == "orders/orders.go" && strings.Contains(string(data), `"time"`) {
			t.Errorf("%s imports time\n%s", file, data)
		}
	}
	run(t, dir, "go", "vet", "./...").want(t, 0)
}

// A description that does not fit the helper's package is an error, and nothing
// is fixed.
func TestMisfit(t *testing.T) {
	t.Parallel()
	const helper = `          helper: again
          helpers:
            - name: again
              imports: {again: example.com/fleet/again}
              call: again.Done({{attempts}}, {{delay}}, {{op}})
`
	dir := fleet(t, settings+helper)
	res := lint(t, dir, "--fix")
	if text := res.stdout + res.stderr; res.code == 0 || !strings.Contains(text, "helper again: call: again.Done is not in example.com/fleet/again; it has Do") {
		t.Errorf("exit code %d, printed\n%s", res.code, text)
	}
	data, err := os.ReadFile(filepath.Join(dir, "server", "server.go"))
	if err != nil || strings.Contains(string(data), "again.Done") {
		t.Errorf("fixed, or %v", err)
	}
}

// SARIF and code climate hold every finding with its file and line.
func TestOutput(t *testing.T) {
	t.Parallel()
	dir := fleet(t, settings+"issues:\n  max-same-issues: 0\n")
	lint(t, dir, "--output.sarif.path=sarif.json", "--output.code-climate.path=climate.json").want(t, 1)
	want := findings(dir, lint(t, dir))

	var sarif struct {
		Runs []struct {
			Results []struct {
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	decode(t, filepath.Join(dir, "sarif.json"), &sarif)
	if n := len(sarif.Runs[0].Results); n != len(want) {
		t.Errorf("%d results in SARIF, want %d", n, len(want))
	}
	first := sarif.Runs[0].Results[0]
	if at := first.Locations[0].PhysicalLocation; at.ArtifactLocation.URI != "again/again.go" || at.Region.StartLine != 7 || !strings.HasSuffix(first.Message.Text, "(retry-helper)") {
		t.Errorf("SARIF begins with %+v", first)
	}

	var climate []struct {
		Description, Fingerprint string
		CheckName                string `json:"check_name"`
		Location                 struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	decode(t, filepath.Join(dir, "climate.json"), &climate)
	if len(climate) != len(want) {
		t.Errorf("%d issues of code climate, want %d", len(climate), len(want))
	}
	if c := climate[0]; c.CheckName != "sharedretry" || c.Location.Path != "again/again.go" || c.Location.Lines.Begin != 7 || c.Fingerprint == "" {
		t.Errorf("code climate begins with %+v", c)
	}
}

func decode(t *testing.T, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
