package report

import (
	"bytes"
	"cmp"
	"fmt"
	"go/token"
	"os"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/apply"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/atomicfile"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/modules"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/owners"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/terminal"
	"golang.org/x/tools/go/analysis/checker"
)

// The formats by name.
const (
	FormatText   = "text"
	FormatJSON   = "json"
	formatSARIF  = "sarif"
	formatGitHub = "github"
	formatHTML   = "html"
)

// A reportFormat is a form that the report may have.
type reportFormat struct {
	name  string
	write func(w *out.Writer, run *Run) error

	// data says that findings are data for what reads the report: they do not
	// change the exit code.
	Data bool

	Fixes  bool // it shows fixes
	owners bool // it shows who owns files
}

var formats = []reportFormat{
	{name: FormatText, write: writeText},
	{name: FormatJSON, write: writeJSON, Data: true, owners: true},
	{name: formatSARIF, write: writeSARIF, Data: true, Fixes: true, owners: true},
	{name: formatGitHub, write: writeGitHub},
	{name: formatHTML, write: writeHTML, Data: true, Fixes: true, owners: true},
}

// Options say how the report is written.
type Options struct {
	Format  string // the name of a format
	Output  string // the file that the report goes to, or "" for standard output
	Explain bool
	Context int // lines of context around a finding, or negative for none at all
}

// A Run is what a report is made of.
type Run struct {
	Options
	*Report
	Graph   *checker.Graph
	Sources *load.Sources
	screen  terminal.Screen         // what the report is written to
	owners  owners.Rules            // of files
	single  *apply.Single           // what each fix changes; nil until that is asked for
	ends    map[token.Pos]token.Pos // see cycleEnd
}

// FormatNamed returns the format with the given name.
func FormatNamed(name string) (f reportFormat, ok bool) {
	i := slices.IndexFunc(formats, func(f reportFormat) bool { return f.name == name })
	if i < 0 {
		return reportFormat{}, false
	}
	return formats[i], true
}

// FormatNames lists the formats for the user.
func FormatNames() string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// Write writes the report in the format that was asked for, to standard output
// or to the file named by -o, and the summary to standard error.
func (run *Run) Write() error {
	f, _ := FormatNamed(run.Format)
	err := run.writeAs(f)
	if err == nil && run.Format != FormatJSON {
		out.Note(run.summary())
	}
	return err
}

func (run *Run) writeAs(f reportFormat) error {
	if f.owners {
		var err error
		if run.owners, err = owners.Read(modules.SourceRoot()); err != nil {
			out.Note(err.Error() + ": findings have no owners")
		}
	}
	var b bytes.Buffer
	w := out.New(&b)
	if run.Output == "" {
		w, run.screen = out.Stdout, terminal.ScreenOf(os.Stdout, os.Getenv)
	}
	if err := cmp.Or(f.write(w, run), w.Flush()); err != nil || run.Output == "" {
		return err
	}
	if err := atomicfile.Write(run.Output, b.Bytes()); err != nil {
		return fmt.Errorf("-o: cannot write %s: %w", run.Output, atomicfile.Reason(err))
	}
	return nil
}
