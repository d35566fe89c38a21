package main

import (
	"fmt"
	"os"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/apply"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/atomicfile"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/report"
	"golang.org/x/tools/go/analysis/checker"
)

// applyFixes applies the fixes of all findings, or prints what they change, and
// returns the exit code.
func (req *request) applyFixes(rep *report.Report, actions []*checker.Action) int {
	done := apply.NewFixes(actions, req.Sources, req.fix.limit)
	stale := 0
	if req.diff {
		done.Each(func(t *apply.Target, after []byte) error {
			rep.Announce(os.Stderr, t)
			return t.PrintDiff(os.Stdout, after)
		})
	} else {
		done.Each(func(t *apply.Target, after []byte) error {
			if err := atomicfile.Replace(t.Name, t.Before, after); err != nil {
				return err
			}
			stale += rep.PointOut(os.Stderr, t, after)
			return nil
		})
	}
	for _, text := range done.Errs {
		fmt.Fprintln(os.Stderr, text)
	}
	fmt.Fprintln(os.Stderr, rep.FixSummary(done, req.diff, stale))
	if len(done.Errs) > 0 {
		return exit.Error
	}
	return rep.ExitCode(true) // what has no fix is no error
}
