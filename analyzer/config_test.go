package analyzer

import (
	"reflect"
	"strings"
	"testing"
)

func TestParseConfig(t *testing.T) {
	const known = "known rules are retry-loop, linear-backoff, reconnect-loop, poll-loop, or all"
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

		{"unknown key", "tests: true\n\nrule: all\n", Options{}, `:3: unknown key "rule": known keys are rules, tests`},
		{"key twice", "tests: true\ntests: false\n", Options{}, `:2: key "tests" is here twice: keep one`},
		{"merge key", "<<: {tests: true}\n", Options{}, `:1: unknown key "<<": known keys are rules, tests`},
		{"unknown rule", "rules:\n  - retry-loop\n  - retry\n", Options{}, `:3: unknown rule "retry": ` + known},
		{"rules is a name", "rules: all\n", Options{}, ":1: rules must be a list of names, such as [retry-loop, linear-backoff, reconnect-loop]"},
		{"rules is empty", "rules: []\n", Options{}, ":1: rules must be a list of names, such as [retry-loop, linear-backoff, reconnect-loop]"},
		{"rules is null", "rules:\ntests: true\n", Options{}, ":1: rules must be a list of names, such as [retry-loop, linear-backoff, reconnect-loop]"},
		{"rules is a mapping", "rules:\n  retry-loop: true\n", Options{}, ":2: rules must be a list of names, such as [retry-loop, linear-backoff, reconnect-loop]"},
		{"a rule is a list", "rules: [[all]]\n", Options{}, ":1: a rule must be a name"},
		{"tests is a string", "tests: \"true\"\n", Options{}, ":1: tests must be true or false"},
		{"tests is a number", "tests: 1\n", Options{}, ":1: tests must be true or false"},
		{"tests is null", "tests:\n", Options{}, ":1: tests must be true or false"},
		{"not a mapping", "- rules\n", Options{}, ":1: want keys and values: known keys are rules, tests"},
		{"two documents", "tests: true\n---\ntests: false\n", Options{}, ":2: a second document: keep one"},
		{"syntax", "tests: true\nrules: [\n", Options{}, ":"},
		{"tab", "rules:\n\t- all\n", Options{}, ":2: found character that cannot start any token"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := parseConfig("dir/x.yml", []byte(test.text))
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

// Whatever a file holds, reading it ends in options or in an error that begins
// with its name, and options that were read are valid.
func FuzzParseConfig(f *testing.F) {
	for _, seed := range []string{"rules: [all]\ntests: true\n", "rules: &a [*a]\n", "- x\n---\n", "? {a: b}\n: c\n", "%YAML 1.1\n---\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		opts, err := parseConfig("x.yml", []byte(text))
		if err == nil {
			err = opts.Validate()
		} else if strings.HasPrefix(err.Error(), "x.yml:") {
			err = nil
		}
		if err != nil {
			t.Error(err)
		}
	})
}
