package analyzer

import (
	"go/ast"
	"go/token"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
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
				return nil, err
			}
			return run(pass, set), nil
		},
	}
	r.register(&a.Flags)
	return a
}

// run finds the sites of a package, judges each, and reports those that a rule
// is about.
func run(pass *analysis.Pass, set settings) *Result {
	pkg := source.New(pass, func(file *ast.File) bool { return skips(pass.Fset, file, set) })
	insp := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
	graphs := &graph.Set{Package: pkg}
	sites := site.Find(pkg, graphs, insp)
	if len(sites) == 0 {
		return &Result{}
	}
	judge := flow.NewJudge(pkg, graphs, sites)
	result := &Result{}
	for _, s := range sites {
		f := finding{fset: pass.Fset, site: s, verdict: judge.Judge(s)}
		if rule := f.rule(); set.rules[rule] {
			f.reported = rule
			pass.Report(f.diagnostic())
		}
		result.Sites = append(result.Sites, f.result())
	}
	return result
}

// A Result lists the sites of a package, reported or not, in source order.
type Result struct{ Sites []Site }

// A Site is a cycle with a delay between one pass and the next.
type Site struct {
	Pos, End    token.Pos // the cycle's header
	Intent      string    // why it goes round: "retry", "poll", ...
	Growth      string    // how the delay grows: "linear", ...; "" when it does not apply
	Rule        string    // the rule that reports it, or "" if it is not reported
	Explanation string    // one line: why it is or is not reported, bounds, schedule
}
