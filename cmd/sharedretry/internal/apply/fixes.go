// Package apply merges the fixes of findings and applies them to files.
package apply

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
	"golang.org/x/tools/go/analysis/checker"
)

// Fixes are those of a patch that were applied.
type Fixes struct {
	*patch
	Loops, policies int
	files, Lines    int
	packages        map[string]bool
}

// NewFixes returns the fixes that are part of the results of actions, for files as
// src holds them; if limit is positive, only as many, the first. None is applied yet.
func NewFixes(actions []*checker.Action, src *load.Sources, limit int) *Fixes {
	p := NewPatch(src)
	p.addAll(actions, limit)
	return &Fixes{patch: p}
}

// Each calls do with every file of the patch and its text with the fixes, and
// counts those for which do succeeds.
func (f *Fixes) Each(do func(t *Target, after []byte) error) {
	f.packages = make(map[string]bool)
	for _, t := range f.patch.files() {
		after, err := t.After()
		if err == nil {
			err = do(t, after)
		}
		if err != nil {
			f.Errs = append(f.Errs, fmt.Sprintf("%s: not fixed: %v", words.Short(t.Name), err))
			continue
		}
		f.Loops += t.fixes - t.policies
		f.policies += t.policies
		f.files++
		f.Lines += t.Saved(after)
		f.packages[t.path] = true
	}
}

// Saved returns by how many lines after is shorter than the file of today.
func (t *Target) Saved(after []byte) int {
	return bytes.Count(t.Before, newline) - bytes.Count(after, newline)
}

var newline = []byte("\n")

// Diff returns what changes in a form that git apply and patch understand.
func (t *Target) Diff(after []byte) []byte {
	name := filepath.ToSlash(words.Short(t.Name))
	return diff.Diff("a/"+name, t.Before, "b/"+name, after)
}

// Replaced returns the part of the summary about what changed.
func (f *Fixes) Replaced(diff bool) string {
	done := "replaced"
	if diff {
		done = "to replace"
	}
	var what []string
	if f.Loops > 0 {
		what = append(what, words.Count(f.Loops, "loop"))
	}
	if f.policies > 0 {
		what = append(what, words.Plural(f.policies, "policy", "policies"))
	}
	if len(what) == 0 {
		return "no loops " + done
	}
	text := fmt.Sprintf("%s %s in %s of %s", strings.Join(what, " and "), done, words.Count(f.files, "file"), words.Count(len(f.packages), "package"))
	switch {
	case f.Lines > 0 && diff:
		text += ", " + words.Count(f.Lines, "line") + " to save"
	case f.Lines > 0:
		text += ", " + words.Count(f.Lines, "line") + " saved"
	case f.Lines < 0:
		text += ", " + words.Count(-f.Lines, "line") + " longer"
	}
	return text
}

// Without returns the number of findings without a fix.
func (p *patch) Without() int {
	n := 0
	for _, fixed := range p.fixed {
		if !fixed {
			n++
		}
	}
	return n
}

// Skipped returns the number of fixes that were not applied.
func (f *Fixes) Skipped() int { return len(f.fixed) - f.Without() - f.Left - f.Loops - f.policies }
