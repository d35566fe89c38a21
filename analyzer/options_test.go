package analyzer

import (
	"encoding/json"
	"flag"
	"go/types"
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
	defaults := []string{"retry-loop", "linear-backoff", "reconnect-loop", "retry-helper", "backoff-policy", "unused-suppression"}
	everything := []string{"retry-loop", "linear-backoff", "reconnect-loop", "retry-helper", "backoff-policy", "poll-loop", "unused-suppression"}
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

// The helper of a package: flags and options win over the file, the file over
// go.mod.
func TestHelperChoice(t *testing.T) {
	const mod = "module example.com/m\n\nrequire (\n\tgithub.com/avast/retry-go/v5 v5.1.1\n\tgithub.com/cenkalti/backoff/v5 v5.0.2 // indirect\n" +
		"\tgithub.com/sethvargo/go-retry v0.4.0 // indirect\n\tgo.acme.dev/retry v1.0.0\n)\n"
	root := tree(t, map[string]string{
		"none/go.mod":        "module example.com/m\n",
		"one/go.mod":         mod,
		"file/go.mod":        mod,
		"file/" + ConfigName: acmeYAML + "helper: acme\n",
	})
	own := []HelperSpec{{Name: "own", Shape: "wait", Imports: map[string]string{"acme": "go.acme.dev/retry"}, Wait: "acme.Wait({{ctx}})"}}
	for _, test := range []struct {
		name  string
		opts  Options
		flags []string
		dir   string
		want  string // a name, what there is to set, or an error
	}{
		{name: "none", dir: "none", want: "it is not known which helper to call"},
		{name: "go.mod", dir: "one", want: "avast/retry-go/v5"},
		{name: "file", dir: "file", want: "acme"},
		{name: "flag over file", flags: []string{"-helper=sethvargo/go-retry"}, dir: "file", want: "sethvargo/go-retry"},
		{name: "flag names one of the file", opts: Options{Helper: "client-go"}, flags: []string{"-helper=acme"}, dir: "file", want: "acme"},
		{name: "empty flag", flags: []string{"-helper="}, dir: "file", want: "acme"},
		{name: "options over file", opts: Options{Helper: "own", Helpers: own}, dir: "file", want: "own"},
		{name: "too old", flags: []string{"-helper=cenkalti/backoff/v5"}, dir: "one", want: "go.mod must require github.com/cenkalti/backoff/v5 v5.0.3 or later"},
		{name: "unknown", flags: []string{"-helper=acme"}, dir: "one", want: `unknown helper "acme": known are avast/retry-go/v5, `},
		{name: "unknown beside the file's", flags: []string{"-helper=own"}, dir: "file", want: `unknown helper "own": known are avast/retry-go/v5, `},
		{name: "broken", opts: Options{Helpers: []HelperSpec{{Name: "own", Shape: "wait"}}}, dir: "one", want: "helper own: imports is missing"},
		{name: "twice", opts: Options{Helpers: append(own, own...)}, dir: "one", want: "helper own: this name appears twice: choose another"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newResolver(test.opts)
			flags := flag.NewFlagSet("", flag.ContinueOnError)
			r.register(flags)
			if err := flags.Parse(test.flags); err != nil {
				t.Fatal(err)
			}
			set, err := r.resolve(passIn(filepath.Join(root, test.dir)))
			var got string
			if err != nil {
				got = err.Error()
			} else if set.chooseHelper(); set.helper != nil {
				got = set.helper.Name
			} else {
				got = set.noHelper
			}
			if !strings.HasPrefix(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if err != nil {
				return
			}
			again, _ := r.resolve(passIn(filepath.Join(root, test.dir)))
			if again.chooseHelper(); again.helper != set.helper {
				t.Error("the helper is made anew for each package")
			}
		})
	}
}

// A package of the helper is its own; one that does not wait needs none.
func TestHelperScope(t *testing.T) {
	root := tree(t, map[string]string{"go.mod": "module example.com/n\n", ConfigName: strings.ReplaceAll(acmeYAML, "go.acme.dev", "example.com/m") + "helper: acme\n"})
	for _, test := range []struct {
		path         string
		owned, asked bool
	}{
		{"example.com/m/retry", true, false},
		{"example.com/m/retry/retrytest", true, false},
		{"example.com/m/retry_test", true, false},
		{"example.com/m/other", false, true},
	} {
		pass := passIn(root)
		pass.Pkg = types.NewPackage(test.path, "p")
		set, err := newResolver(Options{}).resolve(pass)
		if err == nil {
			set.chooseHelper()
		}
		if err != nil || set.owned != test.owned || set.noHelper != "" {
			t.Errorf("%s without time: got %+v, %v", test.path, set, err)
		}
		pass.Pkg.SetImports([]*types.Package{types.NewPackage("time", "time")})
		if set, err = newResolver(Options{}).resolve(pass); err == nil {
			set.chooseHelper()
		}
		if err != nil || set.owned != test.owned || (set.noHelper != "") != test.asked {
			t.Errorf("%s: got %+v, %v", test.path, set, err)
		}
	}
}

// golangci-lint decodes settings by their json tags and rejects what is left.
func TestOptionsTags(t *testing.T) {
	dec := json.NewDecoder(strings.NewReader(`{"rules": ["all"], "tests": true, "helper": "own", "helpers": [
		{"name": "own", "shape": "wait", "imports": {"acme": "go.acme.dev/retry"}, "wait": "acme.Wait({{ctx}})", "unsupported": ["max_delay"]}],
		"policies": [{"identifier": "go.acme.dev/retry.NewLinear", "growth": "linear", "remedy": "call retry.New"}],
		"allowed_policies": [{"identifier": "go.acme.dev/retry.*", "packages": ["example.com/..."], "reason": "none"}]}`))
	dec.DisallowUnknownFields()
	var opts Options
	if err := dec.Decode(&opts); err != nil || !opts.Tests || !slices.Equal(opts.Rules, []string{"all"}) || opts.Helpers[0].Unsupported == nil {
		t.Errorf("got %+v, %v", opts, err)
	}
	if err := opts.Validate(); err != nil {
		t.Error(err)
	}
	opts.Policies[0].Growth = "other"
	if err := opts.Validate(); err == nil {
		t.Error("an unknown growth is valid")
	}
	opts.Policies = nil
	opts.Helper = "other"
	if err := opts.Validate(); err == nil {
		t.Error("an unknown helper is valid")
	}
}

// A description that does not fit the helper's package is an error of each pass,
// whatever the driver.
func TestMisfit(t *testing.T) {
	root := tree(t, map[string]string{
		"go.mod":          "module example.com/m\n",
		"acme/acme.go":    "package acme\n\nfunc Do(op func() error) error { return op() }\n",
		"a/" + ConfigName: strings.ReplaceAll(acmeYAML, "go.acme.dev/retry", "example.com/m/acme") + "    permanent: acme.Stop({{err}})\nhelper: acme\n",
		"b/" + ConfigName: "helper: acme\n" + strings.ReplaceAll(acmeYAML, "go.acme.dev/retry", "example.com/m/acme"),
		"c/" + ConfigName: "helper: acme\n" + strings.ReplaceAll(acmeYAML, "go.acme.dev/retry", "example.com/m/retry"),
		"e/" + ConfigName: "helper: acme\n" + strings.ReplaceAll(strings.ReplaceAll(acmeYAML, "go.acme.dev/retry", "example.com/m/acme"),
			"call: acme.Do({{op}})", "call: |\n      acme.Do(\n        acme.Max(3),\n      )({{op}})"),
		"d/" + ConfigName: "helper: acme\n" + strings.ReplaceAll(acmeYAML, "call: acme.Do({{op}})", "call: |\n      acme.Do(\n        {{op}},\n        acme.Max(3),\n      )"),
	})
	const acme = "example.com/m/acme"
	own := HelperSpec{Name: "own", Imports: map[string]string{"acme": acme}, Call: "acme.Do({{ctx}}, {{op}})"}
	for _, test := range []struct {
		dir  string
		opts Options
		want string
	}{
		{"a", Options{}, "a/" + ConfigName + ":7: helper acme: permanent: acme.Stop is not in " + acme + "; it has Do"},
		{"b", Options{}, ""},
		{"c", Options{}, "c/" + ConfigName + ":6: helper acme: imports: there is no package example.com/m/retry in example.com/m"},
		{"d", Options{}, ""}, // its module is not required
		{"e", Options{}, "e/" + ConfigName + ":9: helper acme: call: acme.Max is not in " + acme + "; it has Do"},
		{"b", Options{Helper: "own", Helpers: []HelperSpec{own}},
			"helper own: call: acme.Do does not take 2 arguments; it is func acme.Do(op func() error) error"},
	} {
		pass := passIn(filepath.Join(root, test.dir))
		pass.Pkg = types.NewPackage("example.com/m/x", "x")
		if _, err := newResolver(test.opts).resolve(pass); err != nil {
			t.Errorf("%s: %v for a package that does not wait", test.dir, err)
		}
		pass.Pkg.SetImports([]*types.Package{types.NewPackage("time", "time")})
		_, err := newResolver(test.opts).resolve(pass)
		if got := strings.TrimPrefix(text(err), root+string(filepath.Separator)); got != filepath.FromSlash(test.want) && got != test.want {
			t.Errorf("%s: got  %s\nwant %s", test.dir, got, test.want)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
