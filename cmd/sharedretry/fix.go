package main

import (
	"cmp"
	"errors"
	"os"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
	"github.com/sharedretry/sharedretry/analyzer/visible"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/apply"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/atomicfile"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/report"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/terminal"
	"golang.org/x/tools/go/analysis/checker"
)

var errOutside = errors.New("outside of this module, or in its vendor directory: run there")

// writable returns the directory that fixes may be written in: the module that the
// command was started in, or without one the working directory.
func writable() []string {
	dir, err := os.Getwd()
	if err != nil {
		return nil
	}
	return []string{cmp.Or(gomod.FindUp(dir, "go.mod"), dir)}
}

// applyFixes applies the fixes of all findings, or prints what they change, and
// returns the exit code.
func (req *request) applyFixes(rep *report.Report, actions []*checker.Action) int {
	done := apply.NewFixes(actions, req.Sources, req.fix.limit)
	stale := 0
	roots := writable()
	each := func(t *apply.Target, after []byte) error {
		if !atomicfile.Inside(t.Name, roots...) {
			return errOutside
		}
		if err := atomicfile.Replace(t.Name, t.Before, after); err != nil {
			return err
		}
		stale += rep.PointOut(t, after)
		return nil
	}
	if req.diff {
		screen := terminal.ScreenOf(os.Stdout, os.Getenv)
		each = func(t *apply.Target, after []byte) error {
			rep.Announce(t)
			return printDiff(t.Diff(after), screen)
		}
	}
	done.Each(each)
	for _, text := range done.Errs {
		out.Note(text)
	}
	out.Note(rep.FixSummary(done, req.diff, stale))
	if len(done.Errs) > 0 {
		return exit.Error
	}
	return rep.ExitCode(true) // what has no fix is no error
}

// printDiff prints a diff: visible on a terminal, and else byte for byte, for git
// apply.
func printDiff(diff []byte, screen terminal.Screen) error {
	if screen.Terminal {
		diff = []byte(visible.Lines(string(diff)))
	}
	out.Stdout.Printf("%s", diff)
	return out.Stdout.Flush()
}
