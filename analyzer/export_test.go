package analyzer

import (
	"go/ast"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"

	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

func init() { failsAloud = true }

// MaxFixes is how many fixes a package has at most.
const MaxFixes = maxFixes

// FixEverything returns an analyzer that asks for a fix of each site of a
// package by each helper, as if it were a retry and the helper could be
// imported. Its result are the edits of each fix that is offered.
func FixEverything(specs ...HelperSpec) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: "fixeverything", Doc: "asks for a fix of each site",
		Requires:   []*analysis.Analyzer{inspect.Analyzer},
		ResultType: reflect.TypeFor[[][]analysis.TextEdit](),
		Run: func(pass *analysis.Pass) (any, error) {
			var all [][]analysis.TextEdit
			for _, spec := range specs {
				h, err := spec.Helper()
				if err != nil {
					return nil, err
				}
				all = append(all, fixesOfSites(pass, settings{helper: h, choose: func() (*helper.Helper, string) { return h, "" }})...)
			}
			return all, nil
		},
	}
}

func fixesOfSites(pass *analysis.Pass, set settings) (all [][]analysis.TextEdit) {
	pkg := source.New(pass, func(file *ast.File) bool { return skips(pass.Fset, file, set) })
	pkg.Abroad, pkg.Declared = abroad(pass), declared(pass)
	findings := judged(pass, pkg, set)
	for _, f := range findings {
		f.reported = true
		if f.verdict.Operation != nil && f.verdict.Intent != flow.Reconnect {
			f.verdict.Intent = flow.Retry
			f.growth = grows(f.waits, f.site, f.verdict)
		}
	}
	newFixer(pass, pkg, set).fix(findings)
	for _, f := range findings {
		if f.fix != nil {
			all = append(all, f.fix.Edits)
		}
	}
	return all
}
