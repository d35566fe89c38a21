package analyzer

import (
	"fmt"
	"go/ast"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/second"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// markHelpers gives the loops inside functions that take the operation as a
// func value to the rule for these. A function is reported once, with the first
// of its loops.
func markHelpers(findings []*finding, pkg *source.Package, on map[string]bool) {
	first := make(map[ast.Node]*finding)
	var calls *second.Calls
	for _, f := range findings {
		if f.verdict.Intent != flow.Retry || !on[ruleHelper] {
			continue
		}
		h := second.Of(pkg, f.site, f.verdict.Operation)
		if h == nil {
			continue
		}
		f.second = h
		f.rule, f.reported = ruleHelper, first[h.Node] == nil
		if !f.reported {
			continue
		}
		first[h.Node] = f
		if calls == nil {
			calls = second.CountCalls(pkg, func(file *ast.File) bool { return isTestFile(pkg.Fset, file) })
		}
		f.calls = calls.Of(h.Obj)
	}
}

// helperMessage is the message at the declaration of a second helper.
func (f *finding) helperMessage() string {
	return fmt.Sprintf("hand-rolled retry helper%s, %s in this package: call the shared retry helper%s (%s)",
		f.with(), callCount(f.calls), f.without(), f.rule)
}

func callCount(n int) string {
	switch n {
	case 0:
		return "no calls"
	case 1:
		return "1 call"
	}
	return fmt.Sprintf("%d calls", n)
}

// helperResult is what -explain shows for the helper around the loop.
func (f *finding) helperResult() Site {
	return Site{
		Pos: f.second.Node.Pos(), End: f.second.Type.End(), Intent: "helper", Growth: f.growthName(), Rule: f.rule,
		Explain: f.helperExplanation,
	}
}

func (f *finding) helperExplanation() string {
	parts := []string{fmt.Sprintf("reported: %s is given to it (line %d); %s in this package",
		operationName(f.verdict.Operation), f.line(f.verdict.Operation), callCount(f.calls))}
	return strings.Join(append(parts, f.fixState()...), "; ")
}
