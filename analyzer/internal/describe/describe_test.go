package describe_test

import (
	"go/build"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/api"
	"github.com/sharedretry/sharedretry/analyzer/internal/describe"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// read describes a package with the given source.
func read(t *testing.T, src string) describe.Helper {
	t.Helper()
	set := readSet(t, src)
	pkg, err := set.Import("example.com/acme")
	if err != nil {
		t.Fatal(err)
	}
	return describe.Read(pkg, set.Doc, false)
}

// readSet reads a package with the given source.
func readSet(t *testing.T, src string) *api.Set {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte(src), 0o666); err != nil {
		t.Fatal(err)
	}
	locate := func(path string) string {
		if path == "example.com/acme" {
			return dir
		}
		return filepath.Join(build.Default.GOROOT, "src", filepath.FromSlash(path))
	}
	return api.Read(locate, api.Want{Path: "example.com/acme"})
}

const head = "package acme\n\nimport (\n\t\"context\"\n\t\"iter\"\n\t\"time\"\n)\n\nvar _ context.Context\nvar _ iter.Seq[int]\nvar _ time.Duration\n\n"

var tests = []struct {
	name, src string
	want      helper.Spec
}{{
	"a policy as a struct, all forms", `
type Policy struct {
	Tries    int           // at most; zero means no limit
	Base     time.Duration // before the second attempt
	Longest  time.Duration // without it, the delays have no limit
	OnRetry  func(int, error)
	hidden   int
}
func Do(ctx context.Context, p Policy, op func() error) error
func Value[T any](ctx context.Context, p Policy, op func() (T, error)) (T, error)
// Attempts yields numbers, from 1. There is at least one attempt.
func Attempts(ctx context.Context, p Policy) iter.Seq[int]
type Pause struct{}
func (p Policy) Pauses() *Pause
func (*Pause) Wait(done <-chan struct{}) bool
func (*Pause) Reset()
func Final(err error) error
`, helper.Spec{
		Call:      "acme.Do({{ctx}}, acme.Policy{ {{if has_attempts}}Tries: {{attempts}}, {{end}}Base: {{delay}}{{if has_max_delay}}, Longest: {{max_delay}}{{end}}}, {{op}})",
		ValueCall: "acme.Value({{ctx}}, acme.Policy{ {{if has_attempts}}Tries: {{attempts}}, {{end}}Base: {{delay}}{{if has_max_delay}}, Longest: {{max_delay}}{{end}}}, {{op}})",
		Permanent: "acme.Final({{err}})",
		Header:    "range acme.Attempts({{ctx}}, acme.Policy{ {{if has_attempts}}Tries: {{attempts}}, {{end}}Base: {{delay}}{{if has_max_delay}}, Longest: {{max_delay}}{{end}}})",
		Init:      "b := acme.Policy{Base: {{delay}}{{if has_max_delay}}, Longest: {{max_delay}}{{end}}}.Pauses()",
		Wait:      "b.Wait({{done}})", WaitReturns: "bool", Reset: "b.Reset()",
		AtLeastOnce: true, YieldsNumber: true, Unlimited: true,
	},
}, {
	"parameters in any order, an operation with a context", `
func Retry(op func(context.Context) error, retries uint, wait time.Duration, ctx context.Context) error
`, helper.Spec{
		Call:     `acme.Retry({{op}}, {{retries "uint"}}, {{delay}}, {{ctx}})`,
		OpParams: "ctx",
	},
}, {
	"options", `
type Option func(*options)
type options struct{}
func Attempts(n int) Option
func Delay(d time.Duration) Option
func MaxDelay(d time.Duration) Option
func Jitter(d time.Duration) Option
func Do(ctx context.Context, op func() error, opts ...Option) error
`, helper.Spec{
		Call: "acme.Do({{ctx}}, {{op}}{{if has_attempts}}, acme.Attempts({{attempts}}){{end}}, acme.Delay({{delay}}){{if has_max_delay}}, acme.MaxDelay({{max_delay}}){{end}})",
	},
}, {
	"a pointer to the policy, an object with Next", `
type Options struct {
	InitialBackoff, MaxBackoff time.Duration
	Multiplier                 float64
	MaxRetries                 int
}
type Retry struct{}
func StartWithCtx(ctx context.Context, o *Options) Retry
func (r *Retry) Next() bool
`, helper.Spec{
		Header: "r := acme.StartWithCtx({{ctx}}, &acme.Options{InitialBackoff: {{delay}}, MaxBackoff: {{if has_max_delay}}{{max_delay}}{{else}}1<<63 - 1{{end}}, Multiplier: 2{{if has_attempts}}, MaxRetries: {{retries}}{{end}}}); r.Next();",
	},
}, {
	"a loop that asks before each pass counts the passes; limits that have a default", `
// Options that are left out have defaults.
type Options struct {
	MinBackoff, MaxBackoff time.Duration
	MaxRetries             int // zero means infinite retries
}
type Backoff struct{}
func New(ctx context.Context, o Options) *Backoff
func (*Backoff) Ongoing() bool
func (*Backoff) Wait()
`, helper.Spec{
		Header:    "r := acme.New({{ctx}}, acme.Options{MinBackoff: {{delay}}{{if has_max_delay}}, MaxBackoff: {{max_delay}}{{end}}{{if has_attempts}}, MaxRetries: {{attempts}}{{end}}}); r.Ongoing(); r.Wait()",
		Unlimited: true,
	},
}, {
	"nothing but a generic function, and a mark for final errors", `
func Get[T any](ctx context.Context, tries int, delay time.Duration, op func() (T, error)) (T, error)
func Abort(err error) error
`, helper.Spec{
		Call: "acme.Get({{ctx}}, {{attempts}}, {{delay}}, {{op}})", OpResults: "struct{}, error", Permanent: "struct{}{}, acme.Abort({{err}})",
		ValueCall: "acme.Get({{ctx}}, {{attempts}}, {{delay}}, {{op}})", ValuePermanent: "acme.Abort({{err}})",
	},
}, {
	"nothing but a generic function, and a mark for errors to try again", `
func Get[T any](tries int, delay time.Duration, op func() (T, error)) (T, error)
func Retryable(err error) error
`, helper.Spec{
		Call: "acme.Get({{attempts}}, {{delay}}, {{op}})", OpResults: "struct{}, error", Permanent: "struct{}{}, {{err}}", Again: "struct{}{}, acme.Retryable({{err}})", PermanentNil: true,
		ValueCall: "acme.Get({{attempts}}, {{delay}}, {{op}})", ValuePermanent: "{{err}}", ValueAgain: "acme.Retryable({{err}})",
	},
}, {
	"a constructor of what waits", `
type Waiter struct{}
func NewWaiter(first time.Duration) *Waiter
func (*Waiter) Wait(ctx context.Context) error
`, helper.Spec{
		Init: "b := acme.NewWaiter({{delay}})",
		Wait: "b.Wait({{ctx}})",
	},
}}

func TestRead(t *testing.T) {
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := read(t, head+test.src).Spec
			want := test.want
			want.Name, want.Imports = "acme", got.Imports
			if specs := []helper.Spec{got}; !slices.EqualFunc(specs, []helper.Spec{want}, same) {
				t.Errorf("got\n%+v\nwant\n%+v", got, want)
			}
			if _, err := got.Helper(); err != nil {
				t.Error(err)
			}
		})
	}
}

// A helper that is to log is given a logger and a name, where an operation is run; a
// name that must be given is given in any case.
func TestReadLogs(t *testing.T) {
	const src = `
type Policy struct {
	Tries int
	Base  time.Duration
	Log   *slog.Logger
	Name  string
}
func Do(p Policy, op func() error) error
func Each(p Policy) iter.Seq[int]
func Named(name string, tries int, base time.Duration, op func() (int, error)) error
`
	set := readSet(t, strings.Replace(head, "import (", "import (\n\t\"log/slog\"", 1)+src)
	for logs, want := range map[bool]string{
		true:  "acme.Do(acme.Policy{ {{if has_attempts}}Tries: {{attempts}}, {{end}}Base: {{delay}}, Log: slog.Default(), Name: {{name}}}, {{op}})",
		false: "acme.Do(acme.Policy{ {{if has_attempts}}Tries: {{attempts}}, {{end}}Base: {{delay}}}, {{op}})",
	} {
		pkg, err := set.Import("example.com/acme")
		if err != nil {
			t.Fatal(err)
		}
		got := describe.Read(pkg, set.Doc, logs).Spec
		if got.Call != want || got.Imports["slog"] != map[bool]string{true: "log/slog"}[logs] {
			t.Errorf("logs %v: got %s, %v", logs, got.Call, got.Imports)
		}
		if strings.Contains(got.Header, "Log:") {
			t.Errorf("a loop knows of no failure: %s", got.Header)
		}
	}
	const named = "func Do(name string, tries int, base time.Duration, op func() error) error\n"
	if got, want := read(t, head+named).Spec.Call, "acme.Do({{name}}, {{attempts}}, {{delay}}, {{op}})"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// same compares the texts of two descriptions.
func same(a, b helper.Spec) bool {
	return a.Call == b.Call && a.ValueCall == b.ValueCall && a.Permanent == b.Permanent && a.Header == b.Header &&
		a.Init == b.Init && a.Wait == b.Wait && a.WaitReturns == b.WaitReturns && a.Reset == b.Reset && a.OpParams == b.OpParams &&
		a.OpResults == b.OpResults && a.Again == b.Again && a.ValueAgain == b.ValueAgain && a.ValuePermanent == b.ValuePermanent && a.PermanentNil == b.PermanentNil &&
		a.AtLeastOnce == b.AtLeastOnce && a.YieldsNumber == b.YieldsNumber && a.Unlimited == b.Unlimited
}

func TestReadMissing(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"func Do(op func() error, d time.Duration) error\n",
			"no function marks an error as final: loops with final errors take another form"},
		{"func First(op func() error, d time.Duration) error\nfunc Second(op func() error, d time.Duration) error\n",
			"it cannot be told which is meant of First, Second: say call under helpers"},
		{"func Do(op func() error, how string) error\n",
			"Do: it cannot be told what how string is for: say call under helpers"},
		{"func Do(op func() error) error\n",
			"Do: nothing sets the delay: say call under helpers"},
		{"func Loop(tries int, delay time.Duration) iter.Seq2[int, error]\n",
			"Loop yields an error beside each number, which fixes do not read: if it is that of the context in place of an attempt, say unsupported: [context] under helpers"},
		{"func Do(op func() bool, d time.Duration) error\n",
			"no function runs an operation: a func() error or func(context.Context) error"},
	} {
		if got := read(t, head+test.src).Missing; !slices.Contains(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.src, got, test.want)
		}
	}
}

// A comment may say that a number of retries is one.
func TestReadCertainRetries(t *testing.T) {
	for _, comment := range []string{"the number of additional attempts", "retries after the first attempt", "how many attempts there are besides the first", "excluding the initial one", "does not include the first attempt"} {
		got := read(t, head+"type Policy struct {\n\tBase time.Duration\n\tMaxRetries int // "+comment+"\n}\nfunc Do(p Policy, op func() error) error\n")
		if !strings.Contains(got.Spec.Call, "{{retries}}") || got.Spec.Retries != "" {
			t.Errorf("%s: %s, %q", comment, got.Spec.Call, got.Spec.Retries)
		}
	}
}

// What is called a number of retries is one, unless its comment says that it counts
// attempts; how it was read is told.
func TestReadRetries(t *testing.T) {
	const (
		note    = " is read as the number of attempts less one: if it counts the first attempt too, set call under helpers with {{attempts}} in place of {{retries}}"
		field   = "type Policy struct {\n\tBase time.Duration\n\t// %s\n\tMaxRetries int\n}\nfunc Do(p Policy, op func() error) error\n"
		param   = "// Do runs op. %s\nfunc Do(op func() error, base time.Duration, retries int) error\n"
		options = "type Option func()\nfunc Base(d time.Duration) Option\n// %s\nfunc WithRetries(n int) Option\nfunc Do(op func() error, opts ...Option) error\n"
	)
	for _, test := range []struct{ src, comment, note string }{
		{field, "MaxRetries is how many retries there are.", "MaxRetries" + note},
		{field, "Give up after this many; 0 means infinite retries.", "MaxRetries" + note},
		{field, "MaxRetries is how often it is tried again.", "MaxRetries" + note},
		{field, "MaxRetries is the maximum number of attempts.", ""},
		{param, "It gives up after some retries.", "retries of Do" + note},
		{param, "At most retries attempts are made.", ""},
		{param, "It runs op at most retries times.", ""},
		{param, "It makes attempts.", "retries of Do" + note},
		{options, "WithRetries sets how often it is tried again.", "WithRetries" + note},
		{options, "WithRetries sets the number of tries.", ""},
	} {
		got := read(t, head+strings.Replace(test.src, "%s", test.comment, 1))
		if holder := map[bool]string{true: "{{attempts}}", false: "{{retries}}"}[test.note == ""]; !strings.Contains(got.Spec.Call, holder) {
			t.Errorf("%s: the call is %s, want %s", test.comment, got.Spec.Call, holder)
		}
		if got.Spec.Retries != strings.TrimSuffix(test.note, note) {
			t.Errorf("%s: retries are %q", test.comment, got.Spec.Retries)
		}
		noted := slices.ContainsFunc(got.Missing, func(text string) bool { return strings.Contains(text, "less one") })
		if noted != (test.note != "") || noted && !slices.Contains(got.Missing, test.note) {
			t.Errorf("%s: got %q, want %q", test.comment, got.Missing, test.note)
		}
	}
}

// A mark that takes more errors is given those that are final, if its comment says what
// they are.
func TestPermanentOf(t *testing.T) {
	const src = head + `func Do(ctx context.Context, tries int, delay time.Duration, op func() error) error

// %s
func Final(err error, %s) error
`
	for _, test := range []struct {
		says, takes string
		mark        string
		of          bool
	}{
		{"Final marks err, with kinds only if it is one of them.", "kinds ...error", "acme.Final({{err}})", true},
		{"Final marks err.", "kinds ...error", "acme.Final({{err}})", false},
		{"Final marks err, if it is one of kinds.", "kinds []error", "", false},
		{"Final marks err, if it is one of kinds.", "kinds ...string", "", false},
	} {
		got := read(t, strings.NewReplacer("%s", test.says).Replace(strings.Replace(src, "%s) error", test.takes+") error", 1))).Spec
		if got.Permanent != test.mark || got.PermanentOf != test.of {
			t.Errorf("%s, %s: got %s, %v", test.says, test.takes, got.Permanent, got.PermanentOf)
		}
	}
}

// Only a comment says that of no error none is made.
func TestPermanentNil(t *testing.T) {
	const src = `package acme

import ("context"; "time")

func Do(ctx context.Context, attempts int, delay time.Duration, op func() error) error { return op() }

// Permanent marks an error as final.%s
func Permanent(err error) error { return err }
`
	for says, want := range map[string]bool{"": false, " Permanent(nil) is nil.": true, " It must not be nil.": false, " If err is nil,\n// it returns nil.": true} {
		if got := read(t, strings.Replace(src, "%s", says, 1)).Spec.PermanentNil; got != want {
			t.Errorf("%q: got %v", says, got)
		}
		again := strings.NewReplacer("%s", says, "Permanent", "Retryable").Replace(src)
		if got := read(t, again).Spec.AgainNil; got != want {
			t.Errorf("%q: got %v of the mark for errors to try again", says, got)
		}
	}
}

// A policy may be of a package beside the helper's, or below it, which its users may
// import too.
func TestReadBeside(t *testing.T) {
	for path, want := range map[string]string{
		"example.com/acme/policy":          "acme.Do({{attempts}}, policy.Backoff{Base: {{delay}}}, {{op}})",
		"example.com/policy":               "acme.Do({{attempts}}, policy.Backoff{Base: {{delay}}}, {{op}})",
		"example.com/acme/internal/policy": "",
		"example.com/other/policy":         "",
	} {
		root := t.TempDir()
		for of, src := range map[string]string{
			"example.com/acme": "package acme\n\nimport " + `"` + path + `"` + "\n\nfunc Do(tries int, b policy.Backoff, op func() error) error { return op() }\n",
			path:               "package policy\n\nimport \"time\"\n\ntype Backoff struct{ Base time.Duration }\n",
		} {
			if err := os.MkdirAll(filepath.Join(root, of), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(root, of, "p.go"), []byte(src), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		set := api.Read(func(path string) string {
			if strings.Contains(path, ".") {
				return filepath.Join(root, path)
			}
			return filepath.Join(build.Default.GOROOT, "src", path)
		}, api.Want{Path: "example.com/acme"})
		pkg, err := set.Import("example.com/acme")
		if err != nil {
			t.Fatal(err)
		}
		got := describe.Read(pkg, set.Doc, false).Spec
		if got.Call != want || want != "" && got.Imports["policy"] != path {
			t.Errorf("%s: got %s, %v", path, got.Call, got.Imports)
		}
	}
}
