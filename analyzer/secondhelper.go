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
// func value to the rule for these.
func markHelpers(findings []*finding, pkg *source.Package, on map[string]bool) {
	calls := second.Calls{Package: pkg, IsTest: func(file *ast.File) bool { return isTestFile(pkg.Fset, file) }}
	for _, f := range findings {
		if f.verdict.Intent != flow.Retry || !on[ruleHelper] {
			continue
		}
		h := second.Of(pkg, f.site, f.verdict.Operation)
		if h == nil {
			continue
		}
		f.second, f.calls = h, calls.Of(h.Obj)
		f.rule, f.reported = ruleHelper, true
	}
}

// joinHelpers leaves one finding of each function that takes the operation: the
// first of its loops with a fix, or else the first. Its fix is that of all.
func joinHelpers(findings []*finding) {
	chosen := make(map[ast.Node]*finding)
	for _, f := range findings {
		if f.second == nil || !f.reported {
			continue
		}
		if other := chosen[f.second.Node]; other == nil || other.fix == nil && f.fix != nil {
			chosen[f.second.Node] = f
		}
	}
	for _, f := range findings {
		if f.second == nil || !f.reported {
			continue
		}
		if first := chosen[f.second.Node]; first != f {
			f.reported = false
			if f.fix != nil {
				first.more = append(first.more, f.fix)
			}
		}
	}
}

// helperMessage is the message at the declaration of a second helper.
func (f *finding) helperMessage() string {
	return fmt.Sprintf("hand-rolled retry helper%s%s, %s in this package: %s%s (%s)",
		f.with(), f.gravest(), callCount(f.calls), f.whatToDo(), unreasoned(f.wanting), f.rule)
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

// helperResults are what -explain shows: the loop, and the function around it
// that is reported in its place.
func (f *finding) helperResults(loop Site) []Site {
	helper := loop
	helper.Pos, helper.End = f.second.Node.Pos(), f.second.Type.End()
	helper.Intent, helper.Explain = "helper", f.helperExplanation
	loop.Rule, loop.NoFix, loop.Helper = "", "", ""
	if f.reported {
		return []Site{loop, helper}
	}
	return []Site{loop}
}

func (f *finding) helperExplanation() string {
	parts := []string{fmt.Sprintf("reported: %s is given to it (line %d); %s in this package",
		operationName(f.verdict.Operation), f.line(f.verdict.Operation), callCount(f.calls))}
	return strings.Join(append(parts, f.fixState()...), "; ")
}
