package analyzer_test

import (
	"errors"
	"flag"
	"fmt"
	"go/types"
	"io"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
	"golang.org/x/tools/go/analysis/passes/lostcancel"
	"golang.org/x/tools/go/analysis/passes/printf"
	"golang.org/x/tools/go/packages"

	"github.com/sharedretry/sharedretry/analyzer"
)

// What the benchmark reads: packages of the standard library, or those of
// another module:
//
//	go test ./analyzer -run NONE -bench Pass -bench.dir ../other -bench.packages ./...
var (
	benchDir      = flag.String("bench.dir", "", "load the packages of the benchmark from `directory`")
	benchHelper   = flag.String("bench.helper", "", "the `helper` that the fixes of BenchmarkFixes call")
	benchPackages = flag.String("bench.packages", "net/http,go/types,crypto/tls,os,cmd/compile/internal/ssa",
		"`packages` of the benchmark, separated by commas")
)

// shownPackages is how many packages the table lists one by one.
const shownPackages = 20

// BenchmarkPass runs the pass on packages that are loaded once. It prints the
// own time of this pass and of others, which is that of Run alone, without what
// the pass requires, and reports the part that it is of printf's.
func BenchmarkPass(b *testing.B) {
	pkgs := loadPackages(b, *benchDir, strings.Split(*benchPackages, ",")...)
	ours := analyzer.New(analyzer.Options{Config: analyzer.NoConfig})
	all := []*analysis.Analyzer{ours, printf.Analyzer, lostcancel.Analyzer, ctrlflow.Analyzer, copylock.Analyzer}
	c := measure(b, pkgs, all, 7)
	if err := c.print(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		for _, pkg := range pkgs {
			c.run(b, ours, pkg)
		}
	}
	b.ReportMetric(100*float64(c.total(ours))/float64(c.total(printf.Analyzer)), "%printf")
	b.ReportMetric(float64(c.total(ours).Microseconds())/(float64(c.allLines())/1e5), "µs/100k-lines")
}

// BenchmarkFixes reports what fixes by a helper cost, as a part of what the pass
// takes without one.
func BenchmarkFixes(b *testing.B) {
	if *benchHelper == "" {
		b.Skip("needs -bench.helper")
	}
	pkgs := loadPackages(b, *benchDir, strings.Split(*benchPackages, ",")...)
	plain := analyzer.New(analyzer.Options{Config: analyzer.NoConfig, Helper: "nowhere.invalid/retry"})
	fixing := analyzer.New(analyzer.Options{Config: analyzer.NoConfig, Helper: *benchHelper})
	c := measure(b, pkgs, []*analysis.Analyzer{plain, fixing}, 7)
	for b.Loop() {
		for _, pkg := range pkgs {
			c.run(b, fixing, pkg)
		}
	}
	b.ReportMetric(100*float64(c.total(fixing)-c.total(plain))/float64(c.total(plain)), "%pass")
	b.ReportMetric(float64(c.total(plain).Microseconds()), "µs/pass")
}

// TestCost fails if the pass has become much slower than it should be. On these
// packages it takes a third of printf's own time; the limit leaves room for the
// noise of busy machines. The benchmark has the exact figures.
func TestCost(t *testing.T) {
	if testing.Short() {
		t.Skip("loads packages of the standard library")
	}
	pkgs := loadPackages(t, "", "net/http", "go/types", "crypto/tls", "os")
	ours := analyzer.New(analyzer.Options{Config: analyzer.NoConfig})
	c := measure(t, pkgs, []*analysis.Analyzer{ours, printf.Analyzer}, 5)
	if own, other := c.total(ours), c.total(printf.Analyzer); own > other {
		t.Errorf("the pass takes %v, printf %v", own, other)
	}
}

// loadPackages loads packages, without tests: their own code as syntax,
// everything else as export data. It leaves out what does not type-check.
func loadPackages(t testing.TB, dir string, patterns ...string) []*packages.Package {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(pkgs, func(pkg *packages.Package) bool {
		if pkg.IllTyped {
			t.Logf("%s is left out: it does not type-check", pkg.PkgPath)
		}
		return pkg.IllTyped
	})
}

// A cost is how long passes take on packages.
type cost struct {
	pkgs    []*packages.Package
	passes  []*analysis.Analyzer
	lines   map[*packages.Package]int
	least   map[*analysis.Analyzer]map[*packages.Package]time.Duration
	results map[*packages.Package]map[*analysis.Analyzer]any
}

// measure runs every pass on every package that many times: the shortest time
// counts.
func measure(t testing.TB, pkgs []*packages.Package, passes []*analysis.Analyzer, times int) *cost {
	c := &cost{
		pkgs: pkgs, passes: passes,
		lines:   make(map[*packages.Package]int),
		least:   make(map[*analysis.Analyzer]map[*packages.Package]time.Duration),
		results: make(map[*packages.Package]map[*analysis.Analyzer]any),
	}
	for _, pkg := range pkgs {
		c.results[pkg] = make(map[*analysis.Analyzer]any)
		for _, file := range pkg.Syntax {
			c.lines[pkg] += pkg.Fset.File(file.FileStart).LineCount()
		}
		for _, a := range passes {
			for _, req := range a.Requires {
				c.result(t, req, pkg)
			}
		}
	}
	for range times {
		for _, a := range passes {
			if c.least[a] == nil {
				c.least[a] = make(map[*packages.Package]time.Duration)
			}
			runtime.GC()
			for _, pkg := range pkgs {
				d := c.run(t, a, pkg)
				if best, ok := c.least[a][pkg]; !ok || d < best {
					c.least[a][pkg] = d
				}
			}
		}
	}
	return c
}

// result returns the result of a pass that others require.
func (c *cost) result(t testing.TB, a *analysis.Analyzer, pkg *packages.Package) {
	if _, ok := c.results[pkg][a]; ok {
		return
	}
	for _, req := range a.Requires {
		c.result(t, req, pkg)
	}
	result, err := a.Run(c.pass(a, pkg))
	if err != nil {
		t.Fatalf("%s of %s: %v", a.Name, pkg.PkgPath, err)
	}
	c.results[pkg][a] = result
}

// run returns how long a pass takes.
func (c *cost) run(t testing.TB, a *analysis.Analyzer, pkg *packages.Package) time.Duration {
	pass := c.pass(a, pkg)
	start := time.Now()
	_, err := a.Run(pass)
	took := time.Since(start)
	if err != nil {
		t.Fatalf("%s of %s: %v", a.Name, pkg.PkgPath, err)
	}
	return took
}

// pass returns a pass that knows no facts of other packages.
func (c *cost) pass(a *analysis.Analyzer, pkg *packages.Package) *analysis.Pass {
	facts := make(map[types.Object][]analysis.Fact)
	return &analysis.Pass{
		Analyzer: a, Fset: pkg.Fset, Files: pkg.Syntax, OtherFiles: pkg.OtherFiles, IgnoredFiles: pkg.IgnoredFiles,
		Pkg: pkg.Types, TypesInfo: pkg.TypesInfo, TypesSizes: pkg.TypesSizes, TypeErrors: pkg.TypeErrors,
		ResultOf: c.results[pkg],
		Report:   func(analysis.Diagnostic) {},
		ReadFile: os.ReadFile,
		ImportObjectFact: func(obj types.Object, fact analysis.Fact) bool {
			for _, known := range facts[obj] {
				if reflect.TypeOf(known) == reflect.TypeOf(fact) {
					reflect.ValueOf(fact).Elem().Set(reflect.ValueOf(known).Elem())
					return true
				}
			}
			return false
		},
		ExportObjectFact:  func(obj types.Object, fact analysis.Fact) { facts[obj] = append(facts[obj], fact) },
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {},
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
}

func (c *cost) total(a *analysis.Analyzer) time.Duration {
	var sum time.Duration
	for _, d := range c.least[a] {
		sum += d
	}
	return sum
}

func (c *cost) allLines() int {
	sum := 0
	for _, n := range c.lines {
		sum += n
	}
	return sum
}

// print prints the table of passes and packages.
func (c *cost) print() error {
	var table strings.Builder
	row := func(name string, lines int, of func(*analysis.Analyzer) any) {
		fmt.Fprintf(&table, "%s\t%d\t", name, lines)
		for _, a := range c.passes {
			fmt.Fprintf(&table, "%v\t", of(a))
		}
		fmt.Fprintln(&table)
	}
	fmt.Fprint(&table, "\npackage\tlines\t")
	for _, a := range c.passes {
		fmt.Fprintf(&table, "%s\t", a.Name)
	}
	fmt.Fprintln(&table)
	if len(c.pkgs) <= shownPackages {
		for _, pkg := range c.pkgs {
			row(pkg.PkgPath, c.lines[pkg], func(a *analysis.Analyzer) any { return c.least[a][pkg].Round(time.Microsecond) })
		}
	}
	row("all", c.allLines(), func(a *analysis.Analyzer) any { return c.total(a).Round(time.Microsecond) })
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, err := io.WriteString(w, table.String())
	return errors.Join(err, w.Flush())
}
