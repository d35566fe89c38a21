package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/baseline"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// checkBaseline reports a combination of flags that makes no sense, and sets
// -baseline: to what the environment says, or off if one is written.
func (req *request) checkBaseline(flag flag.Value) error {
	switch {
	case req.pruneBaseline && req.fix:
		return errors.New("-prune-baseline does not go with -fix: run it afterwards")
	case req.writeBaseline == "":
		return setFromEnv(flag, baselineEnv)
	case req.fix || req.explain || req.pruneBaseline || req.format != formatText || req.output != "" || flag.String() != "":
		return errors.New("-write-baseline goes with none of -baseline, -prune-baseline, -fix, -explain, -json, -format and -o")
	}
	if err := checkNew(req.writeBaseline); err != nil {
		return fmt.Errorf("-write-baseline %s: %w", req.writeBaseline, err)
	}
	return flag.Set(analyzer.NoBaseline)
}

// entriesOf returns the entries of all findings for which keep holds. A finding
// counts once, although its file may belong to a package and to its test
// variant.
func entriesOf(actions []*checker.Action, keep func(analyzer.Finding) bool) []baseline.Entry {
	type finding struct {
		place
		baseline.Entry
	}
	seen := make(map[finding]bool)
	var list []baseline.Entry
	for _, act := range actions {
		res, _ := act.Result.(*analyzer.Result)
		if res == nil || importPath(act.Package) == "" {
			continue
		}
		for _, f := range res.Findings {
			file := act.Package.Fset.File(f.Pos)
			key := finding{place{file.Name(), file.Offset(f.Pos)}, f.Entry}
			if !seen[key] && keep(f) {
				list = append(list, f.Entry)
			}
			seen[key] = true
		}
	}
	return list
}

func isOld(f analyzer.Finding) bool { return f.Old }

// filesPackage is the import path that the go command gives to files that are
// named instead of packages.
const filesPackage = "command-line-arguments"

// recordBaseline writes the findings to a new baseline and returns the exit
// code. Were a package left out, its findings would be new ones later.
func (req *request) recordBaseline(rep *report, actions []*checker.Action) int {
	name := req.writeBaseline
	if slices.ContainsFunc(actions, func(act *checker.Action) bool { return act.Package.PkgPath == filesPackage }) {
		return fail(exitUsage, fmt.Errorf("-write-baseline %s: name packages, not files: an entry holds for the package %s alone", short(name), filesPackage))
	}
	list := entriesOf(actions, func(analyzer.Finding) bool { return true })
	err := checkNew(name)
	if len(rep.errs) > 0 || len(rep.failed) > 0 {
		err = errors.New("not written: not all packages could be analysed")
	}
	if err == nil {
		err = create(name, baseline.Format(list))
	}
	if err != nil {
		return fail(exitError, fmt.Errorf("-write-baseline %s: %w", short(name), err))
	}
	fmt.Fprintf(os.Stderr, "%s written to %s; name it by baseline in %s\n", count(len(list), "finding"), short(name), analyzer.ConfigName)
	return exitClean
}

// checkNew returns an error if there is a file by that name.
func checkNew(name string) error {
	if _, err := os.Lstat(name); err == nil {
		return errors.New("the file exists: take out what no longer occurs with -prune-baseline, or delete the file to list all findings anew")
	} else if !errors.Is(err, fs.ErrNotExist) {
		return reason(err)
	}
	return nil
}

// create writes a new file. No one sees a part of it.
func create(name string, data []byte) error {
	temp, err := writeTemp(name, 0o644, data)
	if err != nil {
		return fmt.Errorf("cannot write: %w", reason(err))
	}
	defer os.Remove(temp) // fails once it is renamed
	return reason(os.Rename(temp, name))
}

// compareBaselines lists the entries of baselines that no longer occur, or takes
// them out if that is asked for.
func (req *request) compareBaselines(w io.Writer, actions []*checker.Action) error {
	var files []string
	for _, act := range actions {
		if res, _ := act.Result.(*analyzer.Result); res != nil && res.Baseline != "" {
			files = append(files, res.Baseline)
		}
	}
	slices.Sort(files)
	files = slices.Compact(files)
	cov := newCoverage(actions, req.tests)
	if req.pruneBaseline && len(files) == 0 && len(cov.failed) == 0 {
		return errors.New("-prune-baseline: no package has a baseline: name it by -baseline or in " + analyzer.ConfigName)
	}
	for _, file := range files {
		if err := req.compareBaseline(w, file, cov); err != nil {
			return err
		}
	}
	return nil
}

// compareBaseline is compareBaselines for one file.
func (req *request) compareBaseline(w io.Writer, file string, cov *coverage) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	list, err := baseline.Parse(file, data)
	if err != nil {
		return err
	}
	gone := cov.gone(file, list)
	switch {
	case req.pruneBaseline:
		return prune(w, file, data, list, gone)
	case len(gone) > 0:
		fmt.Fprintf(w, "%s: no longer there, take it out with -prune-baseline: %s\n", short(file), plural(len(gone), "entry", "entries"))
	}
	return printEntries(w, gone)
}

// prune takes the entries gone out of file, which holds data.
func prune(w io.Writer, file string, data []byte, list, gone []baseline.Entry) error {
	left := baseline.Without(list, gone)
	if len(gone) > 0 {
		if err := replace(file, data, baseline.Format(left)); err != nil {
			return fmt.Errorf("%s: not pruned: %w", short(file), err)
		}
	}
	fmt.Fprintf(w, "%s: %s removed, %d left\n", short(file), plural(len(gone), "entry", "entries"), len(left))
	return printEntries(w, gone)
}

func printEntries(w io.Writer, list []baseline.Entry) error {
	for _, e := range list {
		if _, err := fmt.Fprintf(w, "\t%s\n", e); err != nil {
			return err
		}
	}
	return nil
}

// entryPath returns the package of entries for findings in pkg, or "" for the
// main package of a test binary.
func entryPath(pkg *packages.Package) string {
	if importPath(pkg) == "" {
		return ""
	}
	return cmp.Or(pkg.PkgPath, pkg.ID)
}

// checkedBaseline reports what is wrong with the baseline that opts name.
func checkedBaseline(opts analyzer.Options) error {
	if opts.Baseline == "" || opts.Baseline == analyzer.NoBaseline {
		return nil
	}
	_, err := baseline.Read(opts.Baseline)
	return err
}
