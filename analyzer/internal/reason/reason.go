// Package reason has the reasons why a finding has no fix. Those who find one return it
// as a [Refusal], with the place that stands in the way.
package reason

import "go/token"

// A Refusal says why a finding has no fix, and where that stands. Nil is none.
type Refusal interface {
	Reason() Reason
	Pos() token.Pos // what stands in the way; not valid if that is no place
}

// A Reason is why a finding has no fix. Its text is for the user: it follows
// "no fix: ". As it is, it is a Refusal without a place.
type Reason string

// Reason returns r.
func (r Reason) Reason() Reason { return r }

// Pos returns no place.
func (r Reason) Pos() token.Pos { return token.NoPos }

// At returns r with the place that stands in the way.
func (r Reason) At(pos token.Pos) Refusal { return located{r, pos} }

// A located is a reason with its place.
type located struct {
	reason Reason
	pos    token.Pos
}

func (l located) Reason() Reason { return l.reason }
func (l located) Pos() token.Pos { return l.pos }

// The reasons. Each is a line of the manual.
const (
	ShapeOfCycle   Reason = "only loops, gotos and functions that end by calling themselves are replaced"
	IntentIsOther  Reason = "only a retry is replaced, not a loop that goes on after success"
	SourceNotKnown Reason = "the file's source is not at hand"
	OverItems      Reason = "the loop goes through different items"
	DeferInBody    Reason = "defer in the loop body runs once per attempt"
	LeavesContext  Reason = "a context that a pass makes would not be cancelled where the attempts end"
	DelayIsInside  Reason = "the delay is part of an inner loop, a goroutine or an expression"
	TimerShared    Reason = "the timer may serve more than this delay"
	DelayDoesMore  Reason = "the function that waits, or tells how long, does something else as well"
	SleepReplaced  Reason = "a variable or an interface does the waiting, which tests may replace"
	SeveralDelays  Reason = "the loop waits for different times"
	ServerSets     Reason = "the server sets the delay"
	DelayVaries    Reason = "more than the number of attempts may decide the delay"
	DelayNotKnown  Reason = "the first delay cannot be told from the code"
	FactorNotKnown Reason = "the code does not tell by which factor the delay grows"
	DelayGuarded   Reason = "the delay cannot be read safely before the first attempt"
	NoDelay        Reason = "the delay is 0"
	LimitNotKnown  Reason = "the limit of the delay cannot be told from the code"
	LimitMayBeNone Reason = "the limit of the delay may be 0, which is none to a helper"
	WaitsLonger    Reason = "the helper would wait much longer in all"
	WaitsLess      Reason = "the helper would wait much less in all"
	AsksEachPass   Reason = "each pass asks whether to stop, which a longer delay would put off"
	FirstBefore    Reason = "the first attempt stands before the loop, and more than a delay comes between two attempts"
	WaitsFirst     Reason = "the loop waits before the first attempt, too"
	FirstIsNone    Reason = "the helper would wait before the first attempt, where the delay is 0"
	SuccessWaits   Reason = "the loop waits after success, too"
	CodeAfterDelay Reason = "code between the delay and the next attempt would run before the wait"
	WaitsBehind    Reason = "the helper would wait behind the last attempt, for longer than today"
	AgainBehind    Reason = "another attempt stands behind the loop, and a delay in front of it"
	WaitsAlike     Reason = "the helper would wait as long as the loop does, and end no sooner"
	LogTellsDelay  Reason = "a log tells the delay, which the helper keeps to itself"
	CountsDelay    Reason = "a sum, a metric or a bound counts the delay, which the helper keeps to itself"
	PassNotDelayed Reason = "some ways lead to the next attempt without the delay"
	MayBeZero      Reason = "the number of attempts may be zero, where a loop and a helper differ"
	CountNotKnown  Reason = "the number of attempts cannot be told from the code"
	CountedApart   Reason = "the attempts are counted in another way than the helper does"
	LastApart      Reason = "the last attempt leaves out what the others do before the delay"
	LimitChanges   Reason = "an attempt may change the number of attempts"
	StopChannel    Reason = "a channel that is no context ends the wait"
	DeadlineEnds   Reason = "a deadline that is no context ends the wait"
	SeveralEnds    Reason = "more than one channel ends the wait"
	CancelBranch   Reason = "what is done on cancellation has no place in a call of the helper"
	SeveralAnswers Reason = "cancellation is answered in different ways"
	SeveralExits   Reason = "the loop has several different exits"
	ExitFromAfar   Reason = "the loop is left by a jump to an outer loop or label"
	Entered        Reason = "a goto leads to the loop from elsewhere"
	ValuesFromLoop Reason = "the results of the loop have no simple place in a call of the helper"
	ErrorNotKnown  Reason = "the error of a failed attempt is not at hand where the loop goes round"
	AsksFrame      Reason = "recover and runtime.Caller mean something else in a function literal"
	MarksErrors    Reason = "the operation marks its errors for the helper already"
	OutcomeGiven   Reason = "the function that calls itself is given the outcome of the attempt"
	Unreasoned     Reason = "a comment suppresses it that only lacks its reason"
	ErrorDropped   Reason = "the helper's error would be dropped"
	CounterEscapes Reason = "the attempt's number is used in a way that a call of the helper cannot keep"
	TypeNotNamed   Reason = "a type that the fix needs cannot be named in this file"
	FileTooOld     Reason = "the file's Go version is too old for the helper"
	NeedsRange     Reason = "range over functions needs go 1.23 in go.mod"
	HeaderAsksMore Reason = "the loop's condition asks for more than the number of attempts"
	ResetNotKnown  Reason = "the code does not tell where the delays of the helper are to start anew"
	NestedSite     Reason = "another loop that is reported stands inside or around it: fix one, then the other"
	SharedCode     Reason = "its fix and that of another loop in the function would not compile together: apply the other, then run again"
	TooManyLoops   Reason = "the function has too many loops, or too long ones: fix what can be fixed, or split it"
	TooManyForms   Reason = "the package has too many sites that are no plain loops"
	TooManyFixes   Reason = "the package has too many fixes: apply them, then run again"
	Longer         Reason = "the call would be longer than the loop"
	DoesNotCompile Reason = "the result would not compile"
	Failed         Reason = "sharedretry fails on this loop: please report it"
)

// What the helper cannot do.
const (
	LacksSingle    Reason = "the helper cannot do what the loop does: it takes one attempt for no limit"
	LacksAttempts  Reason = "the helper cannot do what the loop does: it takes no number of attempts"
	LacksUnbounded Reason = "the helper cannot do what the loop does: it needs a number of attempts"
	NoLimitUnsaid  Reason = "the helper cannot do what the loop does: its description does not say how a loop without a bound is written"
	LacksMaxDelay  Reason = "the helper cannot do what the loop does: it has no limit of the delay"
	LacksContext   Reason = "the helper cannot do what the loop does: it takes no context"
	LacksValue     Reason = "the helper cannot do what the loop does: it hands on no value"
	LacksPermanent Reason = "the helper cannot do what the loop does: it has no mark for final errors"
	LacksLastError Reason = "the helper cannot do what the loop does: it does not return the error of the last attempt"
	LacksReset     Reason = "the helper cannot do what the loop does: it cannot start its delays anew"
	LacksSuccess   Reason = "the helper cannot do what the loop does: it fails where the context ends during an attempt that succeeds"
	LacksZeroDelay Reason = "the helper cannot do what the loop does: it panics where there is no delay"
	CountsItself   Reason = "the helper cannot do what the loop does: it counts the attempts itself"
)
