package report

import (
	"fmt"
	"io"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/apply"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
)

// Announce prints the findings in a file that have a fix, and what it does. They
// do not go where the diff goes, which another command may read.
func (r *Report) Announce(w io.Writer, file string) {
	for _, f := range r.findings {
		if f.fix != nil && f.pkg.Fset.File(f.pos).Name() == file {
			fmt.Fprintf(w, "%v\n\tfix: %s\n", f.entry, f.fix.Message)
		}
	}
}

// summary returns the counts in one line:
//
//	7 loops replaced in 4 files of 3 packages, 38 lines saved; 2 findings have no fix (run with -explain for the reasons)
func (r *Report) FixSummary(f *apply.Fixes, diff bool) string {
	if len(r.findings) == 0 {
		return r.summary()
	}
	text := f.Replaced(diff)
	if n := f.Skipped(); n > 0 {
		text += "; " + words.Plural(n, "fix", "fixes") + " not applied"
	}
	switch n := f.Without(); n {
	case 0:
	case 1:
		text += "; 1 finding has no fix (run with -explain for the reason)"
	default:
		text += fmt.Sprintf("; %d findings have no fix (run with -explain for the reasons)", n)
	}
	return text + r.unanalysed()
}

// fixed returns the file of f and its text with the fix of f alone; nil if there
// is none.
func (run *Run) fixed(f finding) (t *apply.Target, after []byte) {
	if f.fix == nil {
		return nil, nil
	}
	p := apply.NewPatch(nil, run.Sources)
	file := f.pkg.Fset.File(f.pos)
	if err := p.Merge(f.pkg, file, *f.fix, f.rule); err != nil {
		return nil, nil
	}
	t = p.Targets[file.Name()]
	after, err := t.After()
	if err != nil {
		return nil, nil
	}
	return t, after
}
