package analyzer

import (
	"fmt"
	"slices"
	"strings"
)

// The rules by name. A diagnostic's category is the name of its rule.
const (
	ruleRetry     = "retry-loop"
	ruleLinear    = "linear-backoff"
	ruleReconnect = "reconnect-loop"
	ruleHelper    = "retry-helper"
	rulePolicy    = "backoff-policy"
	rulePoll      = "poll-loop"
	ruleUnused    = "unused-suppression"
)

// A Rule is one kind of finding, which can be turned on and off by its name.
type Rule struct {
	Name    string // the diagnostic's category, which also ends its message
	Doc     string // what it reports, in one line
	Default bool   // whether it is on unless rules are chosen
}

// Rules lists every rule that there is.
var Rules = []Rule{
	{ruleRetry, "a loop that repeats a failed operation after a delay", true},
	{ruleLinear, "a retry or reconnect loop whose delay grows linearly (reported instead of by its own rule)", true},
	{ruleReconnect, "a service loop that starts again after a failure, with a delay", true},
	{ruleHelper, "a function that takes an operation and repeats it by hand after a failure (reported instead of its loop)", true},
	{rulePolicy, "a retry library that is given delays that do not grow, or grow linearly", true},
	{rulePoll, "a loop that sleeps until a state is reached", false},
	{ruleUnused, "a comment that turns findings off where there are none", true},
}

// allRules is the name that stands for every rule.
const allRules = "all"

// checkRule returns an error that lists the known rules if name is none.
func checkRule(name string) error {
	if name == allRules {
		return nil
	}
	known := ruleNames()
	if slices.Contains(known, name) {
		return nil
	}
	return fmt.Errorf("unknown rule %q: known rules are %s, or %s", name, strings.Join(known, ", "), allRules)
}

// ruleNames returns the names of all rules.
func ruleNames() []string {
	var names []string
	for _, r := range Rules {
		names = append(names, r.Name)
	}
	return names
}

// ruleSet returns the rules that names turn on; no names mean the defaults.
func ruleSet(names []string) map[string]bool {
	named := make(map[string]bool)
	for _, name := range names {
		named[name] = true
	}
	on := make(map[string]bool)
	for _, r := range Rules {
		on[r.Name] = named[r.Name] || named[allRules] || len(names) == 0 && r.Default
	}
	return on
}
