package analyzer

import (
	"encoding/json"
	"flag"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// enabled returns the names of the rules that are on, in the table's order.
func (s settings) enabled() []string {
	var names []string
	for _, r := range Rules {
		if s.rules[r.Name] {
			names = append(names, r.Name)
		}
	}
	return names
}

// Flags and options win over the file, the file over the defaults.
func TestPrecedence(t *testing.T) {
	root := tree(t, map[string]string{
		"plain/go.mod":         "",
		"file/go.mod":          "",
		"file/" + ConfigName:   "rules: [poll-loop]\ntests: true\n",
		"other/" + ConfigName:  "rules: [reconnect-loop]\n",
		"broken/go.mod":        "",
		"broken/" + ConfigName: "tests: maybe\n",
	})
	other := filepath.Join(root, "other", ConfigName)
	defaults := []string{"retry-loop", "linear-backoff", "reconnect-loop"}
	everything := []string{"retry-loop", "linear-backoff", "reconnect-loop", "poll-loop"}
	for _, test := range []struct {
		name  string
		opts  Options
		flags []string
		dir   string
		rules []string
		tests bool
		err   string
	}{
		{name: "defaults", dir: "plain", rules: defaults},
		{name: "file", dir: "file", rules: []string{"poll-loop"}, tests: true},
		{name: "options over file", opts: Options{Rules: []string{"all"}}, dir: "file", rules: everything, tests: true},
		{name: "flags over file", flags: []string{"-rules=retry-loop", "-tests=false"}, dir: "file", rules: []string{"retry-loop"}},
		{name: "flags over options", opts: Options{Rules: []string{"all"}, Tests: true}, flags: []string{"-rules=retry-loop , poll-loop", "-tests=false"},
			dir: "plain", rules: []string{"retry-loop", "poll-loop"}},
		{name: "last flag counts", flags: []string{"-rules=all", "-rules=poll-loop", "-tests"}, dir: "plain", rules: []string{"poll-loop"}, tests: true},
		{name: "-config", flags: []string{"-config=" + other}, dir: "file", rules: []string{"reconnect-loop"}},
		{name: "-config=off", flags: []string{"-config=off"}, dir: "file", rules: defaults},
		{name: "Config", opts: Options{Config: NoConfig}, dir: "broken", rules: defaults},
		{name: "broken file", dir: "broken", err: ConfigName + ":1: tests must be true or false"},
		{name: "missing file", flags: []string{"-config=" + other + "x"}, dir: "file", err: "cannot read the configuration: "},
		{name: "unknown rule in options", opts: Options{Rules: []string{"x"}}, dir: "plain", err: `unknown rule "x": known rules are retry-loop, `},
		{name: "unknown rule in flag", flags: []string{"-rules=retry-loop,x"}, err: `unknown rule "x": known rules are retry-loop, `},
		{name: "no rule in flag", flags: []string{"-rules="}, err: `unknown rule "": known rules are retry-loop, `},
		{name: "not a bool", flags: []string{"-tests=maybe"}, err: "want true or false"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newResolver(test.opts)
			flags := flag.NewFlagSet("", flag.ContinueOnError)
			flags.SetOutput(io.Discard)
			r.register(flags)
			var set settings
			err := flags.Parse(test.flags)
			if err == nil {
				set, err = r.resolve(passIn(filepath.Join(root, test.dir)))
			}
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("got error %v, want %s", err, test.err)
				}
				return
			}
			if got := set.enabled(); err != nil || !slices.Equal(got, test.rules) || set.tests != test.tests {
				t.Errorf("got %q, %v, %v; want %q, %v", got, set.tests, err, test.rules, test.tests)
			}
		})
	}
}

// golangci-lint decodes settings by their json tags and rejects what is left.
func TestOptionsTags(t *testing.T) {
	dec := json.NewDecoder(strings.NewReader(`{"rules": ["all"], "tests": true}`))
	dec.DisallowUnknownFields()
	var opts Options
	if err := dec.Decode(&opts); err != nil || !opts.Tests || !slices.Equal(opts.Rules, []string{"all"}) {
		t.Errorf("got %+v, %v", opts, err)
	}
}
