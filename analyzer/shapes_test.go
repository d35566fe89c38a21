package analyzer_test

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer"
)

// acme is a package of helpers that leave the body of a loop where it is.
const acme = `package acme

import (
	"context"
	"iter"
	"log/slog"
	"time"
)

type Waiter struct{ Delay, Max time.Duration }

func (*Waiter) Wait(context.Context) error { return nil }
func (*Waiter) Reset()                     {}
func (*Waiter) For(<-chan struct{}) bool   { return false }

type Retry struct{}

func Start(ctx context.Context, n int, d time.Duration, max ...time.Duration) *Retry { return nil }
func (*Retry) Wait() error { return nil }
func (*Retry) Next() bool                                           { return false }

func Attempts(ctx context.Context, n int, d time.Duration) iter.Seq[int] { return nil }

func Do(n int, d time.Duration, op func() error) error { return nil }
func Logged(n int, d time.Duration, l *slog.Logger, op func() error) error { return nil }
func IsOver(error) bool { return false }

func Sleep(ctx context.Context, d time.Duration) error { return nil }

type Policy struct {
	N int
	D time.Duration
}

func Run(p Policy, op func() error) error          { return nil }
func Forever(d time.Duration, op func() error) error { return nil }
`

var keepers = withImports([]analyzer.HelperSpec{
	{Name: "wait", Shape: "wait", Init: "w := acme.Waiter{Delay: {{delay}}{{if has_max_delay}}, Max: {{max_delay}}{{end}}}", Wait: "w.Wait({{ctx}})"},
	{Name: "done", Init: "w := acme.Waiter{Delay: {{delay}}{{if has_max_delay}}, Max: {{max_delay}}{{end}}}", Wait: "w.For({{done}})", WaitReturns: "bool"},
	{Name: "reset", Shape: "wait", Init: "w := acme.Waiter{Delay: {{delay}}{{if has_max_delay}}, Max: {{max_delay}}{{end}}}", Wait: "w.Wait({{ctx}})", Reset: "w.Reset()"},
	{Name: "each", Wait: "acme.Sleep({{ctx}}, {{delay}})"},
	{Name: "loop", Shape: "loop", AtLeastOnce: true, Header: "r := acme.Start({{ctx}}, {{if has_attempts}}{{attempts}}{{else}}0{{end}}, {{delay}}{{if has_max_delay}}, {{max_delay}}{{end}}); r.Next();"},
	{Name: "lazy", Shape: "loop", Header: "r := acme.Start({{ctx}}, {{if has_attempts}}{{attempts}}{{else}}0{{end}}, {{delay}}{{if has_max_delay}}, {{max_delay}}{{end}}); r.Next();"},
	{Name: "bounded", Shape: "callback", Call: "acme.Do({{attempts}}, {{delay}}, {{op}})"},
	{Name: "two-or-more", Shape: "callback", Call: "acme.Do({{retries}}, {{delay}}, {{op}})", RetriesUnlimited: true},
	{Name: "logging", Shape: "callback", Call: "acme.Logged({{attempts}}, {{delay}}, slog.Default(), {{op}})"},
	{Name: "new", Shape: "callback", Call: "acme.Do({{attempts}}, {{delay}}, {{op}})", Go: "go1.25"},
	{Name: "all", Call: "acme.Do({{attempts}}, {{delay}}, {{op}})", AtLeastOnce: true,
		Header: "r := acme.Start({{ctx}}, {{if has_attempts}}{{attempts}}{{else}}0{{end}}, {{delay}}{{if has_max_delay}}, {{max_delay}}{{end}}); r.Next();",
		Init:   "w := acme.Waiter{Delay: {{delay}}{{if has_max_delay}}, Max: {{max_delay}}{{end}}}", Wait: "w.Wait({{ctx}})", Reset: "w.Reset()"},
	{Name: "default", Shape: "callback", Call: "acme.Run(acme.Policy{ {{if has_attempts}}N: {{attempts}}, {{end}}D: {{delay}}}, {{op}})"},
	{Name: "unlimited", Shape: "callback", Unlimited: true, Call: "acme.Run(acme.Policy{ {{if has_attempts}}N: {{attempts}}, {{end}}D: {{delay}}}, {{op}})"},
	{Name: "exhausted", Shape: "callback", Call: "acme.Do({{attempts}}, {{delay}}, {{op}})", Exhausted: "acme.IsOver({{err}})"},
	{Name: "forever", Shape: "callback", Unlimited: true, Call: "acme.Forever({{delay}}, {{op}})"},
	{Name: "counting", Shape: "wait", Init: "w := acme.Start({{ctx}}, {{attempts}}, {{delay}}{{if has_max_delay}}, {{max_delay}}{{end}})", Wait: "w.Wait()"},
	{Name: "numbers", AtLeastOnce: true, YieldsNumber: true, Header: "range acme.Attempts({{ctx}}, {{attempts}}, {{delay}})"},
	{Name: "range", Shape: "loop", AtLeastOnce: true, Header: "range acme.Attempts({{ctx}}, {{attempts}}, {{delay}})"},
})

func withImports(specs []analyzer.HelperSpec) []analyzer.HelperSpec {
	for i := range specs {
		specs[i].Imports = map[string]string{"acme": "example.com/m/acme"}
		if strings.Contains(specs[i].Call, "slog.") {
			specs[i].Imports["slog"] = "log/slog"
		}
	}
	return specs
}

const (
	shapesHead = "package m\n\nimport (\n\t\"context\"\n\t\"log\"\n\t\"time\"\n)\n\n"
	shapesMore = `package m

import (
	"context"
	"errors"
	"log"
	"net"
	"time"
)

type pauses struct{ first time.Duration }

var (
	errGaveUp = errors.New("gave up")
	_         context.Context
	_         = log.Print
	_         = time.Sleep
)

func op(...any) error               { return nil }
func get() (string, error)          { return "", nil }
func final(error) bool              { return false }
func serve(string)                  {}

type sleeper struct{}

func (sleeper) Sleep(d time.Duration) { time.Sleep(d) }

const second = time.Second

func dial() (net.Conn, error) { return nil, nil }
`
)

// A shapeTest is the source of functions and what becomes of them: the fixed
// source, or the reason why there is none, after "no fix: ".
type shapeTest struct{ name, helper, src, want string }

func testShapes(t *testing.T, tests []shapeTest) {
	dir := t.TempDir()
	writeShapes(t, dir)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := &shapeModule{t: t, dir: dir, helper: test.helper}
			if got := m.outcome(test.src); got != test.want {
				t.Fatalf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// writeShapes writes what the analyzer reads of the module on disk.
func writeShapes(t testing.TB, dir string) {
	writeFile(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.24\n\nrequire github.com/avast/retry-go/v5 v5.0.0\nrequire github.com/failsafe-go/failsafe-go v0.9.0\nrequire github.com/sethvargo/go-retry v0.3.0\n")
	writeFile(t, filepath.Join(dir, "acme", "acme.go"), acme)
	writeFile(t, filepath.Join(dir, "policy", "policy.go"), policy)
}

// outcome returns what becomes of src: the fixed source, without the imports
// that are no part of src, or why there is no fix, without the line. What is
// fixed must be formatted and must not be reported again.
func (m *shapeModule) outcome(src string) string {
	m.t.Helper()
	whole := src
	if !strings.HasPrefix(src, "package ") {
		whole = shapesHead + src
	}
	fixed, notes := m.fix(whole)
	if fixed == whole {
		_, reason, _ := strings.Cut(notes, "no fix: ")
		reason, _, _ = strings.Cut(reason, "\n")
		return lineBehind.ReplaceAllString(reason, "")
	}
	if tidy, err := format.Source([]byte(fixed)); err != nil || string(tidy) != fixed {
		m.t.Errorf("not formatted: %v", err)
	}
	if again, notes := m.fix(fixed); again != fixed || strings.Contains(notes, ": reported") {
		m.t.Errorf("a second run says %s and writes\n%s", notes, again)
	}
	if whole != src {
		_, fixed, _ = strings.Cut(fixed, "\n)\n\n")
	}
	return fixed
}

var lineBehind = regexp.MustCompile(` \(line \d+\)$`)

// A shapeModule runs the analyzer on a file of a module with a helper.
type shapeModule struct {
	t           *testing.T
	dir, helper string
	rules       []string // loopRules if there are none
	unreadable  error    // from reading the file
	logs        bool     // the helper logs
	more        string   // what another file of the package holds, too
}

// fix returns src with all fixes, and what the analyzer reports.
func (m *shapeModule) fix(src string) (fixed, notes string) {
	m.t.Helper()
	fset := token.NewFileSet()
	fset.AddFile("", -1, 1<<28) // the positions of what std imports are not these
	var files []*ast.File
	for _, f := range [][2]string{{"m.go", src}, {"more.go", shapesMore + m.more}} {
		file, err := parser.ParseFile(fset, filepath.Join(m.dir, f[0]), f[1], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			m.t.Fatal(err)
		}
		files = append(files, file)
	}
	if m.rules == nil {
		m.rules = loopRules
	}
	a := analyzer.New(analyzer.Options{Rules: m.rules, Config: analyzer.NoConfig, Helper: m.helper, Helpers: keepers, Logs: m.logs})
	var diags []analysis.Diagnostic
	pass := newPass(a, fset, files, &diags)
	conf := types.Config{Importer: withStubs{fset}, GoVersion: "go1.24", Error: func(err error) {
		if !strings.Contains(err.Error(), "imported and not used") {
			m.t.Errorf("%v\n%s", err, src)
		}
	}}
	pass.TypesInfo.FileVersions = make(map[*ast.File]string)
	pass.Pkg, _ = conf.Check("example.com/m", fset, files, pass.TypesInfo)
	pass.ReadFile = func(string) ([]byte, error) { return []byte(src), m.unreadable }
	result, err := a.Run(pass)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, s := range result.(*analyzer.Result).Sites {
		notes += s.Explain() + "\n"
	}
	var edits []analysis.TextEdit
	for _, d := range diags {
		for _, f := range d.SuggestedFixes {
			edits = merged(edits, f.TextEdits)
		}
	}
	return applyEdits(fset, src, edits), notes
}

// merged merges the edits of two fixes as drivers do: of equal ones that meet in
// the order of both lists one is left.
func merged(edits, more []analysis.TextEdit) (list []analysis.TextEdit) {
	more = slices.Clone(more)
	slices.SortStableFunc(more, func(a, b analysis.TextEdit) int { return int(a.Pos - b.Pos) })
	for _, y := range more {
		equal := func(x analysis.TextEdit) bool {
			return x.Pos == y.Pos && x.End == y.End && string(x.NewText) == string(y.NewText)
		}
		for len(edits) > 0 && !equal(edits[0]) && edits[0].End <= y.Pos {
			list, edits = append(list, edits[0]), edits[1:]
		}
		if len(edits) > 0 && equal(edits[0]) {
			edits = edits[1:]
		}
		list = append(list, y)
	}
	return append(list, edits...)
}

func applyEdits(fset *token.FileSet, src string, edits []analysis.TextEdit) string {
	var b strings.Builder
	done := 0
	for _, e := range edits {
		from, to := fset.Position(e.Pos).Offset, fset.Position(e.End).Offset
		b.WriteString(src[done:from] + string(e.NewText))
		done = to
	}
	return b.String() + src[done:]
}

// withStubs imports the packages of helpers beside the standard library.
type withStubs struct{ fset *token.FileSet }

func (w withStubs) Import(path string) (*types.Package, error) {
	src, ok := map[string]string{"example.com/m/acme": acme, "example.com/m/policy": policy, "github.com/avast/retry-go/v5": avast}[path]
	if !ok {
		return std.Import(path)
	}
	file, err := parser.ParseFile(w.fset, "stub.go", src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	conf := types.Config{Importer: std}
	return conf.Check(path, w.fset, []*ast.File{file}, nil)
}

func writeFile(t testing.TB, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
