package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
	"github.com/sharedretry/sharedretry/analyzer/visible"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/apply"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/atomicfile"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
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
	out := io.Writer(os.Stdout)
	if terminal.ScreenOf(os.Stdout, os.Getenv).Terminal { // else it is for git apply, byte for byte
		out = visibleWriter{os.Stdout}
	}
	if req.diff {
		done.Each(func(t *apply.Target, after []byte) error {
			rep.Announce(os.Stderr, t)
			return t.PrintDiff(out, after)
		})
	} else {
		roots := writable()
		done.Each(func(t *apply.Target, after []byte) error {
			if !atomicfile.Inside(t.Name, roots...) {
				return errOutside
			}
			if err := atomicfile.Replace(t.Name, t.Before, after); err != nil {
				return err
			}
			stale += rep.PointOut(os.Stderr, t, after)
			return nil
		})
	}
	for _, text := range done.Errs {
		fmt.Fprintln(os.Stderr, visible.Lines(text))
	}
	fmt.Fprintln(os.Stderr, visible.Lines(rep.FixSummary(done, req.diff, stale)))
	if len(done.Errs) > 0 {
		return exit.Error
	}
	return rep.ExitCode(true) // what has no fix is no error
}

// A visibleWriter writes whole lines, made visible.
type visibleWriter struct{ w io.Writer }

func (v visibleWriter) Write(p []byte) (int, error) {
	_, err := io.WriteString(v.w, visible.Lines(string(p)))
	return len(p), err
}
