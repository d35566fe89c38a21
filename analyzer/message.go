package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/directive"
	"github.com/sharedretry/sharedretry/analyzer/internal/fault"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/rewrite"
	"github.com/sharedretry/sharedretry/analyzer/internal/second"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// docURL is where the manual is.
const docURL = "https://pkg.go.dev/github.com/sharedretry/sharedretry/analyzer"

// A finding is a judged site with all that is said about it.
type finding struct {
	fset     *token.FileSet
	site     *site.Site
	judge    *flow.Judge // of the package
	verdict  flow.Verdict
	waits    *growth.Analysis
	growth   growth.Growth // of retry and reconnect sites
	rule     string        // the rule that the site falls under; "" for none
	reported bool          // that rule is on, and nothing silences it
	silenced string        // why it is not reported although its rule is on; "" if it is
	wanting  string        // what to write to suppress it, where a comment gives no reason
	fix      *rewrite.Fix  // nil if there is none
	noFix    string        // why there is none; "" if that says nothing
	noFixAt  token.Pos     // what stands in the way, if that is a place
	logged   []token.Pos   // lines that the fix leaves to the helper, which logs
	helper   string        // the name of the helper that a fix calls; "" if there is none
	faults   []fault.Fault // what is wrong with it, of what is to be told
	retries  string        // what the helper takes for a number of retries by its name alone, or ""
	remedy   string        // what to do with the helper, such as "call retry.Do"; "" if that is not known

	second *second.Helper // the function that takes the operation; nil if there is none
	calls  int            // how many calls second has
	more   []*rewrite.Fix // those of the other loops in second
}

// answersFailure reports whether the delay answers a failure: only then do
// growth and bounds say something.
func (f *finding) answersFailure() bool {
	return f.verdict.Intent == flow.Retry || f.verdict.Intent == flow.Reconnect
}

// choose sets the rule that the site falls under.
func (f *finding) choose(on map[string]bool) {
	switch f.verdict.Intent {
	case flow.Retry:
		f.rule = ruleRetry
	case flow.Reconnect:
		f.rule = ruleReconnect
	case flow.Poll:
		f.rule = rulePoll
	}
	if f.answersFailure() && f.growth.Kind == growth.Linear && on[ruleLinear] {
		f.rule = ruleLinear
	}
	f.reported = on[f.rule]
}

// diagnostic is what drivers show.
func (f *finding) diagnostic() analysis.Diagnostic {
	pos, end := header(f.site.Cycle)
	if f.second != nil {
		pos, end = f.second.Node.Pos(), f.second.Type.End()
	}
	return analysis.Diagnostic{
		Pos:      pos,
		End:      end,
		Category: f.rule,
		Message:  f.message(),
		URL:      urlOf(f.rule),

		SuggestedFixes: f.suggestedFixes(),
	}
}

func (f *finding) message() string {
	switch {
	case f.verdict.Intent == flow.Poll:
		return "hand-rolled poll loop: wait for the state with the shared helper" + unreasoned(f.wanting) + " (" + f.rule + ")"
	case f.second != nil:
		return f.helperMessage()
	}
	return fmt.Sprintf("hand-rolled %s loop%s%s: %s%s (%s)", f.verdict.Intent, f.with(), f.gravest(), f.whatToDo(), unreasoned(f.wanting), f.rule)
}

// whatToDo says what to call, and that a fix does it or why there is none.
func (f *finding) whatToDo() string {
	switch {
	case f.fix != nil:
		return f.fix.Remedy + "; -fix does it"
	case f.remedy != "":
		return f.remedy + f.without()
	}
	return "call the shared retry helper" + f.without()
}

// with says how the delays grow, if that is known.
func (f *finding) with() string {
	if g := f.growthName(); g != "" {
		return " with " + g + " backoff"
	}
	return ""
}

// without says why there is no fix, but not to those who have no helper.
func (f *finding) without() string {
	switch {
	case f.fix != nil, f.noFix == "", f.wanting != "", f.noFix == helper.NoHelper, f.noFix == helper.NoModule:
		return ""
	}
	return "; " + f.noFixText()
}

// noFixText says why there is no fix, and which line stands in the way.
func (f *finding) noFixText() string {
	text := "no fix: " + f.noFix
	if f.noFixAt.IsValid() {
		text += " (" + f.place(f.noFixAt) + ")"
	}
	return text
}

// place names the line of pos, and its file if that is another than the site's.
func (f *finding) place(pos token.Pos) string {
	at := f.fset.Position(pos)
	if f.fset.File(pos) != f.fset.File(f.site.Cycle.Pos()) {
		return fmt.Sprintf("%s:%d", filepath.Base(at.Filename), at.Line)
	}
	return fmt.Sprintf("line %d", at.Line)
}

// unreasoned says that a comment would suppress a finding if it were written as
// wanting, with a reason; nothing for "".
func unreasoned(wanting string) string {
	if wanting == "" {
		return ""
	}
	return "; not suppressed without a reason: write " + wanting
}

// unusedMessage says that d suppresses nothing, and what to do: remedy, unless it is
// "".
func unusedMessage(d *directive.Directive, remedy string) string {
	switch {
	case d.IsNolint() && !slices.Contains(d.Own, directive.Linter):
		remedy = "it takes no rules, write //lint:ignore " + strings.Join(d.Own, ",") + " and the reason"
	case remedy == "":
		remedy = "delete it"
	}
	return fmt.Sprintf("%v suppresses nothing: %s (%s)", d, remedy, ruleUnused)
}

// fixMessage says what the fix calls, and how the waiting changes.
func (f *finding) fixMessage() string {
	text := f.fix.Remedy
	if change := f.change(); change != "" {
		text += ": " + change
	}
	return text + f.assumed() + f.toHelper() + f.stale()
}

// assumed tells of a number that the helper takes for one of retries by its name:
// were it one of attempts, there would be one attempt less.
func (f *finding) assumed() string {
	counted := f.waits.Bounds(f.site).Counted && strings.HasPrefix(f.fix.Remedy, "call ")
	if f.retries == "" || !counted {
		return ""
	}
	return "; this assumes that " + f.retries + " does not count the first attempt, which sharedretry -describe -test checks"
}

// toHelper tells of lines that are left to a helper that logs.
func (f *finding) toHelper() string {
	if f.fix == nil || len(f.logged) == 0 {
		return ""
	}
	return "; the helper logs, not " + f.lines(f.logged)
}

// stale tells of lines that the fix makes untrue.
func (f *finding) stale() string {
	if f.fix == nil || len(f.fix.Stale) == 0 {
		return ""
	}
	verb := "state"
	if len(f.fix.Stale) == 1 {
		verb = "states"
	}
	return "; change " + f.lines(f.fix.Stale) + ", which " + verb + " today's delay"
}

// lines names the lines of some places.
func (f *finding) lines(places []token.Pos) string {
	var lines []string
	for _, pos := range places {
		lines = append(lines, strconv.Itoa(f.fset.Position(pos).Line))
	}
	last := len(lines) - 1
	if last == 0 {
		return "line " + lines[0]
	}
	return "lines " + strings.Join(lines[:last], ", ") + " and " + lines[last]
}

// change says how the waiting changes with the helper, or "" if constants do
// not tell.
func (f *finding) change() string {
	today, ok := f.waits.Schedule(f.site)
	if !ok || f.fix == nil || f.fix.Schedule == nil {
		return ""
	}
	return strings.Replace(today.String(), "waits ", "waits today: ", 1) + "; with " + f.helper + ":" + strings.TrimPrefix(f.fix.Schedule.String(), "waits")
}

// growthName is the growth, or "" if there is none or it is not known. A power
// of the attempt counts as exponential: it too grows ever faster.
func (f *finding) growthName() string {
	switch {
	case !f.answersFailure() || f.growth.Kind == growth.Unknown:
		return ""
	case f.growth.Kind == growth.Polynomial:
		return growth.Exponential.String()
	}
	return f.growth.Kind.String()
}

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
		counted := "attempt"
		if f.verdict.Intent == flow.Reconnect {
			counted = "failure" // success does not count
		}
		bounds := f.waits.Bounds(f.site).Of(counted)
		if f.growth.Kind == growth.Polynomial {
			bounds += ", " + f.growth.Kind.String()
		}
		if f.growth.Capped {
			bounds += ", capped"
		}
		if f.growth.Jittered {
			bounds += ", jittered"
		}
		parts = append(parts, bounds)
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

// fixState says whether a fix is offered, or why not, and what would suppress f.
func (f *finding) fixState() (parts []string) {
	switch {
	case f.fix != nil:
		parts = append(parts, "a fix is offered"+f.assumed()+f.toHelper()+f.stale())
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
	case flow.OnlyFailure:
		if f.verdict.Earlier != nil {
			return delay + " is taken only after a failure, such as that of " + f.named(f.verdict.Earlier)
		}
		return delay + " is taken only after " + failure
	case flow.OneOfSeveral:
		return delay + " is taken only after a failure, such as that of " + operation
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
