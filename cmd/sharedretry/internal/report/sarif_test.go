package report

import (
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

func TestRuleHelp(t *testing.T) {
	rules := make(map[string]bool)
	for _, r := range analyzer.Rules {
		rules[r.Name] = true
		rule := sarifRule(r)
		if *rule.Help.Text == "" || *rule.HelpURI != r.URL() {
			t.Errorf("%s: help %q at %s", r.Name, *rule.Help.Text, *rule.HelpURI)
		}
	}
	for name := range ruleHelp {
		if !rules[name] {
			t.Errorf("there is no rule %s", name)
		}
	}
}
