package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis/checker"
)

// The formats by name.
const (
	formatText   = "text"
	formatJSON   = "json"
	formatSARIF  = "sarif"
	formatGitHub = "github"
	formatHTML   = "html"
)

// A reportFormat is a form that the report may have.
type reportFormat struct {
	name  string
	write func(out io.Writer, run *analysisRun) error

	// data says that findings are data for what reads the report: they do not
	// change the exit code.
	data bool

	fixes bool // it shows fixes
}

var formats = []reportFormat{
	{name: formatText, write: writeText},
	{name: formatJSON, write: writeJSON, data: true},
	{name: formatSARIF, write: writeSARIF, data: true, fixes: true},
	{name: formatGitHub, write: writeGitHub},
	{name: formatHTML, write: writeHTML, data: true, fixes: true},
}

// An analysisRun is what a report is made of.
type analysisRun struct {
	*request
	*report
	graph  *checker.Graph
	screen screen // what the report is written to
}

// formatNamed returns the format with the given name.
func formatNamed(name string) (f reportFormat, ok bool) {
	i := slices.IndexFunc(formats, func(f reportFormat) bool { return f.name == name })
	if i < 0 {
		return reportFormat{}, false
	}
	return formats[i], true
}

// formatNames lists the formats for the user.
func formatNames() string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// write writes the report in the format that was asked for, to standard output
// or to the file named by -o, and the summary to standard error.
func (run *analysisRun) write() error {
	f, _ := formatNamed(run.format)
	err := run.writeTo(f)
	if err == nil && run.format != formatJSON {
		_, err = fmt.Fprintln(os.Stderr, run.summary())
	}
	return err
}

func (run *analysisRun) writeTo(f reportFormat) error {
	if run.output == "" {
		run.screen = screenOf(os.Stdout, os.Getenv)
		return f.write(os.Stdout, run)
	}
	var b bytes.Buffer
	if err := f.write(&b, run); err != nil {
		return err
	}
	if err := writeOutput(run.output, b.Bytes()); err != nil {
		return fmt.Errorf("-o: cannot write %s: %w", run.output, reason(err))
	}
	return nil
}

// newFileMode is the mode of a report that is a new file.
const newFileMode = 0o644

// writeOutput writes a report to the named file. A file that is there is
// replaced as a whole or stays as it is; what is no file, such as a pipe, is
// written to.
func writeOutput(name string, data []byte) error {
	perm := os.FileMode(newFileMode)
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, data, perm)
	}
	if err == nil {
		if perm = info.Mode().Perm(); perm&0o200 == 0 {
			return errReadOnly // a new file could take its place all the same
		}
		if name, err = filepath.EvalSymlinks(name); err != nil { // a link stays a link
			return err
		}
	}
	temp, err := writeTemp(name, perm, data)
	if err != nil {
		return err
	}
	defer os.Remove(temp) // fails once it is renamed
	return os.Rename(temp, name)
}

// checkOutput reports that there is no place for the named file, before time
// is spent on what it should hold.
func checkOutput(name string) error {
	dir := filepath.Dir(name)
	if info, err := os.Stat(dir); err != nil {
		return fmt.Errorf("-o: %w", err)
	} else if !info.IsDir() {
		return fmt.Errorf("-o: %s is no directory", dir)
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return fmt.Errorf("-o: %s is a directory", name)
	}
	return nil
}

// writeJSON writes what every driver of go/analysis prints with -json.
func writeJSON(out io.Writer, run *analysisRun) error { return run.graph.PrintJSON(out) }
