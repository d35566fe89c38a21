package report

import (
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

func TestRuleHelp(t *testing.T) {
	rules := make(map[string]bool)
	for _, r := range analyzer.Rules {
		rules[r.Name] = true
		if help := sarifRule(r).Help; *help.Text == "" {
			t.Errorf("%s has no help", r.Name)
		}
	}
	for name := range ruleHelp {
		if !rules[name] {
			t.Errorf("there is no rule %s", name)
		}
	}
}
