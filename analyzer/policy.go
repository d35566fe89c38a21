package analyzer

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/policy"
)

// A policyUse is a place that gives a library its delays, with all that is said
// about it.
type policyUse struct {
	*policy.Use
	reported bool
	allowed  string // why the configuration allows it, or ""
}

// reportPolicies reports the policies of a package and adds them to result.
func (x *fixer) reportPolicies(result *Result) {
	for _, u := range policy.Find(x.pkg, x.set.policies) {
		p := policyUse{Use: u, allowed: x.set.allowance(u)}
		p.reported = x.set.rules[rulePolicy] && u.Excuse == "" && p.allowed == ""
		if len(u.Edits) > 0 && x.source(x.fileAt(u.Pos)) == nil {
			u.Edits = nil
		}
		if p.reported {
			x.pass.Report(p.diagnostic())
		}
		result.Sites = append(result.Sites, p.result())
	}
}

func (p policyUse) diagnostic() analysis.Diagnostic {
	d := analysis.Diagnostic{
		Pos: p.Pos, End: p.End, Category: rulePolicy, URL: docURL + "#hdr-Rules",
		Message: fmt.Sprintf("retry policy with %s backoff by %s: %s (%s)", p.Row.Growth, p.Text, p.Row.Remedy, rulePolicy),
	}
	if len(p.Edits) > 0 {
		d.SuggestedFixes = []analysis.SuggestedFix{{Message: p.Row.Remedy + ": " + p.Change, TextEdits: p.Edits}}
	}
	return d
}

// result is what -explain shows.
func (p policyUse) result() Site {
	s := Site{Pos: p.Pos, End: p.End, Intent: "policy", Growth: p.Row.Growth, Explain: p.explanation}
	if p.reported {
		s.Rule = rulePolicy
	}
	return s
}

func (p policyUse) explanation() string {
	text := fmt.Sprintf("%s of %s", p.Text, p.Package)
	switch {
	case p.allowed != "":
		return "not reported, it is allowed here: " + p.allowed + ": " + text
	case p.Excuse != "":
		return "not reported, " + p.Excuse + ": " + text
	case !p.reported:
		return "not reported, the rule " + rulePolicy + " is off: " + text
	case len(p.Edits) > 0:
		return "reported: " + text + "; " + p.Change + "; a fix is offered"
	}
	return "reported: " + text
}
