// Package sharedretry is sharedretry with the options of this repository, for nogo,
// which finds no configuration and cannot read the package of the helper.
package sharedretry

import "github.com/sharedretry/sharedretry/analyzer"

// Analyzer is what nogo runs. sharedretry -describe ./internal/retry prints the
// description of a helper.
var Analyzer = analyzer.New(analyzer.Options{
	Config: analyzer.NoConfig,
	Helper: "acme",
	Helpers: []analyzer.HelperSpec{{
		Name:        "acme",
		Imports:     map[string]string{"retry": "example.com/m/internal/retry"},
		Call:        "retry.Do({{ctx}}, retry.Policy{Attempts: {{attempts}}, Delay: {{delay}}}, {{op}})",
		ValueCall:   "retry.Value({{ctx}}, retry.Policy{Attempts: {{attempts}}, Delay: {{delay}}}, {{op}})",
		Permanent:   "retry.Permanent({{err}})",
		Unsupported: []string{"max_delay"},
	}},
})
