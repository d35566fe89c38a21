package rewrite

// A Refusal is a reason why a finding has no fix. Its text is for the user: it
// follows "no fix: ".
type Refusal string

// The refusals. Each is a line of the manual.
const (
	ShapeOfCycle   Refusal = "only loops, gotos and functions that end by calling themselves are replaced"
	IntentIsOther  Refusal = "only a retry is replaced, not a loop that goes on after success"
	SourceNotKnown Refusal = "the file's source is not at hand"
	overItems      Refusal = "the loop goes through different items"
	deferInBody    Refusal = "defer in the loop body runs once per attempt"
	delayIsInside  Refusal = "the delay is part of an inner loop, a goroutine or an expression"
	delayDoesMore  Refusal = "the function that waits does something else as well"
	severalDelays  Refusal = "the loop waits for different times"
	delayNotKnown  Refusal = "the first delay cannot be told from the code"
	limitNotKnown  Refusal = "the limit of the delay cannot be told from the code"
	firstBefore    Refusal = "the first attempt stands before the loop, and more than a delay comes between two attempts"
	codeAfterDelay Refusal = "code between the delay and the next attempt would run before the wait"
	passNotDelayed Refusal = "some ways lead to the next attempt without the delay"
	mayBeZero      Refusal = "the number of attempts may be zero, where a loop and a helper differ"
	countNotKnown  Refusal = "the number of attempts cannot be told from the code"
	stopChannel    Refusal = "a channel that is no context ends the wait"
	cancelBranch   Refusal = "what is done on cancellation has no place in a call of the helper"
	severalExits   Refusal = "the loop has several different exits"
	exitFromAfar   Refusal = "the loop is left by a jump to an outer loop or label"
	valuesFromLoop Refusal = "the results of the loop have no simple place in a call of the helper"
	errorNotKnown  Refusal = "the error of a failed attempt is not at hand where the loop goes round"
	counterEscapes Refusal = "the attempt's number is used in a way that a call of the helper cannot keep"
	typeNotNamed   Refusal = "a type that the fix needs cannot be named in this file"
	helperLacks    Refusal = "the helper cannot do what the loop does"
	FileTooOld     Refusal = "the file's Go version is too old for the helper"
	headerAsksMore Refusal = "the loop's condition asks for more than the number of attempts"
	resetNotKnown  Refusal = "the code does not tell where the delays of the helper are to start anew"
	NestedSite     Refusal = "another loop that is reported stands inside or around it: fix one, then the other"
	SharedCode     Refusal = "its fix and that of another loop in the function would not compile together: apply the other, then run again"
	doesNotCompile Refusal = "the result would not compile"
)
