package starter

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/sharedretry/sharedretry/analyzer"
)

// A candidate is a package of a module that has retry helpers already.
type candidate struct {
	path  string
	names []string // of the functions, as callers write them
	calls int      // of all of them, tests apart
}

// candidates returns the packages of the module in root that others can import
// and that have exported functions which take an operation and repeat it, those
// with most callers first.
func candidates(root string) ([]*candidate, error) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: root}, "./...")
	if err != nil {
		return nil, err
	}
	rules := analyzer.New(analyzer.Options{Rules: []string{"retry-helper"}, Config: analyzer.NoConfig, Baseline: analyzer.NoBaseline})
	graph, err := checker.Analyze([]*analysis.Analyzer{rules}, pkgs, nil)
	if err != nil {
		return nil, err
	}
	found := make(map[string]*candidate) // by the full name of the function
	byPath := make(map[string]*candidate)
	for _, act := range graph.Roots {
		for _, fn := range helpersIn(act) {
			path := act.Package.PkgPath
			if byPath[path] == nil {
				byPath[path] = &candidate{path: path}
			}
			c := byPath[path]
			c.names = append(c.names, act.Package.Name+"."+fn.Name())
			found[fn.FullName()] = c
		}
	}
	for _, pkg := range pkgs {
		for _, obj := range pkg.TypesInfo.Uses {
			if fn, ok := obj.(*types.Func); ok && found[fn.Origin().FullName()] != nil {
				found[fn.Origin().FullName()].calls++
			}
		}
	}
	var list []*candidate
	for _, c := range byPath {
		slices.Sort(c.names)
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.calls, a.calls), cmp.Compare(a.path, b.path))
	})
	return list, nil
}

// helpersIn returns the exported functions and methods that the analysis of a package has
// reported as retry helpers.
func helpersIn(act *checker.Action) (list []*types.Func) {
	pkg := act.Package
	if act.Err != nil || pkg.Name == "main" {
		return nil
	}
	for _, d := range act.Diagnostics {
		if fn := declaredAt(pkg, d.Pos); fn != nil && fn.Exported() {
			list = append(list, fn)
		}
	}
	return list
}

// declaredAt returns the function that is declared at pos, or nil.
func declaredAt(pkg *packages.Package, pos token.Pos) *types.Func {
	for _, file := range pkg.Syntax {
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Pos() <= pos && pos < fn.End() {
				obj, _ := pkg.TypesInfo.Defs[fn.Name].(*types.Func)
				return obj
			}
		}
	}
	return nil
}

// several is the error where a module has more than one helper.
func several(list []*candidate) error {
	var text strings.Builder
	fmt.Fprintf(&text, "this module has retry helpers in %d packages: choose one with -init=PATH", len(list))
	for _, c := range list {
		calls := "1 call"
		if c.calls != 1 {
			calls = fmt.Sprintf("%d calls", c.calls)
		}
		fmt.Fprintf(&text, "\n\t%s\t%s: %s", c.path, calls, strings.Join(c.names, ", "))
	}
	return errors.New(text.String())
}
