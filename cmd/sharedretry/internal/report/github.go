package report

import (
	"fmt"
	"os"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/visible"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/modules"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
)

// writeGitHub writes each finding as a command that makes GitHub Actions show
// it beside the code. Of a command the log shows the message alone, so the
// findings as text go to standard error.
func writeGitHub(w *out.Writer, run *Run) error {
	root := modules.SourceRoot()
	for _, f := range run.findings {
		w.Printf("::error %s::%s\n", run.properties(root, f), dataEscapes.Replace(f.text))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	notes := out.New(os.Stderr)
	writeLines(notes, run)
	return notes.Flush()
}

// properties returns where f is. GitHub takes columns only of what is in one
// line; behind a line directive there may be none.
func (r *Report) properties(root string, f finding) string {
	name, _ := modules.RelativeTo(root, f.posn.Filename)
	text := fmt.Sprintf("file=%s,line=%d,endLine=%d", propertyEscapes.Replace(visible.Text(name)), f.posn.Line, f.end.Line)
	if f.posn.Line == f.end.Line && f.posn.Column > 0 && f.end.Column > 0 {
		text += fmt.Sprintf(",col=%d,endColumn=%d", r.lines.column(f.posn, f.at), r.lines.column(f.end, f.to))
	}
	return text + ",title=" + "sharedretry"
}

// What GitHub Actions unescapes in a message, and in a property.
var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
