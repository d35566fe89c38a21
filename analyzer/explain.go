package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
)

// results are what -explain shows: the cycle, and the function that is reported
// in its place.
func (f *finding) results() []Site {
	pos, end := header(f.site.Cycle)
	s := Site{Pos: pos, End: end, Intent: f.verdict.Intent.String(), Growth: f.growthName(), Explain: f.explanation}
	s.Delay, s.DelayEnd = waiting(f.verdict.Delay.Node)
	s.Schedules = f.schedules
	if f.reported {
		s.Rule, s.NoFix, s.Faults = f.rule, f.noFix, f.allFaults()
	}
	if f.fix != nil {
		s.Helper, s.Stale = f.helper, f.fix.Stale
	}
	if f.second != nil {
		return f.helperResults(s)
	}
	return []Site{s}
}

func (f *finding) explanation() string {
	parts := []string{f.decision() + f.reason()}
	if f.answersFailure() {
		if ends := f.ends(); ends != "" {
			parts = append(parts, ends)
		}
		if texts := f.faultTexts(); texts != "" {
			parts = append(parts, texts)
		}
		if change := f.change(); change != "" {
			parts = append(parts, change)
		} else if schedule, ok := f.waits.Schedule(f.site); ok {
			parts = append(parts, schedule.String())
		}
	}
	return strings.Join(append(parts, f.fixState()...), "; ")
}

// ends says what ends the attempts, and what is to be said of the delays. It does not
// say that nothing does where something may that is not understood.
func (f *finding) ends() string {
	counted := "attempt"
	if f.verdict.Intent == flow.Reconnect {
		counted = "failure" // success does not count
	}
	var parts []string
	if bounds := f.waits.Bounds(f.site); !bounds.None() || !f.mayEnd {
		parts = append(parts, bounds.Of(counted))
	}
	if f.growth.Kind == growth.Polynomial {
		parts = append(parts, "growing with a power of the attempt")
	}
	if f.growth.Capped {
		parts = append(parts, "capped")
	}
	if f.growth.Jittered {
		parts = append(parts, "jittered")
	}
	return strings.Join(parts, ", ")
}

// fixState says whether a fix is offered, or why not, and what would suppress f.
func (f *finding) fixState() (parts []string) {
	switch {
	case f.fix != nil:
		parts = append(parts, "a fix is offered"+f.consequences())
	case f.noFix != "":
		parts = append(parts, f.noFixText())
	}
	if f.wanting != "" {
		parts = append(parts, strings.TrimPrefix(unreasoned(f.wanting), "; "))
	}
	return parts
}

func (f *finding) decision() string {
	switch {
	case f.silenced != "":
		return f.silenced + "; "
	case f.second != nil:
		return fmt.Sprintf("reported at line %d, where the operation is given to it: ", f.line(f.second.Node))
	case f.reported:
		return "reported: "
	case f.rule != "":
		return "not reported, the rule " + f.rule + " is off: "
	}
	return "not reported: "
}

// reason says in terms of source lines what the intent was told from.
func (f *finding) reason() string {
	delay := fmt.Sprintf("the delay at line %d", f.line(f.verdict.Delay.Node))
	switch {
	case f.verdict.Operation == nil && f.verdict.Reason == flow.TooComplex:
		return "too many ways lead to the next pass"
	case f.verdict.Operation == nil:
		return "nothing in it tells failure from success, so no failure leads to " + delay
	}
	operation := f.named(f.verdict.Operation)
	failure := "a failure of " + operation
	if ctx := f.verdict.Context; ctx != nil {
		failure = fmt.Sprintf("the end of %s (line %d)", types.ExprString(ctx), f.line(f.verdict.Operation))
	}
	switch f.verdict.Reason {
	case flow.OnlyFailure, flow.OneOfSeveral:
		switch {
		case f.verdict.Earlier != nil:
			failure = "a failure, such as that of " + f.named(f.verdict.Earlier)
		case f.verdict.Reason == flow.OneOfSeveral:
			failure = "a failure, such as that of " + operation
		}
		if f.verdict.Either {
			return "another attempt follows " + delay + " only after " + failure
		}
		return delay + " is taken only after " + failure
	case flow.SuccessGoesOn:
		return delay + " follows " + failure + ", and success goes round without it"
	case flow.Blocks:
		return delay + " follows " + failure + ", which returns only when it has failed"
	case flow.SetOnFailure:
		return "the timer behind " + delay + " is set only after " + failure
	case flow.ExtraDelay:
		return delay + " is added after " + failure
	case flow.OtherDelay:
		return delay + " follows " + failure + ", and success waits for a different time"
	case flow.CountedRecursion:
		return delay + " comes before another attempt at " + operation + ", which the function counts as it calls itself"
	case flow.LongerOnFailure:
		return delay + " grows only after " + failure
	case flow.AfterSuccess:
		return delay + " is also taken after " + operation + " succeeds"
	case flow.WithoutIt:
		return delay + " is also taken in a pass without " + operation
	case flow.OtherItem:
		return "after " + delay + " the next pass works on another item and does not repeat " + operation
	case flow.Drained:
		return "after " + delay + " " + operation + " is repeated until it fails"
	case flow.CountedPasses:
		return delay + " follows " + failure + ", but the passes are counted, and success does not end them"
	case flow.TooComplex:
		return "too many ways lead from " + operation + " to the next pass"
	}
	return "after " + failure + " no delay leads to another attempt"
}

// named names an operation, with its line.
func (f *finding) named(operation ast.Node) string {
	return fmt.Sprintf("%s (line %d)", operationName(operation), f.line(operation))
}

func (f *finding) line(n ast.Node) int { return f.fset.Position(n.Pos()).Line }

// operationName returns how the source calls an operation.
func operationName(n ast.Node) string {
	switch n := n.(type) {
	case *ast.CallExpr:
		if _, ok := ast.Unparen(n.Fun).(*ast.FuncLit); ok {
			return "the function literal"
		}
		return types.ExprString(n.Fun)
	case ast.Expr:
		return types.ExprString(n)
	}
	return "the operation"
}

// waiting returns the part of a delay that is shown: of a range over a channel,
// the channel.
func waiting(delay ast.Node) (pos, end token.Pos) {
	if loop, ok := delay.(*ast.RangeStmt); ok {
		return loop.X.Pos(), loop.X.End()
	}
	return delay.Pos(), delay.End()
}

// header returns the part of a cycle that a finding points at: a loop without
// its body, a label, the signature of a function that reaches itself.
func header(cycle ast.Node) (pos, end token.Pos) {
	switch n := cycle.(type) {
	case *ast.ForStmt:
		return n.For, n.Body.Lbrace
	case *ast.RangeStmt:
		return n.For, n.Body.Lbrace
	case *ast.LabeledStmt:
		return n.Label.Pos(), n.Colon
	case *ast.FuncDecl:
		return n.Pos(), n.Type.End()
	case *ast.FuncLit:
		return n.Pos(), n.Type.End()
	}
	return cycle.Pos(), cycle.End()
}
