package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"golang.org/x/tools/go/analysis/checker"
)

// applyFixes applies the fixes of all findings, or prints what they change, and
// returns the exit code.
func (req *request) applyFixes(rep *report, actions []*checker.Action) int {
	done := fixes{patch: newPatch(actions, &req.sources)}
	if req.diff {
		done.each(func(t *target, after []byte) error {
			rep.announce(os.Stderr, t.name)
			return t.printDiff(os.Stdout, after)
		})
	} else {
		done.each(func(t *target, after []byte) error {
			if err := replace(t.name, t.before, after); err != nil {
				return err
			}
			rep.pointOut(os.Stderr, t, after)
			return nil
		})
	}
	for _, text := range done.errs {
		fmt.Fprintln(os.Stderr, text)
	}
	fmt.Fprintln(os.Stderr, done.summary(rep, req.diff))
	if len(done.errs) > 0 {
		return exitError
	}
	return rep.exitCode(true) // what has no fix is no error
}

// fixes are those of a patch that were applied.
type fixes struct {
	*patch
	loops, policies int
	files, lines    int
	packages        map[string]bool
}

// each calls do with every file of the patch and its text with the fixes, and
// counts those for which do succeeds.
func (f *fixes) each(do func(t *target, after []byte) error) {
	f.packages = make(map[string]bool)
	for _, t := range f.patch.files() {
		after, err := t.after()
		if err == nil {
			err = do(t, after)
		}
		if err != nil {
			f.errs = append(f.errs, fmt.Sprintf("%s: not fixed: %v", short(t.name), err))
			continue
		}
		f.loops += t.fixes - t.policies
		f.policies += t.policies
		f.files++
		f.lines += bytes.Count(t.before, newline) - bytes.Count(after, newline)
		f.packages[t.path] = true
	}
}

var newline = []byte("\n")

// announce prints the findings in a file that have a fix, and what it does. They
// do not go where the diff goes, which another command may read.
func (r *report) announce(w io.Writer, file string) {
	for _, f := range r.findings {
		if f.fix != nil && f.pkg.Fset.File(f.pos).Name() == file {
			fmt.Fprintf(w, "%v\n\tfix: %s\n", f.entry, f.fix.Message)
		}
	}
}

// printDiff prints what changes in a form that git apply and patch understand.
func (t *target) printDiff(w io.Writer, after []byte) error {
	name := filepath.ToSlash(short(t.name))
	_, err := w.Write(diff.Diff("a/"+name, t.before, "b/"+name, after))
	return err
}

// summary returns the counts in one line:
//
//	7 loops replaced in 4 files of 3 packages, 38 lines saved; 2 findings have no fix (run with -explain for the reasons)
func (f *fixes) summary(rep *report, diff bool) string {
	if len(rep.findings) == 0 {
		return rep.summary()
	}
	text := f.replaced(diff)
	if n := f.skipped(); n > 0 {
		text += "; " + plural(n, "fix", "fixes") + " not applied"
	}
	switch n := f.without(); n {
	case 0:
	case 1:
		text += "; 1 finding has no fix (run with -explain for the reason)"
	default:
		text += fmt.Sprintf("; %d findings have no fix (run with -explain for the reasons)", n)
	}
	return text + rep.unanalysed()
}

// replaced returns the part of the summary about what changed.
func (f *fixes) replaced(diff bool) string {
	done := "replaced"
	if diff {
		done = "to replace"
	}
	var what []string
	if f.loops > 0 {
		what = append(what, count(f.loops, "loop"))
	}
	if f.policies > 0 {
		what = append(what, plural(f.policies, "policy", "policies"))
	}
	if len(what) == 0 {
		return "no loops " + done
	}
	text := fmt.Sprintf("%s %s in %s of %s", strings.Join(what, " and "), done, count(f.files, "file"), count(len(f.packages), "package"))
	switch {
	case f.lines > 0 && diff:
		text += ", " + count(f.lines, "line") + " to save"
	case f.lines > 0:
		text += ", " + count(f.lines, "line") + " saved"
	case f.lines < 0:
		text += ", " + count(-f.lines, "line") + " longer"
	}
	return text
}

// without returns the number of findings without a fix.
func (p *patch) without() int {
	n := 0
	for _, fixed := range p.fixed {
		if !fixed {
			n++
		}
	}
	return n
}

// skipped returns the number of fixes that were not applied.
func (f *fixes) skipped() int { return len(f.fixed) - f.without() - f.loops - f.policies }
