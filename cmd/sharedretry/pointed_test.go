package main

import (
	"strings"
	"testing"
)

// A helper that is named by the path of its package needs no description.
func TestPointedHelper(t *testing.T) {
	t.Parallel()
	const fixed = "retry.Do(context.Background(), 3, time.Second, op)"
	const loop = `-- sub/x.go --
package sub

import "time"

func f(op func() error) error {
	var err error
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`
	dir := write(t, modFile+helperCode+loop+"-- .sharedretry.yml --\nhelper: example.com/m/retry\n")
	tool(t, dir, "-fix", "-diff", "./...").want(t, 0, fixed)
	vet(t, dir, "-fix", "-diff", "./...").want(t, 1, fixed)

	update(t, dir, "-- .sharedretry.yml --\nhelper: ./retry\n")
	tool(t, dir, "-fix", "-diff", "./...").want(t, 0, fixed)
	vet(t, dir, "-fix", "-diff", "./...").want(t, 1, fixed)

	update(t, dir, "-- .sharedretry.yml --\ntests: true\n")
	tool(t, dir, "-helper=example.com/m/retry", "-fix", "-diff", "./...").want(t, 0, fixed)
	for _, flag := range []string{"-helper=./retry", "-helper=./sub/../retry"} { // from the root of the module
		tool(t, dir, flag, "-fix", "-diff", "./...").want(t, 0, fixed)
		vet(t, dir, flag, "-fix", "-diff", "./...").want(t, 1, fixed)
	}
	vet(t, dir, "-helper=./nowhere", "./...").want(t, 1, "helper example.com/m/nowhere: there is no such package in example.com/m")
}

// A path that leads to no helper is an error with its line.
func TestPointedNowhere(t *testing.T) {
	t.Parallel()
	dir := write(t, misfitModule+"-- other/other.go --\npackage other\n\nfunc Do() {}\n")
	for path, want := range map[string]string{
		"example.com/m/nowhere": ".sharedretry.yml:2: helper example.com/m/nowhere: there is no such package in example.com/m",
		"./nowhere":             ".sharedretry.yml:2: helper example.com/m/nowhere: there is no such package in example.com/m",
		"example.com/m/other":   ".sharedretry.yml:2: helper example.com/m/other: no function runs an operation",
	} {
		update(t, dir, "-- .sharedretry.yml --\ntests: true\nhelper: "+path+"\n")
		tool(t, dir, "./...").want(t, 1, want)
		tool(t, dir, "-fix", "./...").want(t, 1, want)
		vet(t, dir, "./...").want(t, 1, want)
	}
}

// -describe prints what is understood of a helper: of the one that is named, or
// that the configuration names.
func TestDescribe(t *testing.T) {
	t.Parallel()
	const call = "do           err := retry.Do(ctx, 5, time.Second, op)"
	dir := write(t, misfitModule+"-- .sharedretry.yml --\nhelper: ./retry\n")
	for _, args := range [][]string{{"-describe"}, {"-describe", "./retry"}, {"-describe", "example.com/m/retry"}} {
		res := tool(t, dir, args...)
		res.want(t, 0, call)
		res.want(t, 0, "no function returns the value of an operation")
		res.want(t, 0, "permanent: retry.Final({{err}})")
	}
	tool(t, dir, "-describe", "./sub").want(t, 1, "helper example.com/m/sub: no function runs an operation")
	tool(t, dir, "-describe", "./retry", "./sub").want(t, 2, "-describe takes one package")
	update(t, dir, "-- .sharedretry.yml --\ntests: true\n")
	tool(t, dir, "-describe").want(t, 2, "-describe needs a package: name it, or set helper in .sharedretry.yml")
}

// A helper whose package is not at hand is no error: there are no fixes then.
func TestPointedElsewhere(t *testing.T) {
	t.Parallel()
	dir := write(t, misfitModule+"-- .sharedretry.yml --\ntests: true\nhelper: go.acme.dev/retry\n")
	tool(t, dir, "./...").want(t, 3, "no fix: the helper's package go.acme.dev/retry cannot be found: go get it")
}

// The keys of a description win over what its package says, one by one, and what is
// wrong with any of them is an error with its line.
func TestPointedKeys(t *testing.T) {
	t.Parallel()
	dir := write(t, misfitModule+`-- own/own.go --
package own

import "time"

type Policy struct {
	Attempts int // 0 is no limit
	Delay    time.Duration
}

func Do(p Policy, op func() error) error { return op() }
func NotAgain(err error) error           { return err }
`)
	const head = "-- .sharedretry.yml --\nhelper: acme\nhelpers:\n  - name: acme\n"
	update(t, dir, head+"    package: ./own\n    permanent: own.NotAgain({{err}})\n    unsupported: [attempts]\n")
	tool(t, dir, "./...").want(t, 3, "no fix: the helper cannot do what the loop does: it takes no number of attempts")
	update(t, dir, head+"    package: go.acme.dev/retry\n")
	tool(t, dir, "./...").want(t, 3, "no fix: the helper's package go.acme.dev/retry cannot be found: go get it")
	for description, want := range map[string]string{
		"    package: ./own\n    permanent: own.NotAgian({{err}})\n":                 ":5: helper acme: permanent: own.NotAgian is not in example.com/m/own; it has Do, NotAgain",
		"    package: ./own\n    call: own.Do({{op}})\n":                             ":5: helper acme: call: own.Do does not take 1 argument",
		"    package: ./own\n    call: |\n      own.Do(\n        {{op}},\n      )\n": ":8: helper acme: call: own.Do does not take 1 argument",
		"    package: ./own\n    reset: b.Reset()\n":                                 ":5: helper acme: reset: means nothing without wait: write that, or leave it out",
		"    package: ./own\n    imports: {own: example.com/m/owm}\n":                ":5: helper acme: imports: there is no package example.com/m/owm in example.com/m",
		"    package: ./own\n    imports: {other: example.com/m/sub}\n":              ":5: helper acme: imports: other is used by no template: leave it out",
		"    package: ./nowhere\n":                                                   ":4: helper example.com/m/nowhere: there is no such package in example.com/m",
		"    package: ./own\n    unsupported: [all]\n":                               ":5: helper acme: unsupported: unknown feature \"all\"",
		"    package: own\n":   ":4: helper acme: package: \"own\" is not an import path or a directory such as ./internal/retry",
		"    package: ./sub\n": ":4: helper example.com/m/sub: ",
		"    package: [own]\n": ":4: package must be a text",
		"    package: ./own\n    wait_returns: int\n    wait: own.Do({{delay}})\n": ":5: helper acme: wait_returns: unknown result \"int\"",
		"    package: ./own\n    call: own.Do({{done}}, {{op}})\n":                 ":5: helper acme: call: {{done}} means nothing here",
	} {
		t.Run(want, func(t *testing.T) {
			update(t, dir, head+description)
			tool(t, dir, "-fix", "./...").want(t, 1, ".sharedretry.yml"+want)
		})
	}
}

// -describe -test prints a test of the helper: of the one that is named, or that the
// configuration names, with the keys that it has.
func TestDescribeTest(t *testing.T) {
	t.Parallel()
	const helper = `-- retry/retry.go --
package retry

import "time"

func Do(op func() error, attempts int, delay time.Duration) (err error) {
	for n := 1; ; n++ {
		if err = op(); err == nil || n == attempts {
			return err
		}
		time.Sleep(delay << (n - 1))
	}
}
`
	dir := write(t, modFile+helper+"-- .sharedretry.yml --\nhelper: ./retry\n")
	for _, args := range [][]string{{"-describe", "-test"}, {"-describe", "--test", "./retry"}, {"-describe", "-test", "example.com/m/retry"}} {
		res := tool(t, dir, args...)
		res.want(t, 0, "package retry_test\n")
		update(t, dir, "-- retry/fixes_test.go --\n"+res.stdout)
		call(t, dir, nil, "go", "test", "./retry").want(t, 0)
	}
	tool(t, dir, "-describe", "-test", "./nowhere").want(t, 1, "helper example.com/m/nowhere: there is no such package in example.com/m")
	tool(t, dir, "-describe", "-test", "go.acme.dev/retry").want(t, 1, "helper go.acme.dev/retry: the package cannot be found: go get it")
}

// A fix tells that it relies on the name of a number of retries, where nothing else
// says what is counted.
func TestPointedRetries(t *testing.T) {
	t.Parallel()
	const (
		helper  = "-- retry/retry.go --\npackage retry\n\nimport \"time\"\n\n// Do runs op. %s\nfunc Do(retries int, delay time.Duration, op func() error) error { return op() }\n"
		loop    = "-- x.go --\npackage m\n\nimport \"time\"\n\nfunc f(op func() error) (err error) {\n\tfor range 4 {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
		pointed = "-- .sharedretry.yml --\nhelper: ./retry\n"
		own     = "-- .sharedretry.yml --\nhelper: own\nhelpers:\n  - name: own\n    package: ./retry\n    call: retry.Do({{retries}}, {{delay}}, {{op}})\n"
		assumed = "; this assumes that retries of Do does not count the first attempt, which sharedretry -describe -test checks\n"
	)
	for _, test := range []struct {
		name, comment, config, call string
		assumed                     bool
	}{
		{"by name", "It may fail.", pointed, "retry.Do(3, time.Second, op)", true},
		{"a comment says so", "There are retries attempts besides the first.", pointed, "retry.Do(3, time.Second, op)", false},
		{"a comment says something else", "There are at most retries attempts.", pointed, "retry.Do(4, time.Second, op)", false},
		{"a description says so", "It may fail.", own, "retry.Do(3, time.Second, op)", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			res := tool(t, write(t, modFile+strings.Replace(helper, "%s", test.comment, 1)+loop+test.config), "-fix", "-diff", "./...")
			res.want(t, 0, test.call)
			if strings.Contains(res.stderr, assumed) != test.assumed {
				t.Errorf("got\n%s", res.stderr)
			}
		})
	}
}
