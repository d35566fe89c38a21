package report

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/visible"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
	"golang.org/x/tools/go/packages"
)

// writeText writes findings for a person at a terminal, or in lines.
func writeText(w *out.Writer, run *Run) error {
	if s := run.screen; s.Terminal && !run.Explain && run.Context < 0 {
		writeTerminal(w, run, s.Colour)
		return nil
	}
	writeLines(w, run)
	return nil
}

// writeLines writes a line for each finding, or for each site with -explain.
func writeLines(w *out.Writer, run *Run) {
	write := func(e entry) {
		w.Printf("%v\n", e)
		run.printContext(w, e, run.Context)
	}
	if run.Explain {
		for group := range run.explained() {
			for _, e := range group {
				write(e)
			}
		}
		return
	}
	for _, f := range run.findings {
		write(f.entry)
	}
}

// explained yields what is said of all sites, those of a place together: a package and
// its tests say the same of one.
func (r *Report) explained() iter.Seq[[]entry] {
	return func(yield func([]entry) bool) {
		for from, to := 0, 0; from < len(r.sites); from = to {
			var group []entry
			for ; to < len(r.sites) && r.sites[to].at == r.sites[from].at; to++ {
				e := r.sites[to].entry
				e.text = r.sites[to].explain()
				group = append(group, e)
			}
			slices.SortFunc(group, entry.compare)
			if !yield(slices.Compact(group)) {
				return
			}
		}
	}
}

// String returns e as compilers print it.
func (e entry) String() string {
	posn := e.posn
	posn.Filename = words.Short(posn.Filename)
	return visible.Text(posn.String()) + ": " + e.text
}

// shown returns the number that line directives give to a line of e's code.
func (e entry) shown(line int) int { return line + e.posn.Line - e.at.Line }

// printContext prints the lines of e with n more on either side; none at all if n is
// negative.
func (r *Report) printContext(w *out.Writer, e entry, n int) {
	if n < 0 {
		return
	}
	lines := r.lines.lines(e.at.Filename)
	for i := max(e.at.Line-n, 1); i <= min(e.to.Line+n, len(lines)); i++ {
		start := 0
		if i == e.at.Line {
			start = e.at.Column - 1
		}
		text, _, _ := clip(strings.TrimSuffix(lines[i-1], "\r"), start, start)
		w.Printf("%d\t%s\n", e.shown(i), visible.Text(text))
	}
}

// summary returns the counts in one line:
//
//	12 findings in 3 of 40 packages: 7 constant, 3 linear, 2 unknown; 7 ignore their context; 5 have a fix
func (r *Report) summary() string {
	dirty := 0
	for _, found := range r.packages {
		if found {
			dirty++
		}
	}
	all := words.Count(len(r.packages), "package")
	text := "no findings in " + all
	if len(r.findings) > 0 {
		text = fmt.Sprintf("%s in %d of %s: %s%s%s", words.Count(len(r.findings), "finding"), dirty, all, r.byKind(), r.byFault(), r.fixable())
	}
	if r.old > 0 {
		text += fmt.Sprintf("; %d in the baseline", r.old)
	}
	return text + r.unanalysed()
}

// unanalysed returns "; 2 could not be analysed", or "".
func (r *Report) unanalysed() string {
	if len(r.Failed) == 0 {
		return ""
	}
	return fmt.Sprintf("; %d could not be analysed", len(r.Failed))
}

// kind is what the summary counts f as: how its delay grows, or its rule where there
// is none that could.
func (f finding) kind() string {
	switch {
	case f.growth != "":
		return f.growth
	case slices.Contains([]string{"retry", "reconnect", "helper"}, f.site.Intent):
		return "of unknown growth"
	}
	return f.rule
}

// byKind returns "7 constant, 3 linear, 1 poll-loop", the most frequent first.
func (r *Report) byKind() string {
	counts := make(counter)
	for _, f := range r.findings {
		counts.add(f.kind(), 0)
	}
	return counts.text()
}

// fixable says how many findings have a fix; where no helper is known, how to get one.
func (r *Report) fixable() string {
	n := 0
	for _, f := range r.findings {
		switch {
		case f.fix != nil:
			n++
		case f.site.NoFix == analyzer.NoHelper:
			return "; no fixes: " + analyzer.NoHelper
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return "; 1 has a fix"
	}
	return fmt.Sprintf("; %d have a fix", n)
}

// shortPackageError returns err as "file:line:column: message".
func shortPackageError(err packages.Error) string {
	if err.Pos == "" || err.Pos == "-" {
		return err.Msg
	}
	return words.Short(err.Pos) + ": " + err.Msg
}
