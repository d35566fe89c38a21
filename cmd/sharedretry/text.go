package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// writeText writes findings for a person at a terminal, or in lines.
func writeText(out io.Writer, run *analysisRun) error {
	if s := run.screen; s.terminal && !run.explain && run.context < 0 {
		return writeTerminal(out, run, s.colour)
	}
	return writeLines(out, run)
}

// writeLines writes a line for each finding, or for each site with -explain.
func writeLines(out io.Writer, run *analysisRun) error {
	list := run.sites
	if !run.explain {
		list = nil
		for _, f := range run.findings {
			list = append(list, f.entry)
		}
	}
	w := bufio.NewWriter(out)
	for _, e := range list {
		fmt.Fprintln(w, e)
		run.printContext(w, e, run.context)
	}
	return w.Flush()
}

// String returns e as compilers print it.
func (e entry) String() string {
	posn := e.posn
	posn.Filename = short(posn.Filename)
	return posn.String() + ": " + e.text
}

// printContext prints the lines of e with n more on either side; none at all
// if n is negative, or if a line directive made the position up.
func (r *report) printContext(w io.Writer, e entry, n int) {
	if n < 0 {
		return
	}
	lines := r.sources.lines(e.posn.Filename)
	for i := max(e.posn.Line-n, 1); i <= min(e.end.Line+n, len(lines)); i++ {
		fmt.Fprintf(w, "%d\t%s\n", i, lines[i-1])
	}
}

// summary returns the counts in one line:
//
//	12 findings in 3 of 40 packages: 7 constant, 3 linear, 2 exponential
func (r *report) summary() string {
	dirty := 0
	for _, found := range r.packages {
		if found {
			dirty++
		}
	}
	all := count(len(r.packages), "package")
	text := "no findings in " + all
	if len(r.findings) > 0 {
		text = fmt.Sprintf("%s in %d of %s%s", count(len(r.findings), "finding"), dirty, all, r.byGrowth())
	}
	return text + r.unanalysed()
}

// unanalysed returns "; 2 could not be analysed", or "".
func (r *report) unanalysed() string {
	if len(r.failed) == 0 {
		return ""
	}
	return fmt.Sprintf("; %d could not be analysed", len(r.failed))
}

// byGrowth returns ": 7 constant, 3 linear", the most frequent first.
func (r *report) byGrowth() string {
	counts := make(map[string]int)
	var names []string
	for _, f := range r.findings {
		if counts[f.growth] == 0 && f.growth != "" {
			names = append(names, f.growth)
		}
		counts[f.growth]++
	}
	slices.Sort(names)
	slices.SortStableFunc(names, func(a, b string) int { return counts[b] - counts[a] })
	for i, name := range names {
		names[i] = fmt.Sprintf("%d %s", counts[name], name)
	}
	if len(names) == 0 {
		return ""
	}
	return ": " + strings.Join(names, ", ")
}

func count(n int, noun string) string { return plural(n, noun, noun+"s") }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// short returns path relative to the working directory, as the go command
// prints it, if that is shorter.
func short(path string) string {
	dir, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(dir, path); err == nil && len(rel) < len(path) {
		return rel
	}
	return path
}

// shortPackageError returns err as "file:line:column: message".
func shortPackageError(err packages.Error) string {
	if err.Pos == "" || err.Pos == "-" {
		return err.Msg
	}
	return short(err.Pos) + ": " + err.Msg
}
