package report

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/baseline"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/baselines"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// parsingOrders is how many orders the files of a package are read in.
const parsingOrders = 30

// twins is a file with two loops that are alike, a recursion and a suppression that
// is not needed. %d is its number.
const twins = `package p

import "time"

var op%[1]d func() error

func alike%[1]d() {
	for op%[1]d() != nil {
		time.Sleep(time.Second)
	}
	for op%[1]d() != nil {
		time.Sleep(time.Second)
	}
}

func again%[1]d(n int) error {
	if err := op%[1]d(); err == nil || n == 0 {
		return err
	}
	time.Sleep(time.Duration(n) * time.Second)
	return again%[1]d(n - 1) //lint:ignore retry-loop not needed here
}
`

// The files of a package are read in any order, side by side: whatever it is, the same
// bytes come out as text, as -explain, as JSON and as a baseline, and the same one of
// loops that are alike is new.
func TestParsingOrder(t *testing.T) {
	var names []string
	for i := range 6 {
		names = append(names, fmt.Sprintf("f%d.go", i))
	}
	imports := importer.Default() // reads package time once
	list := filepath.Join(t.TempDir(), "baseline")
	var first string
	var firstOrder []string
	for seed := range parsingOrders {
		order := slices.Clone(names)
		rand.New(rand.NewPCG(uint64(seed), 0)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		pkg := readInOrder(t, imports, names, order)
		all := analysed(t, pkg, analyzer.NoBaseline)
		known := baseline.Format(halfOf(baselines.EntriesOf(all.Roots, func(analyzer.Finding) bool { return true })))
		if seed == 0 {
			if err := os.WriteFile(list, known, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		got := string(known) + written(t, all) + written(t, analysed(t, pkg, list))
		if seed == 0 {
			first, firstOrder = got, order
		} else if got != first {
			t.Fatalf("read as %v:\n%s\nread as %v:\n%s", firstOrder, first, order, got)
		}
	}
	if n := bytes.Count([]byte(first), []byte("hand-rolled")); n < 2*len(names) {
		t.Errorf("there are %d findings:\n%s", n, first)
	}
}

// readInOrder returns the package of the named files, which are read in an order.
func readInOrder(t *testing.T, imports types.Importer, names, order []string) *packages.Package {
	t.Helper()
	fset, files := token.NewFileSet(), make(map[string]*ast.File)
	for _, name := range order {
		text := fmt.Sprintf(twins, slices.Index(names, name))
		file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	pkg := &packages.Package{
		ID: "example.com/p", PkgPath: "example.com/p", Name: "p", Fset: fset, GoFiles: names, CompiledGoFiles: names,
		TypesSizes: types.SizesFor("gc", "amd64"),
		TypesInfo: &types.Info{
			Types: make(map[ast.Expr]types.TypeAndValue), Instances: make(map[*ast.Ident]types.Instance),
			Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object), Implicits: make(map[ast.Node]types.Object),
			Selections: make(map[*ast.SelectorExpr]*types.Selection), Scopes: make(map[ast.Node]*types.Scope),
			FileVersions: make(map[*ast.File]string),
		},
	}
	for _, name := range names {
		pkg.Syntax = append(pkg.Syntax, files[name])
	}
	var err error
	if pkg.Types, err = (&types.Config{Importer: imports}).Check(pkg.PkgPath, fset, pkg.Syntax, pkg.TypesInfo); err != nil {
		t.Fatal(err)
	}
	return pkg
}

// analysed returns what the analyzer finds in pkg with a baseline.
func analysed(t *testing.T, pkg *packages.Package, baseline string) *checker.Graph {
	t.Helper()
	a := analyzer.New(analyzer.Options{Config: analyzer.NoConfig, Baseline: baseline})
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, []*packages.Package{pkg}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return graph
}

// halfOf returns every other entry of a list.
func halfOf(list []baseline.Entry) (half []baseline.Entry) {
	for i, e := range list {
		if i%2 == 0 {
			half = append(half, e)
		}
	}
	return half
}

// written returns what was found as text, as -explain and as JSON.
func written(t *testing.T, graph *checker.Graph) string {
	t.Helper()
	var b bytes.Buffer
	w := out.New(&b)
	run := &Run{Options: Options{Context: -1}, Report: New(graph.Roots, nil, false), Graph: graph}
	writeLines(w, run)
	run.Explain = true
	writeLines(w, run)
	w.Printf("%s\n", run.summary())
	if err := writeJSON(w, run); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
