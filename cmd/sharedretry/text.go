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

// print prints findings, or all sites with -explain, to standard output and
// the summary to standard error.
func (r *report) print(req *request) error {
	list, context := r.findings, req.context
	if req.explain {
		list = r.sites
	}
	out := bufio.NewWriter(os.Stdout)
	for _, e := range list {
		posn := e.posn
		posn.Filename = short(posn.Filename)
		fmt.Fprintf(out, "%s: %s\n", posn, e.text)
		printContext(out, e, context)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(os.Stderr, r.summary())
	return err
}

// printContext prints the lines of e with n more on either side; none at all
// if n is negative.
func printContext(w io.Writer, e entry, n int) {
	if n < 0 {
		return
	}
	data, err := os.ReadFile(e.posn.Filename)
	if err != nil {
		return // a position that a line directive made up
	}
	lines := strings.Split(string(data), "\n")
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
