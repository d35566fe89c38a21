package analyzer_test

import (
	"cmp"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer"
)

// std imports packages of the standard library, one at a time and each once: looking
// for one takes longer than to analyse a file.
var std = &stdImporter{imp: importer.Default(), known: make(map[string]imported)}

type stdImporter struct {
	mu    sync.Mutex
	imp   types.Importer
	known map[string]imported
}

type imported struct {
	pkg *types.Package
	err error
}

// Import implements [types.Importer].
func (s *stdImporter) Import(path string) (*types.Package, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.known[path]; !ok {
		pkg, err := s.imp.Import(path)
		s.known[path] = imported{pkg, err}
	}
	return s.known[path].pkg, s.known[path].err
}

// loopRules are the rules that report loops, also those in helpers.
var loopRules = []string{"retry-loop", "linear-backoff", "reconnect-loop"}

// newPass returns a pass of a over files, type-checked as far as they can be.
// What is reported goes to diags.
func newPass(a *analysis.Analyzer, fset *token.FileSet, files []*ast.File, diags *[]analysis.Diagnostic) *analysis.Pass {
	info := &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Instances:    make(map[*ast.Ident]types.Instance),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		Scopes:       make(map[ast.Node]*types.Scope),
		FileVersions: make(map[*ast.File]string),
	}
	conf := types.Config{Importer: std, Error: func(error) {}}
	pkg, _ := conf.Check("p", fset, files, info) // errors are part of what is tested
	return &analysis.Pass{
		Analyzer:   a,
		Fset:       fset,
		Files:      files,
		Pkg:        pkg,
		TypesInfo:  info,
		TypesSizes: types.SizesFor("gc", "amd64"),
		ResultOf:   map[*analysis.Analyzer]any{inspect.Analyzer: inspector.New(files)},
		Report:     func(d analysis.Diagnostic) { *diags = append(*diags, d) },
	}
}

// snippet runs the analyzer with opts on one file.
func snippet(t testing.TB, opts analyzer.Options, src string) (*token.FileSet, *analyzer.Result, []analysis.Diagnostic) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	var diags []analysis.Diagnostic
	opts.Config = cmp.Or(opts.Config, analyzer.NoConfig)
	a := analyzer.New(opts)
	result, err := a.Run(newPass(a, fset, []*ast.File{file}, &diags))
	if err != nil {
		t.Fatal(err)
	}
	return fset, result.(*analyzer.Result), diags
}

// checkDiagnostics fails unless every diagnostic lies in one of the files and
// no two point at the same site.
func checkDiagnostics(t testing.TB, fset *token.FileSet, files []*ast.File, result *analyzer.Result, diags []analysis.Diagnostic) {
	t.Helper()
	seen := make(map[token.Pos]bool)
	comments := 0 // diagnostics that are about no site
	for _, d := range diags {
		in := slices.ContainsFunc(files, func(f *ast.File) bool {
			return f.FileStart <= d.Pos && d.Pos < d.End && d.End <= f.FileEnd
		})
		if !in {
			t.Errorf("%q from %v to %v is in no file", d.Message, d.Pos, d.End)
		}
		if seen[d.Pos] {
			t.Errorf("%v: reported twice", fset.Position(d.Pos))
		}
		seen[d.Pos] = true
		if d.Category == "unused-suppression" {
			comments++
		}
	}
	reported := comments
	for _, s := range result.Sites {
		if s.Explain() == "" {
			t.Errorf("%s: not explained", fset.Position(s.Pos))
		}
		if s.Rule != "" {
			reported++
			if !seen[s.Pos] {
				t.Errorf("%v: said to be reported, but is not", fset.Position(s.Pos))
			}
		}
	}
	if reported != len(diags) {
		t.Errorf("%d diagnostics for %d sites that are said to be reported", len(diags), reported)
	}
}
