package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
	"github.com/sharedretry/sharedretry/analyzer/visible"
)

// Analyzer is the analyzer with its default options.
var Analyzer = New(Options{})

// New returns an analyzer with the given options.
func New(opts Options) *analysis.Analyzer {
	r := newResolver(opts)
	a := &analysis.Analyzer{
		Name:       "sharedretry",
		Doc:        doc,
		URL:        docURL,
		Requires:   []*analysis.Analyzer{inspect.Analyzer},
		ResultType: reflect.TypeFor[*Result](),
		Run: func(pass *analysis.Pass) (any, error) {
			set, err := r.resolve(pass)
			if err != nil {
				return nil, visible.Error(err)
			}
			shown := *pass
			shown.Report = func(d analysis.Diagnostic) { pass.Report(show(d)) }
			return run(&shown, set), nil
		},
	}
	r.register(&a.Flags)
	return a
}

// run finds the sites of a package, judges each, and reports those that a rule
// is about.
func run(pass *analysis.Pass, set settings) *Result {
	if set.owned {
		return &Result{} // the helper itself
	}
	pkg := source.New(pass, func(file *ast.File) bool { return skips(pass.Fset, file, set) })
	pkg.Abroad, pkg.Declared = abroad(pass), declared(pass)
	findings := judged(pass, pkg, set)
	if len(findings) > 0 {
		set.chooseHelper()
	}
	quiet := newSilencer(pass, pkg, set)
	quiet.silenceAll(findings)
	fixer := newFixer(pass, pkg, set)
	fixer.fix(findings)
	joinHelpers(findings)
	result := &Result{}
	for _, f := range findings {
		if f.reported {
			f.readFaults(pkg, set.faults)
			pass.Report(f.diagnostic())
		}
		result.Sites = append(result.Sites, f.results()...)
	}
	fixer.reportPolicies(result, quiet)
	slices.SortStableFunc(result.Sites, func(a, b Site) int { return pkg.Compare(a.Pos, b.Pos) })
	for i, s := range result.Sites {
		result.Sites[i] = s.show()
	}
	for _, d := range quiet.unused() {
		pass.Report(d)
	}
	result.Findings = quiet.ledger.findings
	if set.baselineFile != "" {
		result.Baseline, result.Gone = set.baselineFile, quiet.ledger.gone(set.rules)
	}
	return result
}

// show makes the texts of d visible.
func show(d analysis.Diagnostic) analysis.Diagnostic {
	d.Message = visible.Text(d.Message)
	d.SuggestedFixes = slices.Clone(d.SuggestedFixes)
	for i := range d.SuggestedFixes {
		d.SuggestedFixes[i].Message = visible.Text(d.SuggestedFixes[i].Message)
	}
	return d
}

// show makes the texts of s visible.
func (s Site) show() Site {
	explain := s.Explain
	s.Explain = func() string { return visible.Text(explain()) }
	s.NoFix, s.Helper = visible.Text(s.NoFix), visible.Text(s.Helper)
	return s
}

// judged finds the sites of a package and judges each.
func judged(pass *analysis.Pass, pkg *source.Package, set settings) []*finding {
	return judgedWhere(pass, pkg, set, func(*site.Site) bool { return true })
}

// judgedWhere judges the sites of a package that are wanted.
func judgedWhere(pass *analysis.Pass, pkg *source.Package, set settings, wanted func(*site.Site) bool) (findings []*finding) {
	graphs := &graph.Set{Package: pkg}
	sites := site.Find(pkg, graphs)
	if len(sites) > 0 {
		set.chooseHelper()
	}
	waits := growth.New(pkg)
	judge := flow.NewJudge(pkg, graphs, sites, func(s *site.Site, d *site.Delay) (ast.Expr, bool) {
		g := waits.Of(s, d)
		return g.Base, g.Grows()
	})
	for _, s := range sites {
		if !wanted(s) {
			continue
		}
		f := &finding{fset: pass.Fset, site: s, judge: judge, verdict: judge.Judge(s), waits: waits}
		if f.answersFailure() {
			f.growth = grows(waits, s, f.verdict)
		}
		f.choose(set.rules)
		findings = append(findings, f)
	}
	markHelpers(findings, pkg, set.rules)
	for _, f := range findings {
		if set.waitsWithHelper(pkg.Info, f.site) {
			f.rule, f.reported, f.second = "", false, nil
		}
	}
	return findings
}

// waitsWithHelper reports whether all delays of s are calls of the helper, which is
// told each of them: there is nothing to replace.
func (set settings) waitsWithHelper(info *types.Info, s *site.Site) bool {
	if set.helper == nil {
		return false
	}
	for _, d := range s.Delays {
		call, ok := d.Node.(*ast.CallExpr)
		if !ok {
			return false
		}
		if len(call.Args) == 1 { // time.Sleep of what the helper says
			if of, ok := ast.Unparen(call.Args[0]).(*ast.CallExpr); ok && !info.Types[of.Fun].IsType() {
				call = of
			}
		}
		fn := typeutil.Callee(info, call)
		if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() == "time" || !slices.Contains(slices.Collect(maps.Values(set.helper.Imports)), fn.Pkg().Path()) {
			return false
		}
	}
	return true
}

// grows returns how the delays of s that answer the failure grow.
func grows(waits *growth.Analysis, s *site.Site, v flow.Verdict) growth.Growth {
	switch v.Reason {
	case flow.ExtraDelay, flow.OtherDelay, flow.SetOnFailure: // the others come after success
		return waits.Of(s, v.Delay)
	}
	return waits.OfSite(s)
}

// skips reports whether file is not judged: a generated file, or a test unless
// tests are asked for.
func skips(fset *token.FileSet, file *ast.File, set settings) bool {
	return !set.tests && isTestFile(fset, file) || isGenerated(file)
}

func isTestFile(fset *token.FileSet, file *ast.File) bool {
	return strings.HasSuffix(fset.File(file.FileStart).Name(), "_test.go")
}

// cgoMarker begins the files that cgo makes of the sources that import "C",
// which are not generated.
const cgoMarker = "// Code generated by cmd/cgo; DO NOT EDIT."

// isGenerated is [ast.IsGenerated], but for what cgo adds.
func isGenerated(file *ast.File) bool {
	if len(file.Comments) == 0 || file.Comments[0].List[0].Text != cgoMarker {
		return ast.IsGenerated(file)
	}
	source := *file
	source.Comments = file.Comments[1:]
	return ast.IsGenerated(&source)
}

// A Result is what the analysis of a package came to.
type Result struct {
	Sites    []Site    // all sites, reported or not, by file name and place
	Findings []Finding // of all rules, but for what is suppressed or excluded

	Baseline string          // the baseline's file, or ""
	Gone     []BaselineEntry // what the baseline has of the package and no finding matches, in no order
}

// NoHelper is [Site.NoFix] where it is not known what fixes are to call.
const NoHelper = helper.NoHelper

// A Site is a cycle with a delay between one pass and the next, a function that
// takes an operation and repeats it, or a place that gives a retry library its
// delays.
type Site struct {
	Pos, End token.Pos // the cycle's header, or what stands for the delays
	Intent   string    // why it goes round: "retry", "poll", ...; or "helper", "policy"
	Growth   string    // how the delay grows: "linear", ...; "" when it does not apply
	Rule     string    // the rule that reports it, or "" if it is not reported

	// Delay and DelayEnd are the place of the delay that decides, or of the first
	// one if none does. It may be in another file if the cycle is a recursion.
	Delay, DelayEnd token.Pos

	// Explain says in one line why the site is or is not reported, what ends its
	// attempts and, where constants tell them, the delays.
	Explain func() string

	Faults []Fault // what is wrong with it, the gravest first, if it is reported

	Helper string // the helper that its fix calls, by name; "" if there is no fix
	NoFix  string // why it is reported without a fix, in words; "" if nothing is known

	Stale []token.Pos // lines that its fix keeps, and that speak of today's waits

	// Schedules returns the delays of a retry or reconnect as it is and with its
	// fix; nil for what constants do not tell.
	Schedules func() (today, fixed *Schedule)
}
