package report

import (
	"fmt"
	"strings"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/apply"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
)

// Announce prints the findings in t that are fixed, and what the fixes do. They
// do not go where the diff goes, which another command may read.
func (r *Report) Announce(t *apply.Target) {
	for _, f := range r.findings {
		if f.fixedIn(t) {
			out.Note(fmt.Sprintf("%v\n\tfix: %s", f.entry, f.fix.Message))
		}
	}
}

// FixSummary returns what became of all findings, and why the rest have no fix:
//
//	7 loops replaced in 4 files of 3 packages, 38 lines saved; 3 findings have no fix:
//	  2  the loop has several different exits
//	  1  the server sets the delay
//
// Stale is the number of lines that have become untrue.
func (r *Report) FixSummary(f *apply.Fixes, diff bool, stale int) string {
	if len(r.findings) == 0 {
		return r.summary()
	}
	text := f.Replaced(diff)
	if n := f.Skipped(); n > 0 {
		text += "; " + words.Plural(n, "fix", "fixes") + " not applied"
	}
	if f.Left > 0 {
		text += fmt.Sprintf("; %d more with -fix", f.Left)
	}
	if stale > 0 {
		text += "; " + words.Plural(stale, "line states", "lines state") + " the old delay"
	}
	text += r.unanalysed()
	var reasons strings.Builder
	counts := make(counter)
	for _, f := range r.findings {
		if f.fix == nil {
			counts.add(f.noFix(), 0)
		}
	}
	left := 0
	for _, t := range counts.list(0) {
		left += t.Findings
		fmt.Fprintf(&reasons, "\n  %d  %s", t.Findings, t.Name)
	}
	if left > 0 {
		text += "; " + words.Plural(left, "finding has", "findings have") + " no fix:"
	}
	return text + reasons.String()
}

// fixedIn reports whether the fix of f is among those of t.
func (f finding) fixedIn(t *apply.Target) bool {
	return f.fix != nil && f.at.Filename == t.Name && t.Fixes(load.PlaceOf(f.pkg.Fset.File(f.pos), f.pos))
}

// noFix says why f has no fix.
func (f finding) noFix() string {
	if f.site.NoFix == "" {
		return "there is none for " + f.rule
	}
	reason, _, _ := strings.Cut(f.site.NoFix, " (") // what follows is about this one
	return reason
}

// fixed returns what the fix of f changes in its file, without any other fix; nothing
// if there is none.
func (run *Run) fixed(f finding) ([]apply.Part, error) {
	if f.fix == nil {
		return nil, nil
	}
	if run.single == nil {
		run.single = apply.NewSingle(run.Sources)
	}
	return run.single.Parts(f.pkg, f.pkg.Fset.File(f.pos), *f.fix)
}
