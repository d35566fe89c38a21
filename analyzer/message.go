package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

const docURL = "https://pkg.go.dev/github.com/sharedretry/sharedretry/analyzer"

// A finding is a judged site, and everything that is said about it.
type finding struct {
	fset     *token.FileSet
	site     *site.Site
	verdict  flow.Verdict
	reported string // the rule that reports it, or ""
}

func skips(fset *token.FileSet, file *ast.File, set settings) bool {
	if !set.tests && strings.HasSuffix(fset.File(file.FileStart).Name(), "_test.go") {
		return true
	}
	return ast.IsGenerated(file)
}

func (f *finding) rule() string {
	switch f.verdict.Intent {
	case flow.Retry:
		return "retry-loop"
	case flow.Reconnect:
		return "reconnect-loop"
	case flow.Poll:
		return "poll-loop"
	}
	return ""
}

func (f *finding) diagnostic() analysis.Diagnostic {
	return analysis.Diagnostic{
		Pos:      f.site.Cycle.Pos(),
		End:      f.site.Cycle.End(),
		Category: f.reported,
		Message:  fmt.Sprintf("hand-rolled %s: call the shared retry helper (%s)", "retry loop", f.reported),
	}
}

func (f *finding) line(n ast.Node) int { return f.fset.Position(n.Pos()).Line }

func (f *finding) result() Site {
	why := fmt.Sprintf("reason %d, delay at line %d", f.verdict.Reason, f.line(f.verdict.Delay.Node))
	if f.verdict.Operation != nil {
		why += fmt.Sprintf(", operation at line %d", f.line(f.verdict.Operation))
	}
	return Site{Pos: f.site.Cycle.Pos(), End: f.site.Cycle.End(), Intent: f.verdict.Intent.String(), Rule: f.reported, Explanation: why}
}
