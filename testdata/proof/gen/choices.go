package gen

type (
	errorStyle  int
	successForm int
	finalForm   int
	delayForm   int
	place       int
	growth      int
	ending      int
	contextForm int
	wrapper     int
	second      int
	several     int
	askForm     int
	counterForm int
	lastExit    int
	prelude     int
)

const (
	outer  errorStyle = iota // var err error before the loop
	last                     // lastErr before the loop, err inside
	named                    // a named result
	forget                   // err inside, and an error of its own at the end
)

const (
	returns successForm = iota // return from inside the loop
	breaks                     // break, and results behind the loop
)

const (
	noFinal finalForm = iota
	finalReturn
	finalWrap
	finalBreak
	finalOther // another error
	finalIs    // asks by errors.Is
	finalKind  // and for what another attempt may mend
)

const (
	sleep delayForm = iota
	after
	timer
	selects // with ctx.Done()
)

const (
	bottom   place = iota
	top            // if it is not the first attempt
	notLast        // if it is not the last attempt
	exitLast       // leaves before it if it is the last attempt
	onlyMore       // goes on if it is not the last attempt, and returns otherwise
)

const (
	constant growth = iota
	linear
	linearFromZero
	doubling
	shift
	quadratic
	cappedIf
	cappedMin
	step
	millis       // a number of milliseconds that doubles
	cappedMillis // up to a limit
	factorFloat  // times a factor
	power        // of a factor
	half         // and half as much again
	triple
	cappedHalf // up to a limit
	byLiteral  // doubled by a function literal
	byAddress  // doubled by a function that has its address
	asked      // told by a function literal, which doubles it
	paced      // told by an atomic number, which is doubled
	early      // doubled in a branch before the wait
)

const (
	oneWait    several = iota
	branches           // another delay where the error is of another kind, in a branch of its own
	chosen             // the same, with a variable
	hintIf             // the answer's delay, if it has one, in a branch of its own
	hintVar            // the same, with a variable
	hintMax            // the longer one
	hintCall           // a function decides
	hintField          // a field of the error
	twoAnswers         // two waits, each with an answer of its own when cancelled
	lateSet            // a branch sets the delay before the wait
	resets             // a branch sets it to the first behind the wait
	falls              // a case falls through to the one that waits
	mayWait            // a function that does not always wait
	inLiteral          // a function literal that a function calls changes it before the wait
	optional           // an option sets it in each pass
	defaulted          // a default does, where nothing else has
	napsOr             // and a function has the default
	floored            // it is a lower limit where it is below
)

const (
	asksNot    askForm = iota
	asksSelect         // whether the context has ended, before each attempt
	asksErr
	asksHeader // in the header
)

const (
	once       counterForm = iota
	redeclared             // the body has a variable of the counter's name
	shifted_               // and another value
	kept                   // the body keeps its address
)

const (
	leaves   lastExit = iota // the loop or the function
	panics                   // where the last attempt failed
	callsOne                 // a function that does
)

const (
	nothingBefore prelude = iota
	over                  // a context that has ended
	another               // one for something else
	ended                 // waits for the end of the context
	asked_                // asks whether there is one
)

const (
	plain     ending = iota // return err
	wraps                   // fmt.Errorf("...: %w", err)
	own                     // errors.New("...")
	logged                  // a log line, return err
	countWrap               // with the number of attempts
)

const (
	noContext contextForm = iota
	parameter
	withCancel
	withTimeout
)

const (
	function_ wrapper = iota
	closure
	goroutine
	method
)

const (
	noSecond   second = iota
	repairs           // tries to repair what failed
	repairsErr        // and keeps the outcome in err
	verifies          // checks what succeeded
)
