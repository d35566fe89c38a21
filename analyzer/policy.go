package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/policy"
)

// A policyUse is a place that gives a library its delays, with all that is said
// about it.
type policyUse struct {
	*policy.Use
	reported bool
	allowed  string // why the configuration allows it, or ""
	silenced string // what else keeps it from being reported, or ""
	wanting  string // what would suppress it, if it gave a reason
}

// reportPolicies reports the policies of a package, but for those that quiet
// turns off, and adds them to result.
func (x *fixer) reportPolicies(result *Result, quiet *silencer) {
	for _, u := range policy.Find(x.pkg, x.set.policies) {
		p := policyUse{Use: u, allowed: x.set.allowance(u)}
		if u.Excuse == "" && p.allowed == "" {
			p.silenced, p.wanting = quiet.reason(claim{u.Pos, x.nodeAt(u.Pos, u.End), rulePolicy})
			p.reported = x.set.rules[rulePolicy] && p.silenced == ""
		}
		if len(u.Edits) > 0 && x.source(x.fileAt(u.Pos)) == nil {
			u.Edits = nil
		}
		if p.reported {
			x.pass.Report(p.diagnostic())
		}
		result.Sites = append(result.Sites, p.result())
	}
}

// nodeAt returns the innermost node that holds all from pos to end.
func (x *fixer) nodeAt(pos, end token.Pos) ast.Node {
	path, _ := astutil.PathEnclosingInterval(x.fileAt(pos), pos, end)
	return path[0]
}

func (p policyUse) diagnostic() analysis.Diagnostic {
	d := analysis.Diagnostic{
		Pos: p.Pos, End: p.End, Category: rulePolicy, URL: urlOf(rulePolicy),
		Message: fmt.Sprintf("retry policy with %s backoff by %s: %s%s (%s)", p.Row.Growth, p.Text, p.Row.Remedy, unreasoned(p.wanting), rulePolicy),
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
	case p.silenced != "":
		return p.silenced + "; " + text
	case p.Excuse != "":
		return "not reported, " + p.Excuse + ": " + text
	case !p.reported:
		return "not reported, the rule " + rulePolicy + " is off: " + text
	case len(p.Edits) > 0:
		return "reported: " + text + "; " + p.Change + "; a fix is offered"
	}
	return "reported: " + text
}
