package analyzer

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/baseline"
	"github.com/sharedretry/sharedretry/analyzer/internal/shape"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A BaselineEntry stands for a finding in a baseline. Its Shape is a fingerprint
// that holds while the code around the finding changes.
type BaselineEntry = baseline.Entry

// A Finding is what a rule reports, or would without the baseline.
type Finding struct {
	Pos   token.Pos            // that of the diagnostic
	Entry func() BaselineEntry // two findings that are alike have the same
	Old   bool                 // it is in the baseline, so there is no diagnostic
}

// A claim is a finding of which it is not known yet whether it is reported.
type claim struct {
	pos  token.Pos // of its diagnostic
	node ast.Node  // the code that it is about
	rule string
}

// A ledger compares the findings of a package with its baseline.
type ledger struct {
	pass     *analysis.Pass
	pkg      *source.Package
	path     string
	left     map[BaselineEntry]int // entries that no finding has matched yet
	findings []Finding
}

func newLedger(pass *analysis.Pass, pkg *source.Package, old map[string][]BaselineEntry) *ledger {
	path, _, _ := strings.Cut(pass.Pkg.Path(), " ") // p [p.test]
	return &ledger{pass: pass, pkg: pkg, path: path, left: baseline.Count(old[path])}
}

// enter adds a finding, and reports whether it is in the baseline. Of several
// that are alike the first ones are.
func (l *ledger) enter(c claim) (old bool) {
	if len(l.left) > 0 {
		e := l.entry(c)
		if old = l.left[e] > 0; old {
			l.left[e]--
		}
	}
	l.findings = append(l.findings, Finding{c.pos, func() BaselineEntry { return l.entry(c) }, old})
	return old
}

func (l *ledger) entry(c claim) BaselineEntry {
	return BaselineEntry{Package: l.path, Func: l.funcAt(c.pos), Rule: c.rule, Shape: shape.Of(c.node, l.pass.Pkg, l.pass.TypesInfo)}
}

// gone returns the entries that no finding has matched, though they would be
// reported: not those of rules that are off or of tests that are skipped. What
// names a rule that does not exist never matches anything.
func (l *ledger) gone(rules map[string]bool) (list []BaselineEntry) {
	known, skipped := ruleNames(), l.skippedTests()
	for e, n := range l.left {
		if !slices.Contains(known, e.Rule) || rules[e.Rule] && !skipped[e.Func] {
			list = append(list, slices.Repeat([]BaselineEntry{e}, n)...)
		}
	}
	return list
}

// skippedTests returns the names of what the test files declare that are not
// judged.
func (l *ledger) skippedTests() map[string]bool {
	names := make(map[string]bool)
	for _, file := range l.pass.Files {
		if l.pkg.Skips(file) && strings.HasSuffix(l.pass.Fset.File(file.FileStart).Name(), "_test.go") {
			maps.Copy(names, baseline.Funcs(file))
		}
	}
	return names
}

// funcAt returns the name of the declaration around pos.
func (l *ledger) funcAt(pos token.Pos) string {
	for _, file := range l.pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			return baseline.FuncAt(file, pos)
		}
	}
	return baseline.NoFunc
}

// readBaseline returns the entries of a baseline by package.
func readBaseline(file string) (map[string][]BaselineEntry, error) {
	list, err := baseline.Read(file)
	entries := make(map[string][]BaselineEntry)
	for _, e := range list {
		entries[e.Package] = append(entries[e.Package], e)
	}
	return entries, err
}
