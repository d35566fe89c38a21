package analyzer

import (
	"cmp"
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/directive"
	"github.com/sharedretry/sharedretry/analyzer/internal/fault"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/second"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// docURL is where the manual is.
const docURL = "https://pkg.go.dev/github.com/sharedretry/sharedretry/analyzer"

// A finding is a judged site with all that is said about it.
type finding struct {
	fset     *token.FileSet
	site     *site.Site
	judge    *flow.Judge // of the package
	verdict  flow.Verdict
	waits    *growth.Analysis
	growth   growth.Growth // of retry and reconnect sites
	rule     string        // the rule that the site falls under; "" for none
	reported bool          // that rule is on, and nothing silences it
	silenced string        // why it is not reported although its rule is on; "" if it is
	wanting  string        // what to write to suppress it, where a comment gives no reason
	fix      *write.Fix    // nil if there is none
	noFix    string        // why there is none; "" if that says nothing
	noFixAt  token.Pos     // what stands in the way, if that is a place
	logged   []token.Pos   // lines that the fix leaves to the helper, which logs
	unused   []string      // what nothing uses any more with the fix, and that stays
	helper   string        // the name of the helper that a fix calls; "" if there is none
	faults   []fault.Fault // what is wrong with it, of what is to be told
	mayEnd   bool          // something that is not understood may end the attempts
	retries  string        // what the helper takes for a number of retries by its name alone, or ""
	remedy   func() string // what to do with the helper, such as "call retry.Do"; nil or "" if that is not known

	second *second.Helper // the function that takes the operation; nil if there is none
	calls  int            // how many calls second has
	more   []*write.Fix   // those of the other loops in second
}

// answersFailure reports whether the delay answers a failure: only then do
// growth and bounds say something.
func (f *finding) answersFailure() bool {
	return f.verdict.Intent == flow.Retry || f.verdict.Intent == flow.Reconnect
}

// choose sets the rule that the site falls under.
func (f *finding) choose(on map[string]bool) {
	switch f.verdict.Intent {
	case flow.Retry:
		f.rule = ruleRetry
	case flow.Reconnect:
		f.rule = ruleReconnect
	case flow.Poll:
		f.rule = rulePoll
	}
	if f.answersFailure() && f.growth.Kind == growth.Linear && on[ruleLinear] {
		f.rule = ruleLinear
	}
	f.reported = on[f.rule]
}

// diagnostic is what drivers show.
func (f *finding) diagnostic() analysis.Diagnostic {
	pos, end := header(f.site.Cycle)
	if f.second != nil {
		pos, end = f.second.Node.Pos(), f.second.Type.End()
	}
	return analysis.Diagnostic{
		Pos:      pos,
		End:      end,
		Category: f.rule,
		Message:  f.message(),
		URL:      urlOf(f.rule),

		SuggestedFixes: f.suggestedFixes(),
	}
}

func (f *finding) message() string {
	switch {
	case f.verdict.Intent == flow.Poll:
		return "hand-rolled poll loop: wait for the state with the shared helper" + unreasoned(f.wanting) + " (" + f.rule + ")"
	case f.second != nil:
		return f.helperMessage()
	}
	return fmt.Sprintf("hand-rolled %s loop%s%s: %s%s (%s)", f.verdict.Intent, f.with(), f.gravest(), f.whatToDo(), unreasoned(f.wanting), f.rule)
}

// whatToDo says what to call, and that a fix does it or why there is none.
func (f *finding) whatToDo() string {
	switch {
	case f.fix != nil:
		return f.fix.Remedy + "; -fix does it"
	case f.remedy != nil:
		return cmp.Or(f.remedy(), sharedHelper) + f.without()
	}
	return sharedHelper + f.without()
}

// sharedHelper is what to do where it is not known what the helper is.
const sharedHelper = "call the shared retry helper"

// with says how the delays grow, if that is known.
func (f *finding) with() string {
	if g := f.growthName(); g != "" {
		return " with " + g + " backoff"
	}
	return ""
}

// without says why there is no fix, but not to those who have no helper.
func (f *finding) without() string {
	switch {
	case f.fix != nil, f.noFix == "", f.wanting != "", f.noFix == helper.NoHelper, f.noFix == helper.NoModule:
		return ""
	}
	return "; " + f.noFixText()
}

// noFixText says why there is no fix, and which line stands in the way.
func (f *finding) noFixText() string {
	text := "no fix: " + f.noFix
	if f.noFixAt.IsValid() {
		text += " (" + f.place(f.noFixAt) + ")"
	}
	return text
}

// place names the line of pos, and its file if that is another than the site's.
func (f *finding) place(pos token.Pos) string {
	at := f.fset.Position(pos)
	if f.fset.File(pos) != f.fset.File(f.site.Cycle.Pos()) {
		return fmt.Sprintf("%s:%d", filepath.Base(at.Filename), at.Line)
	}
	return fmt.Sprintf("line %d", at.Line)
}

// unreasoned says that a comment would suppress a finding if it were written as
// wanting, with a reason; nothing for "".
func unreasoned(wanting string) string {
	if wanting == "" {
		return ""
	}
	return "; not suppressed without a reason: write " + wanting
}

// unusedMessage says that d suppresses nothing, and what to do: remedy, unless it is
// "".
func unusedMessage(d *directive.Directive, remedy string) string {
	switch {
	case d.IsNolint() && !slices.Contains(d.Own, directive.Linter):
		remedy = "it takes no rules, write //lint:ignore " + strings.Join(d.Own, ",") + " and the reason"
	case remedy == "":
		remedy = "delete it"
	}
	return fmt.Sprintf("%v suppresses nothing: %s (%s)", d, remedy, ruleUnused)
}

// growthName is the growth, or "" if there is none or it is not known. A power
// of the attempt counts as exponential: it too grows ever faster.
func (f *finding) growthName() string {
	switch {
	case !f.answersFailure() || f.growth.Kind == growth.Unknown:
		return ""
	case f.growth.Kind == growth.Polynomial:
		return growth.Exponential.String()
	}
	return f.growth.Kind.String()
}
