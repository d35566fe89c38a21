// Package report collects what was found, and writes it in the formats that
// there are.
package report

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/baseline"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/baselines"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// A Report is what the analysis of all packages came to. A file that belongs
// to a package and to its test variant counts once.
type Report struct {
	explains bool
	findings []finding
	sites    []site          // if it explains them
	packages map[string]bool // import paths: whether something was found
	Failed   map[string]bool // import paths of those that could not be analysed
	Errs     []string
	old      int // findings in the baseline
	lines    lineCache
}

// A finding is a diagnostic of the analyzer.
type finding struct {
	entry
	pos  token.Pos
	rule string                        // its name
	url  string                        // of the rule's page
	key  func() analyzer.BaselineEntry // of a baseline; nil if none can have it
	pkg  *packages.Package
	site *analyzer.Site         // what it is about; empty if it is about no site
	fix  *analysis.SuggestedFix // nil if there is none
}

// A site is what -explain tells of, in words that are made when they are printed: they
// are long.
type site struct {
	entry
	explain func() string
}

// An entry is one line of the output. Its place is what line directives say, while
// its code is what really stands there.
type entry struct {
	posn   token.Position
	end    token.Position
	at, to token.Position // where it really begins and ends
	text   string
	growth string
}

// delay returns where the delay really is that f is about, or f itself if there is
// none in its file.
func (f finding) delay() (from, to token.Position) {
	if s := f.site; s.Delay.IsValid() {
		from, to = f.pkg.Fset.PositionFor(s.Delay, false), f.pkg.Fset.PositionFor(s.DelayEnd, false)
		if from.Filename == f.at.Filename {
			return from, to
		}
	}
	return f.at, f.to
}

// New collects the results of actions, with all sites if it explains them. Lines of
// code are those of src.
func New(actions []*checker.Action, src *load.Sources, explains bool) *Report {
	r := &Report{
		explains: explains,
		lines:    lineCache{sources: src},
		packages: make(map[string]bool),
		Failed:   make(map[string]bool),
	}
	for _, act := range actions {
		r.add(act)
	}
	r.old = len(baselines.EntriesOf(actions, baselines.IsOld))
	slices.SortStableFunc(r.findings, func(a, b finding) int { return a.compare(b.entry) })
	r.findings = slices.CompactFunc(r.findings, func(a, b finding) bool { return a.compare(b.entry) == 0 })
	slices.SortStableFunc(r.sites, func(a, b site) int { return a.compare(b.entry) })
	return r
}

// function returns the name of the function that f stands in, or "".
func (f finding) function() string {
	if f.key == nil {
		return ""
	}
	if name := f.key().Func; name != baseline.NoFunc {
		return name
	}
	return ""
}

// compare orders entries by their place.
func (e entry) compare(f entry) int {
	return cmp.Or(cmp.Compare(e.at.Filename, f.at.Filename),
		cmp.Compare(e.at.Offset, f.at.Offset), cmp.Compare(e.to.Offset, f.to.Offset), cmp.Compare(e.text, f.text))
}

// add collects the result of one package.
func (r *Report) add(act *checker.Action) {
	path := load.ImportPath(act.Package)
	if path == "" {
		return
	}
	if act.Err != nil || act.Package.IllTyped {
		r.Failed[path] = true
		if !act.Package.IllTyped { // otherwise the package's own errors say why
			r.Errs = append(r.Errs, fmt.Sprintf("%s: %v", path, act.Err))
		}
	}
	fset := act.Package.Fset
	var all []analyzer.Site
	sites := make(map[token.Pos]int, len(act.Diagnostics)) // the last of all at a place, counted from 1
	keys := make(map[token.Pos]func() analyzer.BaselineEntry, len(act.Diagnostics))
	if res, _ := act.Result.(*analyzer.Result); res != nil {
		all = res.Sites
		if r.explains {
			r.sites = slices.Grow(r.sites, len(all))
		}
		for i, s := range all {
			sites[s.Pos] = i + 1
			if r.explains {
				r.sites = append(r.sites, site{newEntry(fset, s.Pos, s.End, ""), func() string { return explain(all[i]) }})
			}
		}
		for _, f := range res.Findings {
			keys[f.Pos] = f.Entry
		}
	}
	r.packages[path] = r.packages[path] || len(act.Diagnostics) > 0
	r.findings = slices.Grow(r.findings, len(act.Diagnostics))
	for _, d := range act.Diagnostics {
		f := finding{entry: newEntry(fset, d.Pos, d.End, d.Message), pos: d.Pos, rule: d.Category, url: d.URL, key: keys[d.Pos], site: new(analyzer.Site), pkg: act.Package}
		if i := sites[d.Pos]; i > 0 {
			f.site = &all[i-1]
		} else if r.explains {
			r.sites = append(r.sites, site{f.entry, func() string { return f.text }}) // there is no more to say about it
		}
		f.growth = f.site.Growth
		if len(d.SuggestedFixes) > 0 {
			f.fix = &d.SuggestedFixes[0]
		}
		r.findings = append(r.findings, f)
	}
}

// explain returns the line of -explain for s, without its position.
func explain(s analyzer.Site) string {
	text := s.Intent
	if s.Growth != "" {
		text += ", " + s.Growth + " backoff"
	}
	if s.Explain != nil {
		text += ": " + s.Explain()
	}
	if s.Rule != "" {
		text += " (" + s.Rule + ")"
	}
	return text
}

func newEntry(fset *token.FileSet, pos, end token.Pos, text string) entry {
	if !end.IsValid() {
		end = pos
	}
	e := entry{posn: fset.Position(pos), end: fset.Position(end), at: fset.PositionFor(pos, false), to: fset.PositionFor(end, false), text: text}
	if e.end.Filename != e.posn.Filename || e.end.Line < e.posn.Line {
		e.end = e.posn // a line directive is between them
	}
	return e
}

// ExitCode returns what the command exits with, where findings may be data.
func (r *Report) ExitCode(data bool) int {
	switch {
	case len(r.Errs) > 0 || len(r.Failed) > 0:
		return exit.Error
	case len(r.findings) > 0 && !data:
		return exit.Findings
	}
	return exit.Clean
}

// Problems prints, once each, the reasons why packages were not analysed.
func (r *Report) Problems(pkgs []*packages.Package) {
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		r.Errs = append(r.Errs, packageErrors(pkg)...)
		if mod := pkg.Module; mod != nil && mod.Error != nil {
			r.Errs = append(r.Errs, mod.Path+": "+mod.Error.Err)
		}
	})
	slices.Sort(r.Errs)
	r.Errs = slices.Compact(r.Errs)
	for _, text := range r.Errs {
		out.Note(text)
	}
}

// packageErrors returns what is wrong with pkg, a line each. What the compiler
// printed counts only if the package's own errors do not say the same.
func packageErrors(pkg *packages.Package) []string {
	var own, compiler []string
	lacking := lacksImport(pkg)
	for _, err := range pkg.Errors {
		if output, ok := strings.CutPrefix(err.Msg, "# "); ok {
			_, output, _ = strings.Cut(output, "\n") // the package's name
			compiler = append(compiler, strings.TrimSpace(output))
		} else if err.Kind != packages.TypeError || !lacking {
			own = append(own, shortPackageError(err))
		}
	}
	if len(own) > 0 {
		return own
	}
	return compiler
}

// lacksImport reports whether the go command has an error of its own for a
// package that pkg imports. What types pkg lacks follows from that.
func lacksImport(pkg *packages.Package) bool {
	for _, imported := range pkg.Imports {
		for _, err := range imported.Errors {
			if err.Kind == packages.ListError && !strings.HasPrefix(err.Msg, "# ") {
				return true
			}
		}
	}
	return false
}
