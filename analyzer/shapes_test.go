package analyzer_test

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
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
	"time"
)

type Waiter struct{ Delay, Max time.Duration }

func (*Waiter) Wait(context.Context) error { return nil }
func (*Waiter) Reset()                     {}

type Retry struct{}

func Start(ctx context.Context, n int, d time.Duration, max ...time.Duration) *Retry { return nil }
func (*Retry) Next() bool                                           { return false }

func Attempts(ctx context.Context, n int, d time.Duration) iter.Seq[int] { return nil }
`

var keepers = []analyzer.HelperSpec{
	{Name: "wait", Shape: "wait", Init: "w := acme.Waiter{Delay: {{delay}}{{if has_max_delay}}, Max: {{max_delay}}{{end}}}", Wait: "w.Wait({{ctx}})"},
	{Name: "reset", Shape: "wait", Init: "w := acme.Waiter{Delay: {{delay}}{{if has_max_delay}}, Max: {{max_delay}}{{end}}}", Wait: "w.Wait({{ctx}})", Reset: "w.Reset()"},
	{Name: "loop", Shape: "loop", AtLeastOnce: true, Header: "r := acme.Start({{ctx}}, {{if has_attempts}}{{attempts}}{{else}}0{{end}}, {{delay}}{{if has_max_delay}}, {{max_delay}}{{end}}); r.Next();"},
	{Name: "lazy", Shape: "loop", Header: "r := acme.Start({{ctx}}, {{if has_attempts}}{{attempts}}{{else}}0{{end}}, {{delay}}{{if has_max_delay}}, {{max_delay}}{{end}}); r.Next();"},
	{Name: "range", Shape: "loop", AtLeastOnce: true, Header: "range acme.Attempts({{ctx}}, {{attempts}}, {{delay}})"},
}

const (
	shapesHead = "package m\n\nimport (\n\t\"context\"\n\t\"log\"\n\t\"time\"\n)\n\n"
	shapesMore = `package m

import (
	"context"
	"errors"
	"log"
	"time"
)

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
`
)

// A shapeTest is the source of functions and what becomes of them: the fixed
// source, or the reason why there is none, after "no fix: ".
type shapeTest struct{ name, helper, src, want string }

func testShapes(t *testing.T, tests []shapeTest) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.24\n")
	writeFile(t, filepath.Join(dir, "acme", "acme.go"), acme)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := &shapeModule{t: t, dir: dir, helper: test.helper}
			fixed, notes := m.fix(shapesHead + test.src)
			got := strings.TrimPrefix(fixed, shapesHead)
			if fixed == shapesHead+test.src {
				_, got, _ = strings.Cut(notes, "no fix: ")
				got, _, _ = strings.Cut(got, "\n")
				got, _, _ = strings.Cut(got, " (")
			}
			if i := strings.Index(got, "\n)\n\n"); i >= 0 {
				got = got[i+4:]
			}
			if got != test.want {
				t.Fatalf("got\n%s\nwant\n%s", got, test.want)
			}
			if fixed == shapesHead+test.src {
				return
			}
			if tidy, err := format.Source([]byte(fixed)); err != nil || string(tidy) != fixed {
				t.Errorf("not formatted: %v", err)
			}
			if again, notes := m.fix(fixed); again != fixed || strings.Contains(notes, ": reported") {
				t.Errorf("a second run says %s and writes\n%s", notes, again)
			}
		})
	}
}

// A shapeModule runs the analyzer on a file of a module with a helper.
type shapeModule struct {
	t           *testing.T
	dir, helper string
}

// fix returns src with all fixes, and what the analyzer reports.
func (m *shapeModule) fix(src string) (fixed, notes string) {
	m.t.Helper()
	fset := token.NewFileSet()
	fset.AddFile("", -1, 1<<28) // the positions of what std imports are not these
	var files []*ast.File
	for _, f := range [][2]string{{"m.go", src}, {"more.go", shapesMore}} {
		file, err := parser.ParseFile(fset, filepath.Join(m.dir, f[0]), f[1], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			m.t.Fatal(err)
		}
		files = append(files, file)
	}
	specs := slices.Clone(keepers)
	for i := range specs {
		specs[i].Imports = map[string]string{"acme": "example.com/m/acme"}
	}
	a := analyzer.New(analyzer.Options{Config: analyzer.NoConfig, Helper: m.helper, Helpers: specs})
	var diags []analysis.Diagnostic
	pass := newPass(a, fset, files, &diags)
	conf := types.Config{Importer: withAcme{fset}, Error: func(err error) {
		if !strings.Contains(err.Error(), "imported and not used") {
			m.t.Errorf("%v\n%s", err, src)
		}
	}}
	pass.TypesInfo.FileVersions = make(map[*ast.File]string)
	pass.Pkg, _ = conf.Check("example.com/m", fset, files, pass.TypesInfo)
	pass.ReadFile = func(string) ([]byte, error) { return []byte(src), nil }
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
			edits = append(edits, f.TextEdits...)
		}
	}
	return applyEdits(fset, src, edits), notes
}

// applyEdits applies edits, equal ones once.
func applyEdits(fset *token.FileSet, src string, edits []analysis.TextEdit) string {
	slices.SortStableFunc(edits, func(a, b analysis.TextEdit) int { return int(b.Pos - a.Pos) })
	for i, e := range edits {
		if i > 0 && e.Pos == edits[i-1].Pos && e.End == edits[i-1].End && string(e.NewText) == string(edits[i-1].NewText) {
			continue
		}
		from, to := fset.Position(e.Pos).Offset, fset.Position(e.End).Offset
		src = src[:from] + string(e.NewText) + src[to:]
	}
	return src
}

// withAcme imports the package acme beside the standard library.
type withAcme struct{ fset *token.FileSet }

func (w withAcme) Import(path string) (*types.Package, error) {
	if path != "example.com/m/acme" {
		return std.Import(path)
	}
	file, err := parser.ParseFile(w.fset, "acme.go", acme, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	conf := types.Config{Importer: std}
	return conf.Check(path, w.fset, []*ast.File{file}, nil)
}

func writeFile(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
