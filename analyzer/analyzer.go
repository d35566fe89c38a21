package analyzer

import (
	"go/token"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
)

// Analyzer is the analyzer with its default options.
var Analyzer = New(Options{})

// New returns an analyzer with the given options.
func New(opts Options) *analysis.Analyzer {
	r := newResolver(opts)
	a := &analysis.Analyzer{
		Name:       "sharedretry",
		Doc:        doc,
		URL:        "https://pkg.go.dev/github.com/sharedretry/sharedretry/analyzer",
		Requires:   []*analysis.Analyzer{inspect.Analyzer},
		ResultType: reflect.TypeFor[*Result](),
		Run: func(pass *analysis.Pass) (any, error) {
			set, err := r.resolve(pass)
			if err != nil {
				return nil, err
			}
			return run(pass, set)
		},
	}
	r.register(&a.Flags)
	return a
}

func run(pass *analysis.Pass, set settings) (*Result, error) { return &Result{}, nil }

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
