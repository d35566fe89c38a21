package main

import (
	"cmp"
	"fmt"
	"go/token"
	"io"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// A report is what the analysis of all packages came to. A file that belongs
// to a package and to its test variant counts once.
type report struct {
	findings []entry
	sites    []entry
	packages map[string]bool // import paths: whether something was found
	failed   map[string]bool // import paths of those that could not be analysed
	seen     map[entry]bool
	errs     []string
}

// An entry is one line of the output.
type entry struct {
	posn   token.Position
	end    token.Position
	text   string
	growth string
}

// newReport collects the results of actions.
func newReport(actions []*checker.Action) *report {
	r := &report{
		packages: make(map[string]bool),
		failed:   make(map[string]bool),
		seen:     make(map[entry]bool),
	}
	for _, act := range actions {
		r.add(act)
	}
	for _, list := range [][]entry{r.findings, r.sites} {
		slices.SortFunc(list, func(a, b entry) int {
			return cmp.Or(cmp.Compare(a.posn.Filename, b.posn.Filename),
				cmp.Compare(a.posn.Offset, b.posn.Offset), cmp.Compare(a.text, b.text))
		})
	}
	return r
}

// add collects the result of one package.
func (r *report) add(act *checker.Action) {
	path := importPath(act.Package)
	if path == "" {
		return
	}
	if act.Err != nil || act.Package.IllTyped {
		r.failed[path] = true
		if !act.Package.IllTyped { // otherwise the package's own errors say why
			r.errs = append(r.errs, fmt.Sprintf("%s: %v", path, act.Err))
		}
	}
	growth := make(map[token.Pos]string)
	if res, _ := act.Result.(*analyzer.Result); res != nil {
		for _, s := range res.Sites {
			growth[s.Pos] = s.Growth
			r.site(act.Package.Fset, s)
		}
	}
	r.packages[path] = r.packages[path] || len(act.Diagnostics) > 0
	for _, d := range act.Diagnostics {
		e := newEntry(act.Package.Fset, d.Pos, d.End, d.Message)
		e.growth = growth[d.Pos]
		r.findings = r.once(r.findings, e)
	}
}

func (r *report) site(fset *token.FileSet, s analyzer.Site) {
	r.sites = r.once(r.sites, newEntry(fset, s.Pos, s.End, explain(s)))
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
	return entry{posn: fset.Position(pos), end: fset.Position(end), text: text}
}

// once adds e to list unless it was there before.
func (r *report) once(list []entry, e entry) []entry {
	if r.seen[e] {
		return list
	}
	r.seen[e] = true
	return append(list, e)
}

// importPath returns the path by which pkg is counted, which a package and its
// tests share, or "" for the main package of a test binary.
func importPath(pkg *packages.Package) string {
	if strings.HasSuffix(pkg.ID, ".test") {
		return ""
	}
	return cmp.Or(pkg.ForTest, pkg.PkgPath)
}

// exitCode returns what the command exits with; with -json findings are data.
func (r *report) exitCode(json bool) int {
	switch {
	case len(r.errs) > 0 || len(r.failed) > 0:
		return exitError
	case len(r.findings) > 0 && !json:
		return exitFindings
	}
	return exitClean
}

// problems prints, once each, the reasons why packages were not analysed.
func (r *report) problems(w io.Writer, pkgs []*packages.Package) {
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		r.errs = append(r.errs, packageErrors(pkg)...)
		if mod := pkg.Module; mod != nil && mod.Error != nil {
			r.errs = append(r.errs, mod.Path+": "+mod.Error.Err)
		}
	})
	slices.Sort(r.errs)
	r.errs = slices.Compact(r.errs)
	for _, text := range r.errs {
		fmt.Fprintln(w, text)
	}
}

// packageErrors returns what is wrong with pkg, a line each. What the compiler
// printed counts only if the package's own errors do not say the same.
func packageErrors(pkg *packages.Package) []string {
	var own, compiler []string
	for _, err := range pkg.Errors {
		if output, ok := strings.CutPrefix(err.Msg, "# "); ok {
			_, output, _ = strings.Cut(output, "\n") // the package's name
			compiler = append(compiler, strings.TrimSpace(output))
		} else {
			own = append(own, shortPackageError(err))
		}
	}
	if len(own) > 0 {
		return own
	}
	return compiler
}
