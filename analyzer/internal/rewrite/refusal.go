package rewrite

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
	overItems      Reason = "the loop goes through different items"
	deferInBody    Reason = "defer in the loop body runs once per attempt"
	delayIsInside  Reason = "the delay is part of an inner loop, a goroutine or an expression"
	delayDoesMore  Reason = "the function that waits does something else as well"
	severalDelays  Reason = "the loop waits for different times"
	serverSets     Reason = "the server sets the delay"
	delayVaries    Reason = "an attempt changes the delay"
	delayNotKnown  Reason = "the first delay cannot be told from the code"
	noDelay        Reason = "the delay is 0"
	limitNotKnown  Reason = "the limit of the delay cannot be told from the code"
	waitsLonger    Reason = "the helper would wait much longer in all"
	asksEachPass   Reason = "each pass asks whether to stop, which a longer delay would put off"
	firstBefore    Reason = "the first attempt stands before the loop, and more than a delay comes between two attempts"
	waitsFirst     Reason = "the loop waits before the first attempt, too"
	codeAfterDelay Reason = "code between the delay and the next attempt would run before the wait"
	passNotDelayed Reason = "some ways lead to the next attempt without the delay"
	mayBeZero      Reason = "the number of attempts may be zero, where a loop and a helper differ"
	countNotKnown  Reason = "the number of attempts cannot be told from the code"
	countedApart   Reason = "the attempts are counted in another way than the helper does"
	lastApart      Reason = "the last attempt leaves out what the others do before the delay"
	limitChanges   Reason = "an attempt may change the number of attempts"
	stopChannel    Reason = "a channel that is no context ends the wait"
	cancelBranch   Reason = "what is done on cancellation has no place in a call of the helper"
	severalAnswers Reason = "cancellation is answered in different ways"
	severalExits   Reason = "the loop has several different exits"
	exitFromAfar   Reason = "the loop is left by a jump to an outer loop or label"
	valuesFromLoop Reason = "the results of the loop have no simple place in a call of the helper"
	errorNotKnown  Reason = "the error of a failed attempt is not at hand where the loop goes round"
	asksFrame      Reason = "recover and runtime.Caller mean something else in a function literal"
	marksErrors    Reason = "the operation marks its errors for the helper already"
	outcomeGiven   Reason = "the function that calls itself is given the outcome of the attempt"
	Unreasoned     Reason = "a comment suppresses it that only lacks its reason"
	errorDropped   Reason = "the helper's error would be dropped"
	counterEscapes Reason = "the attempt's number is used in a way that a call of the helper cannot keep"
	typeNotNamed   Reason = "a type that the fix needs cannot be named in this file"
	FileTooOld     Reason = "the file's Go version is too old for the helper"
	headerAsksMore Reason = "the loop's condition asks for more than the number of attempts"
	resetNotKnown  Reason = "the code does not tell where the delays of the helper are to start anew"
	NestedSite     Reason = "another loop that is reported stands inside or around it: fix one, then the other"
	SharedCode     Reason = "its fix and that of another loop in the function would not compile together: apply the other, then run again"
	TooManyLoops   Reason = "the function has too many loops, or too long ones: fix what can be fixed, or split it"
	TooManyForms   Reason = "the package has too many sites that are no plain loops"
	Longer         Reason = "the call would be longer than the loop"
	doesNotCompile Reason = "the result would not compile"
)

// What the helper cannot do.
const (
	lacksSingle    Reason = "the helper cannot do what the loop does: it takes one attempt for no limit"
	lacksAttempts  Reason = "the helper cannot do what the loop does: it takes no number of attempts"
	lacksUnbounded Reason = "the helper cannot do what the loop does: it needs a number of attempts"
	noLimitUnsaid  Reason = "the helper cannot do what the loop does: its description does not say how a loop without a bound is written"
	lacksMaxDelay  Reason = "the helper cannot do what the loop does: it has no limit of the delay"
	lacksContext   Reason = "the helper cannot do what the loop does: it takes no context"
	lacksValue     Reason = "the helper cannot do what the loop does: it hands on no value"
	lacksPermanent Reason = "the helper cannot do what the loop does: it has no mark for final errors"
	lacksLastError Reason = "the helper cannot do what the loop does: it does not return the error of the last attempt"
	lacksReset     Reason = "the helper cannot do what the loop does: it cannot start its delays anew"
	lacksSuccess   Reason = "the helper cannot do what the loop does: it fails where the context ends during an attempt that succeeds"
	lacksZeroDelay Reason = "the helper cannot do what the loop does: it panics where there is no delay"
	countsItself   Reason = "the helper cannot do what the loop does: it counts the attempts itself"
)
