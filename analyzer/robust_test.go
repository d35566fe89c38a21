package analyzer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer"
)

// Code that does not type-check is read as far as it can be.
func TestIncompleteCode(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      int // findings
	}{
		{"missing import", `package p
import ("example.com/gone"; "time")
func f() { for gone.Do() != nil { time.Sleep(time.Second) } }
func g(op func() error) { for op() != nil { time.Sleep(time.Second) } }`, 1},
		{"missing package time", `package p
func f(op func() error) { for op() != nil { time.Sleep(time.Second) } }`, 0},
		{"missing variable", `package p
import "time"
func f(op func() error) { for i := 0; i < n; i++ { if op() == nil { return }; time.Sleep(d) } }`, 1},
		{"missing type", `package p
import "time"
func f(c *client) { for { if err := c.do(); err == nil { return }; time.Sleep(time.Second) } }`, 0},
		{"missing result", `package p
import "time"
func op() error { }
func f() error { for op() != nil { time.Sleep(time.Second) } }`, 1},
		{"missing argument", `package p
import "time"
func f(op func() error) { for op() != nil { time.Sleep() } }`, 0},
		{"too many arguments", `package p
import "time"
func f(op func() error) { for op() != nil { time.Sleep(time.Second, 2) } }`, 0},
		{"wrong argument", `package p
import "time"
func f(op func() error) { for op() != nil { time.Sleep("a second") } }`, 1},
		{"function without a body", `package p
import "time"
func pause(d time.Duration)
func f(op func() error) { for op() != nil { pause(time.Second) } }`, 0},
		{"declared twice", `package p
import "time"
func f(op func() error) { for op() != nil { time.Sleep(time.Second) } }
func f(op func() error) { for op() != nil { time.Sleep(time.Second) } }`, 1},
		{"missing label", `package p
import "time"
func f(op func() error) { again: if op() != nil { time.Sleep(time.Second); goto elsewhere } }`, 0},
		{"branch outside a loop", `package p
import "time"
func f(op func() error) { time.Sleep(time.Second); continue }`, 0},
		{"wrong number of results", `package p
import "time"
func op() (int, error) { return 1, nil }
func f() { for { err := op(); if err == nil { return }; time.Sleep(time.Second) } }`, 0},
		{"invalid receiver", `package p
import "time"
func (x missing) f(op func() error) { for op() != nil { time.Sleep(time.Second) } }`, 1},
		{"type that holds itself", `package p
import "time"
type loop struct { loop }
func (l loop) Error() string { return "" }
func f(op func() *loop) { for op() != nil { time.Sleep(time.Second) } }`, 1},
		{"type parameter", `package p
import "time"
func f[E error](op func() E, good func(E) bool) { for { if err := op(); good(err) { return }; time.Sleep(time.Second) } }`, 0},
		{"blank names", `package p
import "time"
func _(_ func() error) { for { time.Sleep(time.Second) } }
var _ = func() { for { time.Sleep(time.Second) } }`, 0},
		{"outside of functions", `package p
import "time"
var _ = <-time.After(time.Second)
var _ = func() int { time.Sleep(time.Second); return 1 }()`, 0},
		{"recursive variable", `package p
import "time"
var f = func() { time.Sleep(time.Second); f() }`, 0},
		{"nothing but a package clause", `package p`, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, "p.go", test.src, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			keepImports(file)
			var diags []analysis.Diagnostic
			files := []*ast.File{file}
			a := analyzer.New(analyzer.Options{Config: analyzer.NoConfig})
			result, err := a.Run(newPass(a, fset, files, &diags))
			if err != nil {
				t.Fatal(err)
			}
			checkDiagnostics(t, fset, files, result.(*analyzer.Result), diags)
			if len(diags) != test.want {
				t.Errorf("%d findings, want %d: %v", len(diags), test.want, diags)
			}
		})
	}
}

const retry = `package p
import "time"
func f(op func() error) {
	for op() != nil {
		time.Sleep(time.Second)
	}
}
`

// Not every driver sets all fields of a pass.
func TestSparsePass(t *testing.T) {
	for _, test := range []struct {
		name string
		set  func(*analysis.Pass)
	}{
		{"as it is", func(*analysis.Pass) {}},
		{"nothing but what must be", func(p *analysis.Pass) {
			p.Module, p.ReadFile, p.OtherFiles, p.IgnoredFiles, p.TypeErrors = nil, nil, nil, nil, nil
			p.TypesInfo.FileVersions, p.TypesInfo.Instances = nil, nil
			p.ImportObjectFact, p.ExportObjectFact, p.AllObjectFacts = nil, nil, nil
		}},
		{"a module without a version of Go", func(p *analysis.Pass) { p.Module = new(analysis.Module) }},
		{"no sizes", func(p *analysis.Pass) { p.TypesSizes = nil }},
	} {
		t.Run(test.name, func(t *testing.T) {
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, "p.go", retry, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			var diags []analysis.Diagnostic
			a := analyzer.New(analyzer.Options{})
			pass := newPass(a, fset, []*ast.File{file}, &diags)
			test.set(pass)
			if _, err := a.Run(pass); err != nil {
				t.Fatal(err)
			}
			if len(diags) != 1 {
				t.Errorf("%d findings, want 1", len(diags))
			}
		})
	}
}

// A package that has no files, such as one of cgo or assembly alone.
func TestNoFiles(t *testing.T) {
	a := analyzer.New(analyzer.Options{})
	var diags []analysis.Diagnostic
	result, err := a.Run(newPass(a, token.NewFileSet(), nil, &diags))
	if err != nil {
		t.Fatal(err)
	}
	if sites := result.(*analyzer.Result).Sites; len(sites) != 0 || len(diags) != 0 {
		t.Errorf("got %v, %v", sites, diags)
	}
}

// Line directives change what is shown, not what is reported.
func TestLineDirective(t *testing.T) {
	src := strings.Replace(retry, "func f", "//line grammar.y:100\nfunc f", 1)
	fset, result, diags := snippet(t, analyzer.Options{Rules: loopRules}, src)
	if len(diags) != 1 {
		t.Fatalf("%d findings, want 1", len(diags))
	}
	if got := fset.Position(diags[0].Pos).String(); got != "grammar.y:101" {
		t.Errorf("reported at %s, want grammar.y:101", got)
	}
	if got := fset.PositionFor(diags[0].Pos, false).String(); got != "p.go:5:2" {
		t.Errorf("reported at %s of the file, want p.go:5:2", got)
	}
	want := "reported: the delay at line 102 is taken only after a failure of op (line 101)"
	if got := result.Sites[0].Explain(); !strings.HasPrefix(got, want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
