// Package baselines writes baselines, and compares them with what was found.
package baselines

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/baseline"
	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/analyzer/visible"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/atomicfile"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
	"golang.org/x/tools/go/analysis/checker"
)

// EntriesOf returns the entries of all findings for which keep holds. A finding
// counts once, although its file may belong to a package and to its test
// variant.
func EntriesOf(actions []*checker.Action, keep func(analyzer.Finding) bool) []baseline.Entry {
	type finding struct {
		load.Place
		baseline.Entry
	}
	seen := make(map[finding]bool)
	var list []baseline.Entry
	for _, act := range actions {
		res, _ := act.Result.(*analyzer.Result)
		if res == nil || load.ImportPath(act.Package) == "" {
			continue
		}
		for _, f := range res.Findings {
			if !keep(f) {
				continue
			}
			entry := f.Entry()
			key := finding{load.PlaceOf(act.Package.Fset.File(f.Pos), f.Pos), entry}
			if !seen[key] {
				list = append(list, entry)
			}
			seen[key] = true
		}
	}
	return list
}

// IsOld reports whether f is in the baseline.
func IsOld(f analyzer.Finding) bool { return f.Old }

// Record writes the findings to the new baseline name and returns the
// exit code. Were a package left out, because not all could be analysed, its
// findings would be new ones later.
func Record(name string, actions []*checker.Action, complete bool) int {
	if slices.ContainsFunc(actions, func(act *checker.Action) bool { return act.Package.PkgPath == load.FilesPackage }) {
		return exit.Fail(exit.Usage, fmt.Errorf("-write-baseline %s: name packages, not files: an entry applies only to the package %s", words.Short(name), load.FilesPackage))
	}
	list := EntriesOf(actions, func(analyzer.Finding) bool { return true })
	err := CheckNew(name)
	if !complete {
		err = errors.New("not written: not all packages could be analysed")
	}
	if err == nil {
		err = atomicfile.Create(name, baseline.Format(list))
	}
	if err != nil {
		return exit.Fail(exit.Error, fmt.Errorf("-write-baseline %s: %w", words.Short(name), err))
	}
	out.Note(fmt.Sprintf("%s written to %s; add to %s: baseline: %s", words.Count(len(list), "finding"), words.Short(name), analyzer.ConfigName, filepath.ToSlash(words.Short(name))))
	return exit.Clean
}

// CheckNew returns an error if there is a file by that name.
func CheckNew(name string) error {
	if _, err := os.Lstat(name); err == nil {
		return errors.New("the file exists: remove what no longer occurs with -prune-baseline, or delete the file to list all findings again")
	} else if !errors.Is(err, fs.ErrNotExist) {
		return atomicfile.Reason(err)
	}
	return nil
}

// A Comparison says how baselines are compared with what was found.
type Comparison struct {
	Prune bool // take out of them what no longer occurs
	Tests bool // test files were loaded
}

// Run lists the entries of baselines that no longer occur, or takes
// them out if that is asked for.
func (c Comparison) Run(actions []*checker.Action) error {
	var files []string
	for _, act := range actions {
		if res, _ := act.Result.(*analyzer.Result); res != nil && res.Baseline != "" {
			files = append(files, res.Baseline)
		}
	}
	slices.Sort(files)
	files = slices.Compact(files)
	cov := newCoverage(actions, c.Tests)
	if c.Prune && len(files) == 0 && len(cov.failed) == 0 {
		return errors.New("-prune-baseline: no package has a baseline: name it with -baseline or in " + analyzer.ConfigName)
	}
	for _, file := range files {
		if err := c.compare(file, cov); err != nil {
			return err
		}
	}
	return nil
}

// compare is run for one file.
func (c Comparison) compare(file string, cov *coverage) error {
	data, err := bounded.Read(file, bounded.Baseline)
	if err != nil {
		return err
	}
	list, err := baseline.Parse(file, data)
	if err != nil {
		return err
	}
	if len(list) > 0 && !slices.ContainsFunc(list, cov.knows) {
		out.Note(words.Short(file) + ": it has no entry for a module here: name the baseline of this module")
	}
	gone := cov.gone(file, list)
	switch {
	case c.Prune:
		return prune(file, data, list, gone)
	case len(gone) > 0:
		noteEntries(words.Short(file)+": no longer there, remove with -prune-baseline: "+words.Plural(len(gone), "entry", "entries"), gone)
	}
	return nil
}

// prune takes the entries gone out of file, which holds data.
func prune(file string, data []byte, list, gone []baseline.Entry) error {
	left := baseline.Without(list, gone)
	if len(gone) > 0 {
		if err := atomicfile.Replace(file, data, baseline.Format(left)); err != nil {
			return fmt.Errorf("%s: not pruned: %w", words.Short(file), err)
		}
	}
	noteEntries(fmt.Sprintf("%s: %s removed, %d left", words.Short(file), words.Plural(len(gone), "entry", "entries"), len(left)), gone)
	return nil
}

func noteEntries(head string, list []baseline.Entry) {
	out.Note(head)
	for _, e := range list {
		out.Note("\t" + visible.Text(e.String()))
	}
}
