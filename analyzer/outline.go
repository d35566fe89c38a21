package analyzer

import (
	"go/parser"
	"go/token"
	"slices"
	"strconv"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/analyzer/internal/directive"
	"github.com/sharedretry/sharedretry/analyzer/internal/policy"
)

// MayReport reports whether anything in a package of these files may be reported,
// or is a site. If not, there is no need to type-check it: it imports nothing that
// waits or is told how long to wait, and no comment in it turns findings off,
// which might be one too many.
func (o Options) MayReport(files []string) bool {
	policies := policyTable(o.Policies)
	return slices.ContainsFunc(files, func(file string) bool { return mayReport(file, policies) })
}

// mayReport reports that of one file, by its imports and its text; one that cannot
// be read may have anything in it.
func mayReport(file string, policies *policy.Table) bool {
	data, err := bounded.Read(file, bounded.Other)
	if err != nil {
		return true
	}
	syntax, err := parser.ParseFile(token.NewFileSet(), file, data, parser.ImportsOnly|parser.SkipObjectResolution)
	if err != nil {
		return true
	}
	for _, imp := range syntax.Imports {
		path, err := strconv.Unquote(imp.Path.Value)
		if err != nil || path == "time" || policies.Covers(path) {
			return true
		}
	}
	return directive.In(data, ruleNames())
}
