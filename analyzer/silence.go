package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/directive"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A silencer decides which findings of a package are not reported although
// their rules are on.
type silencer struct {
	pass       *analysis.Pass
	set        settings
	directives []*use
	ledger     *ledger
	open       []claim // findings that nothing turns off
}

// A use is a directive, and whether there is anything that it turns off.
type use struct {
	*directive.Directive
	used bool
}

func newSilencer(pass *analysis.Pass, pkg *source.Package, set settings) *silencer {
	s := &silencer{pass: pass, set: set, ledger: newLedger(pass, pkg, set.baseline)}
	names := ruleNames()
	for _, file := range pass.Files {
		if pkg.Skips(file) {
			continue
		}
		for _, d := range directive.Parse(pass.Fset, file, names) {
			if !d.IsNolint() || !set.driverNolint {
				s.directives = append(s.directives, &use{Directive: d})
			}
		}
	}
	return s
}

// silenceAll turns findings off, or sets what would.
func (s *silencer) silenceAll(findings []*finding) {
	helpers := make(map[ast.Node]*finding) // the first of each second helper
	for _, f := range findings {
		pos, _ := header(f.site.Cycle)
		switch {
		case f.second == nil:
			f.silenced, f.wanting = s.reason(claim{pos, f.site.Cycle, f.rule})
		case s.suppressesLoop(f, pos):
		case helpers[f.second.Node] != nil:
			f.silenced, f.wanting = helpers[f.second.Node].silenced, helpers[f.second.Node].wanting
		default:
			f.silenced, f.wanting = s.reason(claim{f.second.Node.Pos(), f.second.Node, f.rule})
			helpers[f.second.Node] = f
		}
		f.reported = f.reported && f.silenced == ""
	}
}

// suppressesLoop turns f off, which is of a second helper, if a directive at the
// loop in it does.
func (s *silencer) suppressesLoop(f *finding, loop token.Pos) bool {
	reason, _ := s.suppression(loop, f.rule)
	if reason != "" {
		f.silenced = "suppressed: " + reason
	}
	return reason != ""
}

// reason returns why a finding is not reported, or, where a comment without a
// reason stands there, what to write instead. Ask for it also if the rule is
// off: what a directive turns off may be off anyway.
func (s *silencer) reason(c claim) (silenced, wanting string) {
	reason, wanting := s.suppression(c.pos, c.rule)
	switch {
	case !s.set.rules[c.rule]:
		return "", ""
	case reason != "":
		return "suppressed: " + reason, ""
	}
	if silenced = s.outside(c); silenced != "" {
		return silenced, ""
	}
	s.open = append(s.open, c)
	return "", wanting
}

// outside returns what other than a directive keeps a finding from being
// reported, or "".
func (s *silencer) outside(c claim) string {
	if reason := s.exclusion(c.pos, c.rule); reason != "" {
		return "excluded: " + reason
	}
	if s.ledger.enter(c) {
		return "in the baseline"
	}
	return ""
}

// exclusion returns why a finding of rule at pos is excluded, or "".
func (s *silencer) exclusion(pos token.Pos, rule string) string {
	if len(s.set.exclude) == 0 {
		return ""
	}
	at := placeOf(s.pass, pos)
	for _, e := range s.set.exclude {
		if e.excludes(at, rule) {
			return e.Reason
		}
	}
	return ""
}

// suppression returns why directives turn off a finding of rule at pos, or, if
// none of them gives a reason, what to write instead of the last.
func (s *silencer) suppression(pos token.Pos, rule string) (reason, wanting string) {
	for _, d := range s.directives {
		switch {
		case !d.Covers(pos, rule):
			continue
		case d.Reason == "":
			wanting = d.Reasoned("why")
		case reason == "":
			reason = d.Reason
		}
		d.used = true
	}
	return reason, wanting
}

// unused returns a finding for each directive that names this linter or its
// rules and turns nothing off. Ask for it when all other findings are silenced.
func (s *silencer) unused() (list []analysis.Diagnostic) {
	for _, d := range s.directives {
		if !s.set.rules[ruleUnused] || d.used || !s.tells(d.Directive) || s.outside(claim{d.Comment.Pos(), d.Comment, ruleUnused}) != "" {
			continue
		}
		list = append(list, analysis.Diagnostic{
			Pos: d.Comment.Pos(), End: d.Comment.End(),
			Category: ruleUnused, Message: unusedMessage(d.Directive, s.meant(d.Directive)), URL: urlOf(ruleUnused),
		})
	}
	return list
}

// meant says what to do about d, which turns nothing off, if it is about a finding
// that stays: it is in the wrong place, or names another rule. Otherwise it is "".
func (s *silencer) meant(d *directive.Directive) string {
	at, best := d.Comment.Pos(), token.Pos(0)
	remedy := ""
	for _, c := range s.open {
		line := s.pass.Fset.Position(c.pos).Line
		switch inside := c.node.Pos() <= at && at < c.node.End(); {
		case inside && d.Names(c.rule) && c.pos > best: // the innermost
			best, remedy = c.pos, fmt.Sprintf("the finding is at line %d: move it there", line)
		case d.Holds(c.pos) && !d.Names(c.rule) && remedy == "":
			remedy = fmt.Sprintf("the finding at line %d is of the rule %s: name that", line, c.rule)
		}
	}
	return remedy
}

// tells reports whether the rules that are on tell that d is of no use: those
// that it names, or all that are on by default if it names the linter.
func (s *silencer) tells(d *directive.Directive) bool {
	for _, name := range d.Own {
		if on, known := s.set.rules[name]; known && !on || !known && !s.defaultsOn() {
			return false
		}
	}
	return len(d.Own) > 0
}

func (s *silencer) defaultsOn() bool {
	for _, r := range Rules {
		if r.Default && !s.set.rules[r.Name] {
			return false
		}
	}
	return true
}
