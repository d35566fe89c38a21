package report

import (
	"cmp"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"
	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/visible"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/apply"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/modules"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/version"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sarifRoot   = "%SRCROOT%" // the root of the source files, to which their names are relative
	sarifLevel  = "warning"   // a hand-written loop works, as a rule

	// fingerprintName names how fingerprints are made: another way needs another name.
	fingerprintName = "sharedretry/v1"
)

// writeSARIF writes the findings in the format SARIF 2.1.0.
func writeSARIF(to *out.Writer, run *Run) error {
	doc, err := sarif.New(sarif.Version210)
	if err != nil {
		return err
	}
	doc.Schema = sarifSchema
	w := sarifWriter{run: run, root: modules.SourceRoot(), prints: make(fingerprints)}
	doc.AddRun(w.all())
	return doc.PrettyWrite(jsonWriter{to})
}

// A jsonWriter makes JSON visible that is written to it at once.
type jsonWriter struct{ to *out.Writer }

func (w jsonWriter) Write(p []byte) (int, error) {
	if _, err := w.to.Write(visible.JSON(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

type sarifWriter struct {
	run    *Run
	root   string
	prints fingerprints
}

// all returns the run of the tool.
func (w *sarifWriter) all() *sarif.Run {
	r := sarif.NewRunWithInformationURI("sharedretry", analyzer.Analyzer.URL)
	r.Tool.Driver.WithFullName(version.Full())
	if v := version.Module(); v != "" {
		r.Tool.Driver.WithVersion(v).WithSemanticVersion(strings.TrimPrefix(v, "v"))
	}
	for _, rule := range analyzer.Rules {
		r.Tool.Driver.AddRule(sarifRule(rule))
	}
	r.WithColumnKind("utf16CodeUnits")
	r.OriginalUriBaseIDs = map[string]*sarif.ArtifactLocation{
		sarifRoot: sarif.NewSimpleArtifactLocation(fileURI(w.root) + "/"),
	}
	r.Invocations = []*sarif.Invocation{w.invocation()}
	for _, f := range w.run.findings {
		r.AddResult(w.result(f))
	}
	return r
}

// invocation says whether all packages were analysed, and if not, why.
func (w *sarifWriter) invocation() *sarif.Invocation {
	inv := sarif.NewInvocation().WithExecutionSuccess(w.run.ExitCode(true) == exit.Clean)
	for _, text := range w.run.Errs {
		inv.ToolExecutionNotifications = append(inv.ToolExecutionNotifications,
			sarif.NewNotification().WithLevel("error").WithTextMessage(visible.Lines(text)))
	}
	return inv
}

func (w *sarifWriter) result(f finding) *sarif.Result {
	location := sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().
		WithArtifactLocation(w.artifact(f.posn.Filename)).
		WithRegion(w.region(f)))
	if name := f.function(); name != "" {
		location.LogicalLocations = []*sarif.LogicalLocation{
			sarif.NewLogicalLocation().WithFullyQualifiedName(load.ImportPath(f.pkg) + "." + name).WithKind("function"),
		}
	}
	res := sarif.NewRuleResult(f.rule).
		WithLevel(sarifLevel).
		WithMessage(sarif.NewTextMessage(f.text)).
		WithLocations([]*sarif.Location{location}).
		WithPartialFingerPrints(map[string]any{fingerprintName: w.prints.of(f)})
	if fix := w.fix(f); fix != nil {
		res.AddFix(fix)
	}
	if p := w.properties(f); len(p) > 0 {
		res.AttachPropertyBag(&sarif.PropertyBag{Properties: p})
	}
	return res
}

// properties are what SARIF has no place for: who owns the file, and what is wrong.
func (w *sarifWriter) properties(f finding) sarif.Properties {
	p := make(sarif.Properties)
	if w.run.owners.Known() {
		p["owners"] = w.run.owners.Of(f.posn.Filename)
	}
	if names := faultNames(f, false); len(names) > 0 {
		p["tags"], p["faults"] = names, faultTexts(f)
	}
	return p
}

// region returns the place of f, with the column behind its end. Behind a line
// directive there may be no columns.
func (w *sarifWriter) region(f finding) *sarif.Region {
	r := sarif.NewRegion().WithStartLine(f.posn.Line).WithEndLine(f.end.Line)
	if f.posn.Column > 0 && f.end.Column > 0 {
		columns := &w.run.lines
		r = r.WithStartColumn(columns.column(f.posn, f.at)).WithEndColumn(columns.column(f.end, f.to))
	}
	return r
}

// artifact names a file: relative to the root if it is below it.
func (w *sarifWriter) artifact(name string) *sarif.ArtifactLocation {
	rel, ok := modules.RelativeTo(w.root, name)
	if !ok {
		return sarif.NewSimpleArtifactLocation(fileURI(name))
	}
	return sarif.NewSimpleArtifactLocation((&url.URL{Path: rel}).String()).WithUriBaseId(sarifRoot)
}

// fileURI returns the URI of a file or directory.
func fileURI(name string) string {
	path := filepath.ToSlash(name)
	if !strings.HasPrefix(path, "/") { // C:/...
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// fix returns what -fix would do to f alone, or nil if it would do nothing.
func (w *sarifWriter) fix(f finding) *sarif.Fix {
	parts, err := w.run.fixed(f)
	if err != nil || len(parts) == 0 {
		return nil
	}
	change := sarif.NewArtifactChange(w.artifact(f.at.Filename))
	for _, part := range parts {
		for _, c := range apply.LineChanges(part) {
			change.WithReplacement(sarif.NewReplacement(lineRegion(c)).
				WithInsertedContent(sarif.NewArtifactContent().WithText(c.Text)))
		}
	}
	return sarif.NewFix().WithDescriptionText(f.fix.Message).WithArtifactChanges([]*sarif.ArtifactChange{change})
}

// lineRegion returns the lines that c replaces, with their ends.
func lineRegion(c apply.LineChange) *sarif.Region {
	return sarif.NewRegion().WithStartLine(c.Line).WithStartColumn(1).WithEndLine(c.Line + c.Count).WithEndColumn(1)
}

// sarifRule describes a rule.
func sarifRule(rule analyzer.Rule) *sarif.ReportingDescriptor {
	help := cmp.Or(ruleHelp[rule.Name], rule.Doc+".")
	return sarif.NewRule(rule.Name).
		WithDescription(rule.Doc).
		WithHelpURI(rule.URL()).
		WithHelp(sarif.NewMultiformatMessageString(help).WithMarkdown(help + "\n\n[The page of the rule](" + rule.URL() + ")")).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithEnabled(rule.Default).WithLevel(sarifLevel))
}

// ruleHelp says what to do about the findings of a rule.
var ruleHelp = map[string]string{
	"retry-loop": "Call the retry helper that your team shares with the operation, and let it count and wait. " +
		"A finding with a fix can be replaced by `sharedretry -fix`; the message of any other says why there is none.",
	"linear-backoff": "Take exponential backoff, best from the retry helper that your team shares: " +
		"a delay that grows by a step is too short at first or too long in the end.",
	"reconnect-loop": "Take the delays from the helper that your team shares, and set them back on success.",
	"retry-helper": "Call the retry helper that your team shares in this function, or let its callers call that one: " +
		"two helpers mean two sets of delays, limits and log lines.",
	"backoff-policy":     "Take the library's exponential delays, with a limit. Where the others are right, say so by allowed_policies in `.sharedretry.yml`.",
	"poll-loop":          "Wait for the state with the helper that your team shares, so that the wait can be cancelled.",
	"unused-suppression": "Delete the comment: it turns nothing off, and would hide a later finding.",
}
